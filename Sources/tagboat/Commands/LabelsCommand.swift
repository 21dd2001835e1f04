import ArgumentParser
import Release
import SystemPackage
import Tagging

/// `tagboat labels`: the label metadata for the build.
struct LabelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "labels",
        abstract: "Print the label metadata of an image built from this checkout.",
        discussion: """
            --format docker prints arguments for the build: \
            eval "docker build $(tagboat labels --format docker | tr '\\n' ' ') ."
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, env, dotenv, docker, dockerfile, bake, compose, kubernetes

        /// Whether annotations can be written like this.
        var takesAnnotations: Bool { [.text, .json, .docker, .bake].contains(self) }
    }

    @OptionGroup var project: ProjectOptions
    @OptionGroup var tags: TagOptions
    @OptionGroup var labels: LabelOptions
    @OptionGroup var mode: ModeOptions
    @Option(help: "How to print them: text, json, env, dotenv, docker, dockerfile, bake, compose or kubernetes.")
    var format: Format = .text
    @Option(
        help: ArgumentHelp(
            "Print annotations instead, at these levels: manifest, index, manifest-descriptor, index-descriptor.",
            valueName: "levels"
        )
    )
    var annotations: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"))
    var output: String?
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let flags = [
            project.configuration(), tags.configuration(), labels.configuration(), mode.configuration(),
        ]
        let context = try CommandContext(shared, flags: flags)
        let levels = try annotations.map(Self.levels)
        guard levels == nil || format.takesAnnotations else {
            throw ConfigurationError(
                "annotations cannot be written as \(format.rawValue)",
                hint: "choose --format text, json, docker or bake"
            )
        }
        let build = try await BuildDescription(context, options: labels, levels: levels ?? [])
        if let note = build.tags.note { context.inform(note) }
        let text = try render(build, templates: Templates(folder: context.configuration.templates))
        try Output.deliver(text, to: output)
    }

    private func render(_ build: BuildDescription, templates: Templates) throws -> String {
        guard format == .json else {
            if format == .kubernetes { try KubernetesKey.check(build.labels) }
            return try templates.render(
                (annotations == nil ? "labels." : "annotations.") + format.rawValue,
                build.fields
            )
        }
        if annotations != nil { return OrderedJSON.texts(build.annotations.map(\.text)).pretty + "\n" }
        return OrderedJSON.texts(build.labels.labels.map { ($0.key, $0.value) }).pretty + "\n"
    }

    private static func levels(_ text: String) throws(ConfigurationError) -> [Annotation.Level] {
        var levels: [Annotation.Level] = []
        for name in text.split(separator: ",") {
            levels.append(try ConfigurationValue.word(String(name), "annotation level"))
        }
        return levels
    }
}

/// The keys that Kubernetes takes for annotations ("Annotations", syntax and character set).
enum KubernetesKey {
    /// Checks every label's key.
    ///
    /// - Throws: `ConfigurationError` for a key that the API server would refuse.
    static func check(_ labels: LabelSet) throws(ConfigurationError) {
        for label in labels.labels where label.key.wholeMatch(of: pattern) == nil || name(label.key).count > 63 {
            throw ConfigurationError(
                "Kubernetes takes no annotation with the key \"\(label.key)\"",
                hint: "a key is at most 63 letters, digits, \"-\", \"_\" and \".\", after an optional domain and \"/\""
            )
        }
    }

    private static var pattern: Regex<Substring> {
        /(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?/
    }

    private static func name(_ key: String) -> Substring {
        key.split(separator: "/").last ?? ""
    }
}
