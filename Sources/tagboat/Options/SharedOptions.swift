import ArgumentParser

/// The options that every command has.
struct SharedOptions: ParsableArguments {
    @Option(
        name: .customShort("C"),
        help: ArgumentHelp("Run as if started in this folder.", valueName: "dir")
    )
    var directory: String?

    @Option(help: ArgumentHelp("The configuration file; tagboat.yaml by default.", valueName: "file"))
    var config: String?

    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Show each request on standard error, and what the run cost.")
    var verbose = false

    @Option(help: "When to use colour: auto, always or never.")
    var color: ColorChoice = .auto
}
