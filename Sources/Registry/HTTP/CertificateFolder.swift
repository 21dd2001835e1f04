import FoundationEssentials
import OCI
import SystemPackage

/// A registry's folder under `certs.d`: `*.crt` are authorities, `*.cert` with `*.key` are our own certificate.
struct CertificateFolder {
    let authorities: [FilePath]
    /// The first pair by name.
    let clientPair: (certificate: FilePath, key: FilePath)?

    /// Reads the first folder that there is for a registry; nil where there is none that may be read.
    ///
    /// - Parameters:
    ///   - registry: the folder's name, `HOST[:PORT]`.
    ///   - parents: the folders `certs.d`.
    /// - Throws: `RegistryError` of kind `invalidFile` for a certificate without its key, and the other way round.
    init?(of registry: RegistryHost, in parents: [FilePath]) throws(RegistryError) {
        for parent in parents {
            let folder = parent.appending(registry.name)
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.string) else { continue }
            try self.init(folder, names.sorted())
            return
        }
        return nil
    }

    private init(_ folder: FilePath, _ names: [String]) throws(RegistryError) {
        func files(_ suffix: String) -> [String] {
            names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
        }
        let certificates = files(".cert")
        let keys = files(".key")
        if let lone = certificates.first(where: { !keys.contains($0) }) {
            throw RegistryError(
                .invalidFile,
                "\(folder) has the client certificate \(lone).cert without \(lone).key",
                hint: "put its key beside it; the certificate of an authority is named *.crt"
            )
        }
        if let lone = keys.first(where: { !certificates.contains($0) }) {
            throw RegistryError(
                .invalidFile,
                "\(folder) has the key \(lone).key without \(lone).cert",
                hint: "put its certificate beside it"
            )
        }
        authorities = files(".crt").map { folder.appending($0 + ".crt") }
        clientPair = certificates.first.map { (folder.appending($0 + ".cert"), folder.appending($0 + ".key")) }
    }
}
