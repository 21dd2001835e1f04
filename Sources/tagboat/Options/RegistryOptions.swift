import ArgumentParser

/// The options that say where tags go, and how registries are reached.
struct RegistryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A repository to tag, on a registry or oci:DIR; may be repeated.", valueName: "repository")
    )
    var image: [String] = []

    @OptionGroup var connection: ConnectionOptions

    func configuration() -> FlagConfiguration {
        var flags = connection.configuration()
        flags.set("images", image, flag: "--image")
        return flags
    }
}
