import FoundationEssentials
import Logging
import NIOSSL
import OCI
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Registry

@Suite(.dockerRegistry(.clientCertificates)) struct ClientCertificateTests {
    private func tags(_ settings: ConnectionSettings) async throws -> RegistryError? {
        let registry = try DockerRegistry.required()
        return try await withClient(settings: settings) { client in
            try await failure { try await client.repository("\(registry.address)/acme/ui").tags() }
        }
    }

    private func settings(_ host: ConnectionSettings.Host) throws -> ConnectionSettings {
        let registry = try DockerRegistry.required()
        return ConnectionSettings(timeout: .seconds(120), hosts: [try RegistryHost(parsing: registry.address): host])
    }

    @Test func theCertificateOfTheConfigurationIsShown() async throws {
        let registry = try DockerRegistry.required()
        let client = try #require(registry.clientCertificate)
        var host = ConnectionSettings.Host(certificateAuthority: registry.certificateAuthority)
        let without = try await tags(try settings(host))
        #expect(without?.description == "\(registry.address) closed the connection without an answer")
        #expect(without?.hint?.hasPrefix("if it wants a client certificate") == true)
        (host.clientCertificate, host.clientKey) = (client.certificate, client.key)
        #expect(try await tags(try settings(host)) == nil)
    }

    @Test func certificateAndKeyMayBeInOneFile() async throws {
        let registry = try DockerRegistry.required()
        let client = try #require(registry.clientCertificate)
        try await withTemporaryDirectory { folder in
            let both = try folder.write("both.pem", try client.certificate.readText() + client.key.readText())
            let host = ConnectionSettings.Host(
                certificateAuthority: registry.certificateAuthority,
                clientCertificate: both
            )
            #expect(try await tags(try settings(host)) == nil)
        }
    }

    @Test func foldersOfDockerAndPodmanAreRead() async throws {
        let registry = try DockerRegistry.required()
        let client = try #require(registry.clientCertificate)
        try await withTemporaryDirectory { folder in
            let own = try folder.makeDirectory("second/\(registry.address)")
            var settings = ConnectionSettings(timeout: .seconds(120))
            settings.certificateFolders = [folder.appending("first"), folder.appending("second")]
            let authority = try #require(registry.certificateAuthority).readText()
            _ = try own.write("ca.crt", authority)
            _ = try own.write("me.cert", try client.certificate.readText())
            let alone = try await tags(settings)
            #expect(alone?.kind == .invalidFile)
            #expect(alone?.description.contains("me.cert without me.key") == true)
            _ = try own.write("me.key", try client.key.readText())
            #expect(try await tags(settings) == nil)
            // The first folder that there is counts, alone.
            let first = try folder.makeDirectory("first/\(registry.address)")
            #expect(try await tags(settings)?.kind == .untrustedCertificate)
            _ = try first.write("ca.crt", "no certificate")
            #expect(try await tags(settings)?.kind == .invalidFile)
        }
    }

    @Test func whatIsInsecureIsTakenUnseenAndToldOnce() async throws {
        let registry = try DockerRegistry.required()
        let pair = try #require(registry.clientCertificate)
        let host = ConnectionSettings.Host(
            clientCertificate: pair.certificate,
            clientKey: pair.key,
            isInsecure: true
        )
        let warnings = Warnings()
        let client = RegistryClient(
            settings: try settings(host),
            credentials: CredentialFiles([]),
            logger: Logger(label: "test") { _ in warnings.handler }
        )
        let repository = try await client.repository("\(registry.address)/acme/ui")
        for _ in 0..<3 { _ = try await repository.tags() }
        await client.close()
        #expect(warnings.texts.count == 1)
        #expect(warnings.texts.first?.contains("the certificate of \(registry.address) is not verified") == true)
    }

    /// Neither a redirect nor a token server elsewhere sees what was set for the registry.
    @Test func whatIsSetForARegistryIsForItsHostAlone() async throws {
        let registry = try DockerRegistry.required()
        let pair = try #require(registry.clientCertificate)
        let host = ConnectionSettings.Host(
            certificateAuthority: registry.certificateAuthority,
            clientCertificate: pair.certificate,
            clientKey: pair.key,
            isInsecure: true
        )
        let own = try RegistryHost(parsing: "r.io")
        let other = try RegistryHost(parsing: "auth.io")
        let settings = ConnectionSettings(
            hosts: [own: host, other: .init(certificateAuthority: registry.certificateAuthority)]
        )
        let certificates = Certificates(
            settings: settings,
            logger: Logger(label: "x") { _ in SwiftLogNoOpLogHandler() }
        )
        func configuration(_ url: String) throws -> TLSConfiguration? {
            try certificates.configuration(for: try #require(URL(string: url)), of: own)
        }
        for url in ["https://r.io/v2/", "https://R.io:443/v2/", "https://r.io:8443/token"] {
            let found = try #require(try configuration(url))
            #expect(!found.certificateChain.isEmpty && found.certificateVerification == .none)
        }
        for url in ["https://r.io.evil.io/", "https://cdn.r.io/", "https://192.0.2.1/", "http://r.io/"] {
            #expect(try configuration(url) == nil)
        }
        // Another host has its own settings.
        let found = try #require(try configuration("https://auth.io/token"))
        #expect(found.certificateChain.isEmpty && found.certificateVerification == .fullVerification)
        #expect(found.additionalTrustRoots.count == 1)
    }

    @Test func theUsualFolders() {
        let folders = ConnectionSettings.standardCertificateFolders(environment: ["HOME": "/home/me"])
        #expect(
            folders == [
                "/home/me/.config/containers/certs.d", "/etc/containers/certs.d", "/home/me/.config/docker/certs.d",
                "/home/me/.docker/certs.d", "/etc/docker/certs.d",
            ]
        )
    }
}

/// Keeps what was warned of.
private final class Warnings: Sendable {
    private let all = Mutex<[String]>([])

    var texts: [String] { all.withLock { $0 } }

    var handler: some LogHandler { Handler(warnings: self) }

    private struct Handler: LogHandler {
        let warnings: Warnings
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.warning

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            warnings.all.withLock { $0.append("\(event.message)") }
        }
    }
}
