import ArgumentParser

/// The options that say which labels an image gets.
struct LabelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Label the base image that this Dockerfile's final stage names.", valueName: "file")
    )
    var dockerfile: String?

    @Option(help: ArgumentHelp("The stage of the Dockerfile to build (default: the last one).", valueName: "stage"))
    var target: String?

    @Option(help: ArgumentHelp("A build argument for the Dockerfile; may be repeated.", valueName: "name=value"))
    var buildArg: [String] = []

    @Flag(name: .customLong("no-resolve"), help: "Do not ask the registry for the base image's digest.")
    var isUnresolved = false

    @Flag(name: .customLong("legacy"), help: "Add the labels of label-schema.org, which the OCI's replaced.")
    var isLegacy = false

    @Option(help: ArgumentHelp("A folder whose templates take the place of tagboat's own.", valueName: "dir"))
    var templates: String?

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        flags.set("dockerfile", dockerfile, flag: "--dockerfile")
        flags.set("templates", templates, flag: "--templates")
        if isLegacy { flags.set("legacy-labels", "true", flag: "--legacy") }
        return flags
    }

    /// The build arguments by name.
    ///
    /// - Throws: `ConfigurationError` for one without a value that the environment does not have either.
    func buildArguments(_ environment: [String: String]) throws(ConfigurationError) -> [String: String] {
        try BuildArguments.parse(buildArg, environment)
    }
}

/// Build arguments as the command line has them: `NAME=VALUE`, or `NAME` for the environment's value.
enum BuildArguments {
    /// The build arguments by name.
    ///
    /// - Throws: `ConfigurationError` for one without a value that the environment does not have either.
    static func parse(
        _ texts: [String],
        _ environment: [String: String]
    ) throws(ConfigurationError) -> [String: String] {
        var arguments: [String: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let value = parts.count > 1 ? parts[1] : environment[parts[0]] else {
                throw ConfigurationError(
                    "the build argument \(text) has no value",
                    hint: "write --build-arg \(text)=VALUE, or set the variable \(text)"
                )
            }
            arguments[parts[0]] = value
        }
        return arguments
    }
}
