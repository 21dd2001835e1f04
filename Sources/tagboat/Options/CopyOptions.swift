import ArgumentParser

/// The options that say what is copied, and under which tags.
struct CopyOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Argument(
        help: ArgumentHelp(
            "The image, by tag or digest; with --all-tags a repository.",
            valueName: "source"
        )
    )
    var source: String

    @Argument(
        help: ArgumentHelp(
            "Where it goes: a repository, with a tag where it shall have another one; may be repeated.",
            valueName: "target"
        )
    )
    var targets: [String]

    @Option(
        name: .customLong("tag"),
        help: ArgumentHelp("A tag for the image in each target; may be repeated.", valueName: "tag")
    )
    var tags: [String] = []

    @Flag(help: "Copy every tag of the source.") var allTags = false

    @Option(help: ArgumentHelp("Copy only the image for this platform, such as linux/arm64.", valueName: "platform"))
    var platform: String?

    @Flag(help: "Copy signatures, attestations and what else refers to the images, too.") var referrers = false

    @Flag(help: "Let tags go to other images than their names promise.") var force = false

    @Flag(name: .shortAndLong, help: "Print what would happen and change nothing.") var dryRun = false

    @Option(help: "How to print it: text or json.") var format: Format = .text

    func validate() throws {
        if allTags, platform != nil || !tags.isEmpty {
            throw ValidationError("--all-tags copies images as they are: leave --tag and --platform out")
        }
    }
}
