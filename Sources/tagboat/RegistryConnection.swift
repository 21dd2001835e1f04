import Registry
import SystemPackage

extension CommandContext {
    /// How registries are reached, by the configuration and the environment.
    ///
    /// - Parameter timeout: how long everything may take; nil for the configuration's time.
    /// - Returns: the settings.
    /// - Throws: `ConfigurationError` for a variable that names proxies in a way that cannot be used.
    func connectionSettings(timeout: Duration? = nil) throws(ConfigurationError) -> ConnectionSettings {
        let hosts = configuration.registries.mapValues { settings in
            ConnectionSettings.Host(
                plainHTTP: settings.plainHTTP,
                certificateAuthority: settings.certificateAuthority,
                clientCertificate: settings.clientCertificate,
                clientKey: settings.clientKey,
                isInsecure: settings.isInsecure ?? false,
                mirrors: settings.mirrors ?? []
            )
        }
        let proxies: ProxyRules
        do {
            proxies = try ProxyRules(environment: environment)
        } catch {
            throw ConfigurationError(error.description, hint: error.hint)
        }
        return ConnectionSettings(
            timeout: timeout.map { min($0, configuration.timeout) } ?? configuration.timeout,
            hosts: hosts,
            systemCertificates: environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : FilePath($0) },
            certificateFolders: ConnectionSettings.standardCertificateFolders(environment: environment),
            proxies: proxies,
            userAgent: "tagboat/\(ProductVersion.text)",
            requestsPerSecond: configuration.requestsPerSecond
        )
    }

    /// Where credentials come from.
    var credentialFiles: CredentialFiles {
        CredentialFiles(
            CredentialFiles.standardSources(explicit: configuration.credentialFile, environment: environment)
        )
    }

    /// A client with these settings; it connects to nothing until it is asked.
    ///
    /// - Parameter timeout: how long everything may take; nil for the configuration's time.
    /// - Returns: the client.
    /// - Throws: `ConfigurationError` for a variable that names proxies in a way that cannot be used.
    func registryClient(timeout: Duration? = nil) throws(ConfigurationError) -> RegistryClient {
        RegistryClient(settings: try connectionSettings(timeout: timeout), credentials: credentialFiles, logger: logger)
    }

    /// The container engine that the environment names.
    ///
    /// - Throws: `ConfigurationError` for a variable that names proxies in a way that cannot be used.
    func engine() throws(ConfigurationError) -> Engine {
        Engine(environment: environment, settings: try connectionSettings(), logger: logger)
    }
}
