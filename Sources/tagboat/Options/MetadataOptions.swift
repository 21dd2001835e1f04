import ArgumentParser
import Tagging

/// The inputs of docker/metadata-action: as flags, or as the variables that GitHub makes of a step's inputs.
struct MetadataOptions: ParsableArguments {
    enum Context: String, CaseIterable, ExpressibleByArgument {
        case workflow, git
    }

    @Option(help: ArgumentHelp("The images' names, one a line; may be repeated.", valueName: "list"))
    var images: [String] = []

    @Option(help: ArgumentHelp("The tag rules, one a line; may be repeated.", valueName: "list"))
    var tags: [String] = []

    @Option(help: ArgumentHelp("What goes for all tags: latest=auto, prefix=…, suffix=….", valueName: "list"))
    var flavor: [String] = []

    @Option(help: ArgumentHelp("Further labels, key=value, one a line; may be repeated.", valueName: "list"))
    var labels: [String] = []

    @Option(help: ArgumentHelp("Further annotations, key=value, one a line; may be repeated.", valueName: "list"))
    var annotations: [String] = []

    @Option(help: ArgumentHelp("What stands between tags in the outputs (default: a line end).", valueName: "text"))
    var sepTags: String?

    @Option(help: ArgumentHelp("What stands between labels in the outputs (default: a line end).", valueName: "text"))
    var sepLabels: String?

    @Option(
        help: ArgumentHelp("What stands between annotations in the outputs (default: a line end).", valueName: "text")
    )
    var sepAnnotations: String?

    @Option(help: ArgumentHelp("The target of bake definitions (default: docker-metadata-action).", valueName: "name"))
    var bakeTarget: String?

    @Option(
        help: ArgumentHelp(
            "Where reference and commit come from: workflow or git (default: workflow).",
            valueName: "source"
        )
    )
    var context: Context?
}

/// The inputs with their defaults, from flags over the environment.
struct MetadataSettings {
    let inputs: Metadata.Inputs
    let separators: (tags: String, labels: String, annotations: String)
    let context: MetadataOptions.Context
    let shortHashLength: Int
    let prefersPullRequestHead: Bool
    /// Whether outputs become environment variables too, where the CI system takes any.
    let exportsVariables: Bool

    /// Reads them.
    ///
    /// - Throws: `ConfigurationError`, `CommaSeparatedText.Problem`.
    init(_ options: MetadataOptions, environment: [String: String]) throws {
        func separator(_ name: String) -> String? {
            environment["INPUT_" + name.uppercased()].flatMap { $0.isEmpty ? nil : $0 }
        }
        func input(_ name: String) -> String? {
            separator(name).flatMap { text in
                let trimmed = text.trimmedOfWhitespace
                return trimmed.isEmpty ? nil : trimmed
            }
        }
        func list(_ name: String, _ flags: [String]) throws -> [String] {
            let text = flags.isEmpty ? input(name) ?? "" : flags.joined(separator: "\n")
            do {
                return try CommaSeparatedText.list(text)
            } catch {
                throw ConfigurationError("--\(name): \(error)", hint: "write one entry a line, quotes in pairs")
            }
        }
        var inputs = Metadata.Inputs()
        inputs.images = try list("images", options.images)
        inputs.tags = try list("tags", options.tags)
        inputs.flavor = try list("flavor", options.flavor)
        inputs.labels = try list("labels", options.labels)
        inputs.annotations = try list("annotations", options.annotations)
        if let levels = environment["DOCKER_METADATA_ANNOTATIONS_LEVELS"], !levels.isEmpty {
            inputs.annotationLevels = levels.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        if let target = options.bakeTarget ?? input("bake-target") { inputs.bakeTarget = target }
        self.inputs = inputs
        separators = (
            options.sepTags ?? separator("sep-tags") ?? "\n", options.sepLabels ?? separator("sep-labels") ?? "\n",
            options.sepAnnotations ?? separator("sep-annotations") ?? "\n"
        )
        if let context = options.context {
            self.context = context
        } else {
            let text = input("context") ?? "workflow"
            guard let context = MetadataOptions.Context(rawValue: text) else {
                throw ConfigurationError("Invalid context source: \(text)", hint: "write workflow or git")
            }
            self.context = context
        }
        shortHashLength = try Self.shortHashLength(environment)
        prefersPullRequestHead = environment["DOCKER_METADATA_PR_HEAD_SHA"]?.lowercased().contains("true") ?? false
        exportsVariables = try Self.boolean("DOCKER_METADATA_SET_OUTPUT_ENV", environment) ?? true
    }

    private static func shortHashLength(_ environment: [String: String]) throws(ConfigurationError) -> Int {
        let name = "DOCKER_METADATA_SHORT_SHA_LENGTH"
        guard let text = environment[name], !text.isEmpty else { return 7 }
        let number = Double(javaScript: text)
        guard !number.isNaN else {
            throw ConfigurationError("\(name) is not a valid number: \(text)", hint: "write a length such as 12")
        }
        return Int(min(max(0, number), 64))
    }

    private static func boolean(
        _ name: String,
        _ environment: [String: String]
    ) throws(ConfigurationError) -> Bool? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        switch text {
        case "1", "t", "T", "true", "TRUE", "True": return true
        case "0", "f", "F", "false", "FALSE", "False": return false
        default: throw ConfigurationError("\(name): \"\(text)\" is neither true nor false")
        }
    }
}
