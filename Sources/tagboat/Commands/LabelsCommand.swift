import ArgumentParser
import OCI
import Registry
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
        case text, json, env, docker
    }

    @OptionGroup var project: ProjectOptions
    @OptionGroup var mode: ModeOptions
    @Option(help: "How to print them: text, json, env or docker.") var format: Format = .text
    @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"))
    var output: String?
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: [try project.partial(), mode.partial()])
        let configuration = context.configuration
        let project = try await context.project()
        let build = try await OfflineTags(project, rules: configuration.tags, mode: configuration.mode)
        if let note = build.note { context.inform(note) }
        let remote = project.remote.flatMap(SourceLocation.init(remote:))
        let labels = try LabelSet(
            version: build.version,
            commit: project.commit,
            remote: remote,
            title: Self.title(configuration.images.first) ?? remote?.name,
            custom: configuration.labels
        )
        let text = try render(labels)
        guard let output else {
            Output.standard.write(text)
            return
        }
        let file = try AtomicFile(FilePath(output))
        try file.append(text.utf8)
        try file.commit()
    }

    private func render(_ labels: LabelSet) throws -> String {
        switch format {
        case .text:
            labels.labels.map { "\($0.key)=\($0.value)\n" }.joined()
        case .json:
            try JSONText.render(Dictionary(uniqueKeysWithValues: labels.labels.map { ($0.key, $0.value) }))
        case .env:
            try Templates.render("labels.env", LabelTemplateFields(labels))
        case .docker:
            try Templates.render("labels.docker", LabelTemplateFields(labels))
        }
    }

    /// The last part of a repository's name.
    private static func title(_ image: ImageLocation?) -> String? {
        switch image {
        case .registry(let reference)?: reference.repository.path.split(separator: "/").last.map(String.init)
        case .layout?, nil: nil
        }
    }
}

/// What the label templates may use.
private struct LabelTemplateFields {
    struct Field {
        let key: String
        let value: String
        /// `key=value` as one word of a shell.
        let argument: String
        /// The value as one word of a shell.
        let word: String
        /// The key as the name of a shell variable.
        let variable: String
    }

    let labels: [Field]

    init(_ labels: LabelSet) {
        self.labels = labels.labels.map { label in
            Field(
                key: label.key,
                value: label.value,
                argument: ShellWord.quote("\(label.key)=\(label.value)"),
                word: ShellWord.quote(label.value),
                variable: ShellWord.variable(label.key)
            )
        }
    }
}
