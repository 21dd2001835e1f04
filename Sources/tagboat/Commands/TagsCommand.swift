import ArgumentParser
import OCI
import Release
import Tagging
import Versioning

/// `tagboat tags`: the tag set, without asking any registry.
struct TagsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tags",
        abstract: "Print the tags that an image of this checkout should carry, one a line.",
        discussion: """
            No registry is asked: which of the tags may move is for `tagboat plan` to say. The commit counts as a \
            snapshot where a git tag shows that the version was released from another commit.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @OptionGroup var project: ProjectOptions
    @OptionGroup var tags: TagOptions
    @OptionGroup var mode: ModeOptions
    @Option(help: "How to print them: text or json.") var format: Format = .text
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let flags = [project.configuration(), tags.configuration(), mode.configuration()]
        let context = try CommandContext(shared, flags: flags)
        let project = try await context.project()
        let computed = try await OfflineTags(
            project,
            policy: try context.configuration.policy(),
            context: try await context.ruleContext(project)
        )
        if let note = computed.note { context.inform(note) }
        if computed.tags.isEmpty {
            context.inform(
                "warning: no rule gives a tag to this build\nhint: `tagboat config show` tells the rules in force"
            )
        }
        switch format {
        case .text:
            Output.standard.write(computed.tags.map { "\($0.tag)\n" }.joined())
        case .json:
            Output.standard.write(try JSONText.render(TagsDocument(computed)))
        }
    }
}

/// The JSON form of the tag set: docs/json.md, schema `tagboat.tags/1`.
private struct TagsDocument: Encodable {
    let schema = "tagboat.tags/1"
    let version: String
    let kind: String
    let tags: [Entry]

    struct Entry: Encodable {
        let tag: String
        let `class`: TagClass
        let rule: String
    }

    init(_ computed: OfflineTags) {
        version = computed.version.text
        kind = computed.snapshotReason == nil ? "release" : "snapshot"
        tags = computed.tags.map { Entry(tag: $0.tag.name, class: $0.tagClass, rule: $0.rule) }
    }
}
