import ArgumentParser
import OCI
import Registry
import SystemPackage

/// The options that `login` and `logout` share.
struct LoginOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The credential file to change (default: $REGISTRY_AUTH_FILE, or docker's config.json).",
            valueName: "file"
        )
    )
    var authfile: String?

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        flags.set("authfile", authfile, flag: "--authfile")
        return flags
    }
}

extension CommandContext {
    /// What `login` and `logout` change.
    ///
    /// - Throws: `ConfigurationError` where there is no place for it.
    func credentialStore() throws(ConfigurationError) -> CredentialStore {
        guard
            let file = CredentialStore.standardFile(
                explicit: configuration.credentialFile,
                environment: environment
            )
        else {
            throw ConfigurationError(
                "there is no place for credentials: HOME is not set",
                hint: "name a file with --authfile"
            )
        }
        return CredentialStore(file)
    }
}

/// The argument that names a registry.
enum RegistryArgument {
    static func host(_ text: String) throws(ConfigurationError) -> RegistryHost {
        // People copy addresses from the browser, and docker takes them too.
        var name = text[...]
        for scheme in ["https://", "http://"] where name.hasPrefix(scheme) { name = name.dropFirst(scheme.count) }
        if name == "index.docker.io/v1/" { name = "docker.io" }
        if name.hasSuffix("/") { name = name.dropLast() }
        return try ConfigurationValue.registry(String(name))
    }
}
