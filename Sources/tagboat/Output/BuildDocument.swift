import OCI
import Release
import Tagging
import Versioning

/// The JSON form of a build: docs/json.md, schema `tagboat.build/1`.
struct BuildDocument: Encodable {
    let schema = "tagboat.build/1"
    let driver: String
    let version: String
    let kind: String
    let commit: String
    let dirty: Bool
    let tags: [String]
    let platforms: [String]
    /// The builder's command lines, each as its words.
    let commands: [[String]]
    let location: String
    let digest: OrNull<String>

    /// A plan, and what became of it; nil for a dry run.
    init(_ plan: BuildPlan, _ image: BuiltImage?) throws {
        driver = plan.builder.rawValue
        version = plan.description.tags.version.text
        kind = plan.description.tags.snapshotReason == nil ? "release" : "snapshot"
        commit = plan.project.commit.hash
        dirty = plan.project.isDirty
        tags = plan.description.tags.tags.map(\.tag.name)
        platforms = plan.request.platforms.map(\.description)
        commands = try plan.builder.commands(for: plan.request).map { [$0.program] + $0.arguments }
        location = (image?.location ?? plan.output).text
        digest = OrNull(image?.digest.description)
    }
}
