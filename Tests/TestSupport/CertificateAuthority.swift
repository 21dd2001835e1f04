import FoundationEssentials
package import SystemPackage

/// A certificate with its private key, as PEM files.
package struct CertifiedKey: Sendable {
    /// The certificate.
    package let certificate: FilePath
    /// The private key (PKCS #8, P-256).
    package let key: FilePath
}

/// A private certificate authority, valid for two days, made by `openssl`.
package struct CertificateAuthority: Sendable {
    /// Where all files are put.
    private let directory: FilePath
    /// The configuration for `openssl req`.
    private let configuration: FilePath
    /// The authority's own certificate and key.
    package let root: CertifiedKey

    /// Makes a new authority.
    ///
    /// - Parameters:
    ///   - name: the authority's common name.
    ///   - directory: where its files, and those of the certificates it issues, are put.
    /// - Throws: `CommandError` if `openssl` fails.
    package init(name: String, in directory: FilePath) async throws {
        self.directory = directory
        // The system's configuration would add extensions of its own.
        configuration = try directory.write(
            "openssl.cnf",
            """
            [req]
            distinguished_name = name
            prompt = no
            [name]
            CN = \(name)
            """
        )
        root = try await Self.request(
            "ca",
            in: directory,
            configuration,
            ["-subj", "/CN=\(name)"],
            extensions: ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"]
        )
    }

    /// Issues a server certificate for `localhost`, `127.0.0.1` and, behind a proxy, `registry.test`.
    ///
    /// - Returns: the leaf certificate and its key.
    /// - Throws: `CommandError` if `openssl` fails.
    package func issueLoopbackCertificate() async throws -> CertifiedKey {
        try await issue(
            "localhost",
            ["extendedKeyUsage=serverAuth", "subjectAltName=DNS:localhost,DNS:registry.test,IP:127.0.0.1"]
        )
    }

    /// Issues a certificate for servers behind a proxy.
    ///
    /// - Parameter hosts: their names.
    /// - Returns: the leaf certificate and its key.
    /// - Throws: `CommandError` if `openssl` fails.
    package func issueCertificate(for hosts: [String]) async throws -> CertifiedKey {
        let names = hosts.map { "DNS:\($0)" }.joined(separator: ",")
        return try await issue("hosts", ["extendedKeyUsage=serverAuth", "subjectAltName=\(names)"])
    }

    /// Issues a certificate that a client shows to a server.
    ///
    /// - Returns: the leaf certificate and its key.
    /// - Throws: `CommandError` if `openssl` fails.
    package func issueClientCertificate() async throws -> CertifiedKey {
        try await issue("client", ["extendedKeyUsage=clientAuth"])
    }

    private func issue(_ name: String, _ extensions: [String]) async throws -> CertifiedKey {
        try await Self.request(
            name,
            in: directory,
            configuration,
            ["-subj", "/CN=\(name)", "-CA", root.certificate.string, "-CAkey", root.key.string],
            extensions: ["basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature"] + extensions
        )
    }

    /// Makes a key and a certificate for it.
    private static func request(
        _ name: String,
        in directory: FilePath,
        _ configuration: FilePath,
        _ arguments: [String],
        extensions: [String]
    ) async throws -> CertifiedKey {
        let files = CertifiedKey(
            certificate: directory.appending("\(name).crt"),
            key: directory.appending("\(name).key")
        )
        let fixed = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-sha256", "-days", "2",
            "-config", configuration.string, "-out", files.certificate.string, "-keyout", files.key.string,
        ]
        try await run("openssl", fixed + arguments + extensions.flatMap { ["-addext", $0] }).requireSuccess()
        return files
    }
}
