import ArgumentParser
import SystemPackage

/// The options that say where tags go and how registries are reached.
struct RegistryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A repository to tag, on a registry or oci:DIR; may be repeated.", valueName: "repository")
    )
    var image: [String] = []

    @Option(help: ArgumentHelp("A registry to reach without TLS; may be repeated.", valueName: "host"))
    var plainHttp: [String] = []

    @Option(help: ArgumentHelp("A credential file of docker or podman.", valueName: "file"))
    var authfile: String?

    @Option(help: ArgumentHelp("How long everything may take: 90s, 10m, 1h (default: 10m).", valueName: "time"))
    var timeout: String?

    func partial() throws(ConfigurationError) -> PartialConfiguration {
        var partial = PartialConfiguration()
        if !image.isEmpty {
            partial.images = []
            for name in image { partial.images?.append(try ConfigurationValue.repository(name)) }
        }
        for host in plainHttp {
            partial.registries = partial.registries ?? [:]
            partial.registries?[try ConfigurationValue.registry(host)] = .init(plainHTTP: true)
        }
        partial.credentialFile = authfile.map { FilePath($0) }
        if let timeout { partial.timeout = try ConfigurationValue.duration(timeout) }
        return partial
    }
}
