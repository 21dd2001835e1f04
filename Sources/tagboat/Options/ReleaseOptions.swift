import ArgumentParser

/// The options that `plan` and `push` share: what is released, from where, to where.
struct ReleaseOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Option(
        help: ArgumentHelp(
            "The image to release: a registry reference by tag or digest, or oci:DIR[:NAME].",
            valueName: "source"
        )
    )
    var from: String?

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var tags: TagOptions
    @OptionGroup var mode: ModeOptions

    @Flag(help: "Let a commit replace its own image under its own tags.")
    var rebuild = false

    @Option(help: "How to print it: text or json.")
    var format: Format = .text

    func partial() throws(ConfigurationError) -> [PartialConfiguration] {
        var source = PartialConfiguration()
        if let from { source.from = try ConfigurationValue.source(from) }
        return [source, try registry.partial(), try project.partial(), try tags.partial(), mode.partial()]
    }
}
