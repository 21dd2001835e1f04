package import SystemPackage

/// A running `docker-registry`, the reference implementation, on a loopback port of its own.
package struct DockerRegistry: Sendable {
    /// The registry that the trait `.dockerRegistry` has started for the running test or suite.
    @TaskLocal package static var current: DockerRegistry?

    /// The host and port, as in `127.0.0.1:43210`.
    package let address: String
    /// The certificate that a client must trust; nil without TLS.
    package let certificateAuthority: FilePath?
    /// What a client must show; nil where it need not.
    package let clientCertificate: CertifiedKey?
    /// The issuer of its tokens; nil without tokens.
    package let tokenIssuer: TokenIssuer?
    /// The files of the registry.
    let files: RegistryFiles

    /// The `http://` or `https://` URL of the registry, without a slash at the end.
    package var url: String { "\(certificateAuthority == nil ? "http" : "https")://\(address)" }

    /// The port of the address.
    package var port: Int { address.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

    /// What the registry has reported so far, for failure messages.
    package var log: String { (try? files.log.readText()) ?? "" }

    /// Reads the requests that the registry has answered so far.
    ///
    /// The registry logs a request after it has answered it, so this waits until the log stands still for a moment.
    ///
    /// - Returns: the requests in the order in which they were finished.
    /// - Throws: the failure to read the log.
    package func requests() async throws -> [RegistryRequest] {
        var text = try files.accessLog.readText()
        while true {
            try await Task.sleep(for: .milliseconds(20))
            let newText = try files.accessLog.readText()
            guard newText != text else { break }
            text = newText
        }
        return text.split(separator: "\n").compactMap { RegistryRequest(logLine: $0) }
    }

    /// Gives the registry of the running test or suite.
    ///
    /// - Returns: the registry.
    /// - Throws: `DockerRegistryError` outside a test with the trait `.dockerRegistry`.
    package static func required() throws -> DockerRegistry {
        guard let current else {
            throw DockerRegistryError(reason: "the test and its suite lack the trait .dockerRegistry", log: "")
        }
        return current
    }
}

/// A registry that could not be started.
package struct DockerRegistryError: Error, CustomStringConvertible {
    /// What went wrong.
    package let reason: String
    /// What the registry reported.
    package let log: String

    /// The failure with the registry's report.
    package var description: String { log.isEmpty ? reason : "\(reason)\n\(log)" }
}
