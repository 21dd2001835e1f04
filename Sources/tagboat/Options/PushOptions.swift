import ArgumentParser

/// The options that `plan` and `push` share: what is released, from where, to where.
struct PushOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Option(
        help: ArgumentHelp(
            """
            The image to release: a registry reference by tag or digest, oci:DIR[:NAME], oci-archive:FILE[:NAME], \
            docker-archive:FILE[:NAME] or docker-daemon:NAME.
            """,
            valueName: "source"
        )
    )
    var from: String?

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var tags: TagOptions
    @OptionGroup var mode: ModeOptions

    @Option(
        help: ArgumentHelp(
            "What tells which versions are released: registry, git or both (default: registry).",
            valueName: "source"
        )
    )
    var evidence: String?

    @Option(
        help: ArgumentHelp("Where tags of branches may go: forward or any (default: forward).", valueName: "where")
    )
    var heads: String?

    @Flag(help: "Let a commit replace its own image under its own tags.")
    var rebuild = false

    @Option(help: "How to print it: text or json.")
    var format: Format = .text

    func configuration() -> [FlagConfiguration] {
        var flags = FlagConfiguration()
        flags.set("from", from, flag: "--from")
        flags.set("policy.evidence", evidence, flag: "--evidence")
        flags.set("policy.heads", heads, flag: "--heads")
        return [
            flags, registry.configuration(), project.configuration(), tags.configuration(), mode.configuration(),
        ]
    }
}
