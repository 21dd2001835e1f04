package import OCI
package import SystemPackage

/// How registries are reached: what the configuration, flags and environment say.
package struct ConnectionSettings: Sendable {
    /// What applies to one registry alone.
    package struct Host: Sendable, Hashable {
        /// Whether to speak plain HTTP; nil leaves it to the rule that only loopback addresses may.
        package var plainHTTP: Bool?
        /// A PEM file with certificate authorities to trust besides the system's.
        package var certificateAuthority: FilePath?
        /// A PEM file with our own certificate, for registries that want one.
        package var clientCertificate: FilePath?
        /// A PEM file with the key of our own certificate; nil where the key is in the certificate's file.
        package var clientKey: FilePath?
        /// Whether to take any certificate.
        package var isInsecure: Bool
        /// Registries to read from before this one.
        package var mirrors: [RegistryHost]

        package init(
            plainHTTP: Bool? = nil,
            certificateAuthority: FilePath? = nil,
            clientCertificate: FilePath? = nil,
            clientKey: FilePath? = nil,
            isInsecure: Bool = false,
            mirrors: [RegistryHost] = []
        ) {
            self.plainHTTP = plainHTTP
            self.certificateAuthority = certificateAuthority
            self.clientCertificate = clientCertificate
            self.clientKey = clientKey
            self.isInsecure = isInsecure
            self.mirrors = mirrors
        }
    }

    /// How long everything together may take.
    package var timeout: Duration
    package var hosts: [RegistryHost: Host]
    /// A PEM file that stands in for the system's certificate authorities (`SSL_CERT_FILE`).
    package var systemCertificates: FilePath?
    /// Folders with a folder of certificates for each registry, as docker and podman have them.
    package var certificateFolders: [FilePath]
    /// Which addresses are reached through a proxy.
    package var proxies: ProxyRules
    /// The `User-Agent` of every request.
    package var userAgent: String
    /// How many requests may start within a second; nil means as many as there are.
    package var requestsPerSecond: Double?

    package init(
        timeout: Duration = .seconds(600),
        hosts: [RegistryHost: Host] = [:],
        systemCertificates: FilePath? = nil,
        certificateFolders: [FilePath] = [],
        proxies: ProxyRules = ProxyRules(),
        userAgent: String = "tagboat",
        requestsPerSecond: Double? = nil
    ) {
        self.timeout = timeout
        self.hosts = hosts
        self.systemCertificates = systemCertificates
        self.certificateFolders = certificateFolders
        self.proxies = proxies
        self.userAgent = userAgent
        self.requestsPerSecond = requestsPerSecond
    }

    /// The usual folders with certificates for registries: podman's, then docker's, the user's own before the system's.
    package static func standardCertificateFolders(environment: [String: String]) -> [FilePath] {
        func variable(_ name: String) -> FilePath? {
            environment[name].flatMap { $0.isEmpty ? nil : FilePath($0) }
        }
        let home = variable("HOME")
        let configuration = variable("XDG_CONFIG_HOME") ?? home?.appending(".config")
        let folders: [FilePath?] = [
            configuration?.appending("containers/certs.d"), "/etc/containers/certs.d",
            configuration?.appending("docker/certs.d"), home?.appending(".docker/certs.d"), "/etc/docker/certs.d",
        ]
        return folders.compactMap { $0 }
    }
}
