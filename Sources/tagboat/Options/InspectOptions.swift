import ArgumentParser

/// The options that say what of an image is shown.
struct InspectOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Argument(
        help: ArgumentHelp("The image: a registry reference by tag or digest, or oci:DIR[:NAME].", valueName: "image")
    )
    var image: String

    @Option(help: ArgumentHelp("Only the image for this platform, such as linux/arm64.", valueName: "platform"))
    var platform: String?

    @Flag(help: "Print the manifest byte for byte, and nothing else.") var raw = false

    @Flag(help: "Print the configuration byte for byte, and nothing else.") var rawConfig = false

    @Option(help: ArgumentHelp("Only the referrers of this artifact type.", valueName: "type"))
    var artifactType: String?

    @Flag(help: "Print long commands of layers whole.") var wide = false

    @Option(help: "How to print it: text or json.") var format: Format = .text

    func validate() throws {
        if raw, rawConfig { throw ValidationError("--raw and --raw-config exclude each other") }
    }
}
