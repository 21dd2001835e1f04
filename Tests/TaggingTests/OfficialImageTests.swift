import OCI
import Testing
import Versioning

@testable import Tagging

/// The tags of Docker Official Images, as their library files list them, from policies of ours.
@Suite struct OfficialImageTests {
    /// An image's entry in a library file.
    struct Entry: Sendable, CustomTestStringConvertible {
        let image: String
        let policy: TagPolicy
        let version: String
        let variant: String
        /// `Tags:` and `SharedTags:` together.
        let tags: String
        var testDescription: String { "\(image) \(version) \(variant)" }
    }

    private static let lines = presets("version", "minor", "major", "latest")

    private static let golang = TagPolicy(
        rules: lines + presets("minor-channel"),
        scheme: custom(#"(?<major>\d+)\.(?<minor>\d+)(?:\.(?<patch>\d+))?(?<prerelease>rc\d+)?"#),
        variants: [
            Variant(name: "bookworm", isDefault: true),
            Variant(name: "alpine3.22", aliases: ["alpine"]),
        ]
    )
    private static let postgres = TagPolicy(
        rules: lines,
        scheme: custom(#"(?<major>\d+)(?:\.(?<minor>\d+))?(?<prerelease>(beta|rc)\d+)?"#),
        variants: [
            Variant(name: "bookworm", isDefault: true),
            Variant(name: "alpine3.22", aliases: ["alpine"]),
        ]
    )
    private static let python = TagPolicy(
        rules: lines + presets("channel", "minor-channel"),
        scheme: .python(count: 3),
        variants: [
            Variant(name: "bookworm", isDefault: true),
            Variant(name: "slim-bookworm", aliases: ["slim"]),
        ]
    )
    private static let redis = TagPolicy(
        rules: lines,
        variants: [
            Variant(name: "bookworm", isDefault: true),
            Variant(name: "alpine", aliases: ["alpine3.21"]),
        ]
    )
    private static let node = TagPolicy(
        rules: lines,
        variants: [Variant(name: "bookworm", isDefault: true), Variant(name: "slim", aliases: ["bookworm-slim"])],
        lines: LinePolicy(aliases: ["22": ["jod", "lts"], "latest": ["current"]])
    )

    private static func custom(_ text: String) -> VersionScheme {
        guard let pattern = try? VersionPattern(text) else { preconditionFailure(text) }
        return .custom(pattern)
    }

    @Test(arguments: [
        Entry(
            image: "golang",
            policy: golang,
            version: "1.24.5",
            variant: "bookworm",
            tags: "1.24.5, 1.24, 1, latest, 1.24.5-bookworm, 1.24-bookworm, 1-bookworm, bookworm"
        ),
        Entry(
            image: "golang",
            policy: golang,
            version: "1.24.5",
            variant: "alpine3.22",
            tags: "1.24.5-alpine3.22, 1.24-alpine3.22, 1-alpine3.22, alpine3.22, "
                + "1.24.5-alpine, 1.24-alpine, 1-alpine, alpine"
        ),
        Entry(
            image: "golang",
            policy: golang,
            version: "1.25rc2",
            variant: "bookworm",
            tags: "1.25rc2, 1.25-rc, 1.25rc2-bookworm, 1.25-rc-bookworm"
        ),
        Entry(
            image: "postgres",
            policy: postgres,
            version: "17.5",
            variant: "alpine3.22",
            tags: "17.5-alpine3.22, 17-alpine3.22, alpine3.22, 17.5-alpine, 17-alpine, alpine"
        ),
        Entry(
            image: "postgres",
            policy: postgres,
            version: "18beta2",
            variant: "bookworm",
            tags: "18beta2, 18beta2-bookworm"
        ),
        Entry(
            image: "python",
            policy: python,
            version: "3.13.5",
            variant: "slim-bookworm",
            tags: "3.13.5-slim-bookworm, 3.13-slim-bookworm, 3-slim-bookworm, slim-bookworm, "
                + "3.13.5-slim, 3.13-slim, 3-slim, slim"
        ),
        Entry(
            image: "python",
            policy: python,
            version: "3.14.0rc1",
            variant: "bookworm",
            tags: "3.14.0rc1, rc, 3.14-rc, 3.14.0rc1-bookworm, rc-bookworm, 3.14-rc-bookworm"
        ),
        Entry(
            image: "redis",
            policy: redis,
            version: "8.0.3",
            variant: "alpine",
            tags:
                "8.0.3-alpine, 8.0-alpine, 8-alpine, alpine, 8.0.3-alpine3.21, 8.0-alpine3.21, 8-alpine3.21, alpine3.21"
        ),
        Entry(
            image: "node",
            policy: node,
            version: "22.17.1",
            variant: "slim",
            tags: "22.17.1-slim, 22.17-slim, 22-slim, jod-slim, lts-slim, slim, current-slim, 22.17.1-bookworm-slim, "
                + "22.17-bookworm-slim, 22-bookworm-slim, jod-bookworm-slim, lts-bookworm-slim, bookworm-slim, "
                + "current-bookworm-slim"
        ),
        Entry(
            image: "node",
            policy: node,
            version: "24.4.1",
            variant: "bookworm",
            tags: "24.4.1, 24.4, 24, latest, current, "
                + "24.4.1-bookworm, 24.4-bookworm, 24-bookworm, bookworm, current-bookworm"
        ),
    ])
    func hasTheTagsOfItsLibraryFile(entry: Entry) throws {
        let naming = try TagNaming(policy: entry.policy, context: sampleContext)
        let variant = try #require(entry.policy.variant(named: entry.variant))
        let tags = try naming.tags(of: entry.policy.scheme.version(entry.version), variant: variant)
        #expect(tags.map(\.tag.name).joined(separator: ", ") == entry.tags)
    }

    /// Pushes images one after the other; gives the version that each tag means in the end.
    private func released(_ policy: TagPolicy, _ images: [(version: String, variant: String)]) throws -> [String:
        String]
    {
        var held: [String: ImageFacts] = [:]
        for (number, image) in images.enumerated() {
            let variant = try #require(policy.variant(named: image.variant))
            let plan = try ReleasePlan(
                image.version,
                image: ImageFacts(digest: try digest(number + 1), revision: sampleCommit.hash),
                on: held,
                policy: ReleasePolicy(tags: policy, variant: variant)
            )
            #expect(plan.refusal == nil)
            for step in plan.targets[0].steps where step.writes {
                held[step.tag.name] = ImageFacts(digest: step.to, revision: sampleCommit.hash)
            }
        }
        let names = try Dictionary(
            uniqueKeysWithValues: images.enumerated().map { (try digest($0 + 1), "\($1.version) \($1.variant)") }
        )
        return held.mapValues { names[$0.digest] ?? "" }
    }

    @Test func aVariantFollowsItsOwnReleases() throws {
        let tags = try released(
            Self.golang,
            [
                ("1.24.4", "bookworm"), ("1.24.4", "alpine3.22"), ("1.24.5", "bookworm"),
                // The newer release has no image of this variant yet, and a backport comes first.
                ("1.23.11", "alpine3.22"), ("1.23.11", "bookworm"),
            ]
        )
        #expect(tags["1.24"] == "1.24.5 bookworm")
        #expect(tags["1.24-alpine"] == "1.24.4 alpine3.22")
        #expect(tags["1-alpine"] == "1.24.4 alpine3.22")
        #expect(tags["alpine"] == "1.24.4 alpine3.22")
        #expect(tags["1.23-alpine3.22"] == "1.23.11 alpine3.22")
        #expect(tags["latest"] == "1.24.5 bookworm")
        #expect(tags["bookworm"] == "1.24.5 bookworm")
        #expect(!tags.keys.contains { $0.contains("latest") && $0 != "latest" })
    }

    @Test func anAliasStaysAheadWhenItChangesItsVariant() throws {
        // 3.2 moved `slim` to trixie; a backport on the old branch still says bookworm.
        let trixie = TagPolicy(rules: Self.lines, variants: [Variant(name: "slim-trixie", aliases: ["slim"])])
        let bookworm = TagPolicy(rules: Self.lines, variants: [Variant(name: "slim-bookworm", aliases: ["slim"])])
        var held: [String: ImageFacts] = [:]
        let images = [
            ("3.1.0", bookworm, "slim-bookworm"), ("3.2.0", trixie, "slim-trixie"),
            ("3.1.1", bookworm, "slim-bookworm"),
        ]
        for (number, (version, policy, name)) in images.enumerated() {
            let plan = try ReleasePlan(
                version,
                image: ImageFacts(digest: try digest(number + 1), revision: sampleCommit.hash),
                on: held,
                policy: ReleasePolicy(tags: policy, variant: try #require(policy.variant(named: name)))
            )
            for step in plan.targets[0].steps where step.writes {
                held[step.tag.name] = ImageFacts(digest: step.to, revision: sampleCommit.hash)
            }
        }
        #expect(try held["slim"]?.digest == digest(2))
        #expect(try held["slim-bookworm"]?.digest == digest(3))
        #expect(try held["3.1-slim"]?.digest == digest(3))
    }

    @Test func aLineOfASchemeThatLeavesNumbersOutIsNoRelease() throws {
        let tags = try released(Self.postgres, [("17.5", "bookworm"), ("16.9", "bookworm"), ("17.6", "bookworm")])
        #expect(tags["17"] == "17.6 bookworm")
        #expect(tags["16"] == "16.9 bookworm")
        #expect(tags["latest"] == "17.6 bookworm")
    }
}
