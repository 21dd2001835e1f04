import ArgumentParser

/// The options that say what is asked of Dockerfiles.
struct LintOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Images that are allowed, such as 'ghcr.io/acme/*' or 'alpine:3.*'; repeat it (default: all).",
            valueName: "pattern"
        )
    )
    var allow: [String] = []

    @Option(help: ArgumentHelp("A label that the image must have; may be repeated.", valueName: "key"))
    var requireLabel: [String] = []

    @Option(help: ArgumentHelp("The stage that is built (default: the last one).", valueName: "stage"))
    var target: String?

    @Option(help: ArgumentHelp("A build argument for the Dockerfile; may be repeated.", valueName: "name=value"))
    var buildArg: [String] = []

    @Flag(help: "Let warnings fail the run, too.") var strict = false

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        flags.set("lint.allow", allow, flag: "--allow")
        flags.set("lint.required-labels", requireLabel, flag: "--require-label")
        if strict { flags.set("lint.strict", "true", flag: "--strict") }
        return flags
    }
}
