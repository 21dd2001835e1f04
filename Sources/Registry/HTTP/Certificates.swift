import FoundationEssentials
import Logging
import NIOSSL
import OCI
import Synchronization
import SystemPackage

/// The certificates of a run: whom to trust at which address, and what to show there.
///
/// What is set for a registry is for its own host alone, never for where it leads.
final class Certificates: Sendable {
    private let settings: ConnectionSettings
    private let logger: Logger
    /// Files are read once.
    private let known = Mutex<[RegistryHost: TLSConfiguration?]>([:])

    init(settings: ConnectionSettings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// The configuration for an address; nil for the system's own.
    ///
    /// - Parameters:
    ///   - url: the address.
    ///   - registry: the registry that the request belongs to; what is set for it holds at every port of its host.
    /// - Returns: the configuration.
    /// - Throws: `RegistryError` of kind `invalidFile`.
    func configuration(for url: URL, of registry: RegistryHost) throws -> TLSConfiguration? {
        guard url.scheme?.lowercased() == "https" else { return nil }
        let own = registry == .dockerHub ? "registry-1.docker.io" : registry.hostname
        let name = url.host().map { $0.hasPrefix("[") ? String($0.dropFirst().dropLast()) : $0 }
        let host =
            name?.lowercased() == own.lowercased()
            ? registry : try? RegistryHost(parsing: url.authority(withoutPort: 443))
        guard let host else { return try read(nil) }
        if let configuration = known.withLock({ $0[host] }) { return configuration }
        let configuration = try read(host)
        let isFirst = known.withLock { $0.updateValue(configuration, forKey: host) == nil }
        if isFirst, configuration?.certificateVerification == CertificateVerification.none {
            logger.warning(
                "the certificate of \(host) is not verified: anybody on the way can read and change what passes"
            )
        }
        return configuration
    }

    private func read(_ host: RegistryHost?) throws -> TLSConfiguration? {
        let own = host.flatMap { settings.hosts[$0] } ?? ConnectionSettings.Host()
        let folder = try host.flatMap { try CertificateFolder(of: $0, in: settings.certificateFolders) }
        let authorities = [own.certificateAuthority].compactMap { $0 } + (folder?.authorities ?? [])
        var pair = folder?.clientPair
        if let certificate = own.clientCertificate { pair = (certificate, own.clientKey ?? certificate) }
        guard settings.systemCertificates != nil || !authorities.isEmpty || pair != nil || own.isInsecure else {
            return nil
        }
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let file = settings.systemCertificates {
            configuration.trustRoots = .certificates(try Self.certificates(in: file))
        }
        if !authorities.isEmpty {
            configuration.additionalTrustRoots = [.certificates(try authorities.flatMap(Self.certificates))]
        }
        if let (certificate, key) = pair {
            configuration.certificateChain = try Self.certificates(in: certificate).map { .certificate($0) }
            configuration.privateKey = .privateKey(try Self.key(in: key))
        }
        if own.isInsecure { configuration.certificateVerification = .none }
        return configuration
    }

    private static func certificates(in file: FilePath) throws(RegistryError) -> [NIOSSLCertificate] {
        do {
            return try NIOSSLCertificate.fromPEMFile(file.string)
        } catch {
            throw RegistryError(
                .invalidFile,
                "\(file) cannot be read as PEM certificates",
                hint: "name a file of certificates that begins with -----BEGIN CERTIFICATE-----"
            )
        }
    }

    private static func key(in file: FilePath) throws(RegistryError) -> NIOSSLPrivateKey {
        do {
            return try NIOSSLPrivateKey(file: file.string, format: .pem)
        } catch {
            throw RegistryError(
                .invalidFile,
                "\(file) cannot be read as a PEM private key",
                hint: "name a file with a key that has no passphrase and begins with -----BEGIN …PRIVATE KEY-----"
            )
        }
    }
}

extension URL {
    /// Host and port as they stand in the address, without the port where it is the usual one.
    fileprivate func authority(withoutPort usual: Int) -> String {
        (host() ?? "") + (port.flatMap { $0 == usual ? nil : ":\($0)" } ?? "")
    }
}
