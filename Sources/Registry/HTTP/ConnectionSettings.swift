package import OCI
package import SystemPackage

/// How registries are reached: what the configuration, flags and environment say.
package struct ConnectionSettings: Sendable {
    /// What applies to one registry alone.
    package struct Host: Sendable {
        /// Whether to speak plain HTTP; nil leaves it to the rule that only loopback addresses may.
        package var plainHTTP: Bool?
        /// A PEM file with certificate authorities to trust besides the system's.
        package var certificateAuthority: FilePath?

        package init(plainHTTP: Bool? = nil, certificateAuthority: FilePath? = nil) {
            self.plainHTTP = plainHTTP
            self.certificateAuthority = certificateAuthority
        }
    }

    /// How long everything together may take.
    package var timeout: Duration
    package var hosts: [RegistryHost: Host]
    /// A PEM file that stands in for the system's certificate authorities (`SSL_CERT_FILE`).
    package var systemCertificates: FilePath?
    /// The `User-Agent` of every request.
    package var userAgent: String
    /// How many requests may start within a second; nil means as many as there are.
    package var requestsPerSecond: Double?

    package init(
        timeout: Duration = .seconds(600),
        hosts: [RegistryHost: Host] = [:],
        systemCertificates: FilePath? = nil,
        userAgent: String = "tagboat",
        requestsPerSecond: Double? = nil
    ) {
        self.timeout = timeout
        self.hosts = hosts
        self.systemCertificates = systemCertificates
        self.userAgent = userAgent
        self.requestsPerSecond = requestsPerSecond
    }
}
