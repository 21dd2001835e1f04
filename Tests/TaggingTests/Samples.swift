import OCI
import Versioning

@testable import Tagging

/// A version, written as text.
func version(_ text: String) throws -> Version { try VersionScheme.semantic.version(text) }

/// The build of the examples: the sample commit, on no branch.
let sampleContext = RuleContext(
    build: BuildContext(system: "test", event: "push", revision: sampleCommit.hash),
    date: sampleCommit.date,
    commitDate: sampleCommit.date
)

/// Presets by name.
func presets(_ names: String...) -> [TagRule] { names.compactMap(TagRule.preset(named:)) }

/// A digest that differs with its number.
func digest(_ number: Int) throws -> Digest {
    let hex = String(number, radix: 16)
    return try Digest(parsing: "sha256:" + String(repeating: "0", count: 64 - hex.count) + hex)
}

/// The commit of the examples: 503a2eb of 2026-07-10.
let sampleCommit = CommitFacts(
    hash: "503a2eb0c1d2e3f405162738495a6b7c8d9e0f10",
    shortHash: "503a2eb",
    date: Timestamp(secondsSinceEpoch: 1_783_675_800)
)

/// Another commit, of 49d3a10.
let otherRevision = "49d3a10fedcba9876543210fedcba9876543210f"

extension TargetFacts {
    /// A repository in which each tag holds an image.
    init(_ images: [String: ImageFacts], name: String = "r.io/ui") throws {
        var held: [OCI.Tag: ImageFacts] = [:]
        for (tag, image) in images { held[try OCI.Tag(tag)] = image }
        self.init(name: name, tags: Set(held.keys), images: held)
    }
}

extension ReleasePlan {
    /// The plan for one repository, from what its tags hold.
    init(
        _ text: String,
        image: ImageFacts,
        on images: [String: ImageFacts],
        commits: Int? = nil,
        policy: ReleasePolicy = ReleasePolicy(),
        context: RuleContext = sampleContext,
        gitVersions: [String]? = nil,
        ancestry: [String: Ancestry] = [:]
    ) throws {
        let facts = ReleaseFacts(
            version: try policy.tags.scheme.version(text),
            commit: sampleCommit,
            context: context,
            source: image,
            commitsSinceRelease: commits,
            gitVersions: try gitVersions.map { Set(try $0.map { try policy.tags.scheme.version($0) }) },
            ancestry: ancestry,
            targets: [try TargetFacts(images)]
        )
        try self.init(facts: facts, policy: policy)
    }

    /// The verdict on a tag of the first repository, with its reason.
    func verdict(_ tag: String) -> String? {
        targets[0].steps.first { $0.tag.name == tag }.map { step in
            step.verdict.name + (step.verdict.reason.map { ": \($0)" } ?? "")
        }
    }
}
