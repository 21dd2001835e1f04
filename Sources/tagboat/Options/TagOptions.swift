import ArgumentParser
import Tagging

/// The options that say which tags an image gets.
struct TagOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Tag rules, separated by commas (default: version,minor,major,latest,channel,sha,date).",
            valueName: "rules"
        )
    )
    var tags: String?

    @Option(
        name: .customLong("tag"),
        help: ArgumentHelp(
            "A tag rule, or a rule line such as type=semver,pattern=v{{major}}; may be repeated.",
            valueName: "rule"
        )
    )
    var rules: [String] = []

    @Option(help: ArgumentHelp("The variant that the image is.", valueName: "name"))
    var variant: String?

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        let presets = (tags ?? "").split(separator: ",").map(String.init)
        flags.set("tags", presets + rules, flag: tags == nil ? "--tag" : "--tags")
        flags.set("variant", variant, flag: "--variant")
        return flags
    }
}

/// The options that demand a kind of run.
struct ModeOptions: ParsableArguments {
    @Flag(name: .customLong("release"), help: "Demand a release; refuse where it is none.")
    var isRelease = false

    @Flag(name: .customLong("snapshot"), help: "Demand a snapshot: no version tags, no moving version tags.")
    var isSnapshot = false

    func validate() throws {
        if isRelease, isSnapshot {
            throw ValidationError("--release and --snapshot exclude each other")
        }
    }

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        if isRelease { flags.set("mode", "release", flag: "--release") }
        if isSnapshot { flags.set("mode", "snapshot", flag: "--snapshot") }
        return flags
    }
}
