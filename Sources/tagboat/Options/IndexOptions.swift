import ArgumentParser

/// The options that say which images an index is made of, and where it goes.
struct IndexOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Where the index goes: a repository, with a tag or without.", valueName: "target")
    )
    var target: String

    @Argument(help: ArgumentHelp("The images, each for one platform or several.", valueName: "source"))
    var sources: [String] = []

    @Option(
        name: .customLong("digest-file"),
        help: ArgumentHelp(
            "A file with an image's digest, as `build --output-digest` writes it; may be repeated.",
            valueName: "file"
        )
    )
    var digestFiles: [String] = []

    @Option(
        name: .customLong("tag"),
        help: ArgumentHelp("A tag for the index; may be repeated.", valueName: "tag")
    )
    var tags: [String] = []

    @Option(
        name: .customLong("annotation"),
        help: ArgumentHelp(
            "An annotation of the index, besides the labels that all images have; may be repeated.",
            valueName: "key=value"
        )
    )
    var annotations: [String] = []

    @Option(help: ArgumentHelp("Write the index's digest to this file.", valueName: "file"))
    var outputDigest: String?

    @Flag(help: "Let tags go to other images than their names promise.") var force = false

    @Flag(name: .shortAndLong, help: "Print what would happen and change nothing.") var dryRun = false

    @Option(help: "How to print it: text or json.") var format: CopyOptions.Format = .text

    func validate() throws {
        if sources.isEmpty, digestFiles.isEmpty {
            throw ValidationError("name the images behind the target, or their digests with --digest-file")
        }
    }
}
