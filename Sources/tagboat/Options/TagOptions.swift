import ArgumentParser
import Tagging

/// The options that say which tags an image gets.
struct TagOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The tag rules, separated by commas (default: version,minor,major,latest,channel,sha,date).",
            valueName: "rules"
        )
    )
    var tags: String?

    func partial() throws(ConfigurationError) -> PartialConfiguration {
        var partial = PartialConfiguration()
        if let tags {
            var rules: [TagRule] = []
            for name in tags.split(separator: ",") { rules.append(try ConfigurationValue.rule(String(name))) }
            partial.tags = rules
        }
        return partial
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

    func partial() -> PartialConfiguration {
        var partial = PartialConfiguration()
        partial.mode = isRelease ? .release : isSnapshot ? .snapshot : nil
        return partial
    }
}
