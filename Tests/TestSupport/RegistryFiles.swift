import SystemPackage

/// The files of one registry.
struct RegistryFiles: Sendable {
    /// The folder that holds them all.
    let directory: FilePath

    /// What it reports, one line a message.
    var log: FilePath { directory.appending("registry.log") }
    /// The requests it answered, one a line.
    var accessLog: FilePath { directory.appending("access.log") }
    /// Holds nothing but the certificate to trust, as skopeo wants it.
    var trustDirectory: FilePath { directory.appending("trust") }

    /// Writes the files of a registry; the issuer is needed for tokens only.
    ///
    /// - Returns: the configuration file, the certificate that clients must trust, and the one that they must show.
    func prepare(
        _ setup: RegistrySetup,
        allowsDeletion: Bool,
        storage: RegistryStorage,
        issuer: TokenIssuer?
    ) async throws -> (configuration: FilePath, certificateAuthority: FilePath?, client: CertifiedKey?) {
        try directory.write("registry.log", "")
        try directory.write("access.log", "")
        var tls = ""
        var access = ""
        var certificateAuthority: FilePath?
        var client: CertifiedKey?
        switch setup {
        case .open: break
        case .password(let user, let password):
            access = try await demand(password, of: user)
        case .passwordOverTLS(let user, let password):
            let authority = try await CertificateAuthority(name: "Test Authority", in: directory)
            let leaf = try await authority.issueLoopbackCertificate()
            certificateAuthority = try trustDirectory.write("ca.crt", try authority.root.certificate.readText())
            tls = "tls: {certificate: \(quoted(leaf.certificate)), key: \(quoted(leaf.key))}"
            access = try await demand(password, of: user)
        case .clientCertificates:
            let authority = try await CertificateAuthority(name: "Test Authority", in: directory)
            let leaf = try await authority.issueLoopbackCertificate()
            certificateAuthority = try trustDirectory.write("ca.crt", try authority.root.certificate.readText())
            client = try await authority.issueClientCertificate()
            let authorities = quoted(authority.root.certificate)
            tls =
                "tls: {certificate: \(quoted(leaf.certificate)), key: \(quoted(leaf.key)), clientcas: [\(authorities)]}"
        case .token:
            guard let issuer else { break }
            access = """
                auth:
                  token:
                    realm: \(issuer.realm)
                    service: \(issuer.service)
                    issuer: \(issuer.name)
                    rootcertbundle: \(quoted(issuer.rootCertificate))
                """
        }
        let driver =
            switch storage {
            case .memory: "inmemory: {}"
            case .disk: "filesystem: {rootdirectory: \(quoted(directory.appending("data")))}"
            }
        // Port 0 lets the kernel choose: the registry reports the address, and no port can be taken meanwhile.
        let configuration = try directory.write(
            "config.yml",
            """
            version: 0.1
            log: {level: info, formatter: text}
            storage:
              \(driver)
              delete: {enabled: \(allowsDeletion)}
              maintenance: {uploadpurging: {enabled: false}}
            http:
              addr: 127.0.0.1:0
              secret: loopback
              \(tls)
            \(access)
            """
        )
        return (configuration, certificateAuthority, client)
    }

    /// Writes the file of passwords, and gives the setting that demands one.
    private func demand(_ password: String, of user: String) async throws -> String {
        let hash = try await run("htpasswd", ["-iBn", user], input: Array(password.utf8)).requireSuccess()
        let passwords = try directory.write("htpasswd", hash.standardOutput)
        return "auth: {htpasswd: {realm: registry, path: \(quoted(passwords))}}"
    }

    /// A YAML string in single quotes.
    private func quoted(_ path: FilePath) -> String {
        "'" + path.string.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
}
