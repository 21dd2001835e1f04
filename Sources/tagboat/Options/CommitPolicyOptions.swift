import ArgumentParser

/// The options that say what commit messages must be like.
struct CommitPolicyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A type that messages may have, or a pattern; repeat it (default: the usual ones).",
            valueName: "type"
        )
    )
    var type: [String] = []

    @Option(
        help: ArgumentHelp(
            "A scope that messages may have, or a pattern; repeat it (default: any).",
            valueName: "scope"
        )
    )
    var scope: [String] = []

    @Flag(help: "Demand a scope.") var requireScope = false

    @Option(
        help: ArgumentHelp(
            "How many characters the first line may have; 0 for no limit (default: 100).",
            valueName: "n"
        )
    )
    var headerLength: Int?

    @Option(
        help: ArgumentHelp(
            "How many characters a line of the body may have; 0 for no limit (default: 0).",
            valueName: "n"
        )
    )
    var bodyLength: Int?

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        flags.set("commits.types", type, flag: "--type")
        flags.set("commits.scopes", scope, flag: "--scope")
        flags.set("commits.require-scope", requireScope ? "true" : nil, flag: "--require-scope")
        flags.set("commits.header-length", headerLength.map(String.init), flag: "--header-length")
        flags.set("commits.body-length", bodyLength.map(String.init), flag: "--body-length")
        return flags
    }
}
