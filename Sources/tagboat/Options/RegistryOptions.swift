import ArgumentParser

/// The options that say where tags go, and how registries are reached.
struct RegistryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A repository to tag, on a registry or oci:DIR, oci-archive:FILE, docker-archive:FILE:NAME or \
            docker-daemon:NAME; may be repeated.
            """,
            valueName: "repository"
        )
    )
    var image: [String] = []

    @OptionGroup var connection: ConnectionOptions

    @OptionGroup var transfer: TransferOptions

    func configuration() -> FlagConfiguration {
        var flags = connection.configuration()
        transfer.add(to: &flags)
        flags.set("images", image, flag: "--image")
        return flags
    }
}

/// The options that say how content is transferred.
struct TransferOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many layers are transferred at once (default: 4).", valueName: "n"))
    var jobs: String?

    func add(to flags: inout FlagConfiguration) {
        flags.set("jobs", jobs, flag: "--jobs")
    }
}
