import OCI
import TestSupport
import Testing
import Versioning

@testable import Tagging

/// A project's releases in the order in which they happened, and the policy that it has in the end.
struct ReleaseHistory {
    struct Release: Hashable {
        let version: Version
        let variant: String
    }

    var releases: [Release] = []
    var variants: [Variant] = []
    /// Versions that are yanked after all releases.
    var yanked: Set<Version> = []
    /// Moving tags of the unsuffixed series that are held from the start.
    var held: [String: Version] = [:]
    var hasZeroLine = false
    var hasOddDevelopment = false
    var off: Set<String> = []
    /// The images, numbered by the rank of their versions.
    private(set) var images: [Release: Digest] = [:]

    /// A history that a seed decides: backports, prereleases, build metadata, repeats, variants with aliases, yanks
    /// and holds.
    init(seed: Int) throws {
        var random = RandomNumbers(seed: seed)
        variants = try Self.variants(&random)
        hasZeroLine = random.chance(4)
        hasOddDevelopment = random.chance(6)
        if random.chance(8) { off = [["latest", "1", "1.1", "rc"].randomElement(using: &random) ?? "1"] }
        let names = variants.isEmpty ? [""] : variants.map(\.name)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let version = try Self.version(&random)
            // Not every version comes in every variant.
            for name in names.shuffled(using: &random) where !random.chance(4) {
                releases.append(Release(version: version, variant: name))
            }
        }
        let ranked = Set(releases).sorted { ($0.version, $0.variant) < ($1.version, $1.variant) }
        for (index, release) in ranked.enumerated() { images[release] = try digest(index + 1) }
        let versions = releases.map(\.version)
        if random.chance(3), let version = versions.randomElement(using: &random) { yanked.insert(version) }
        if random.chance(4), let version = versions.randomElement(using: &random), version.isStable {
            held[["latest", "1", "stable"].randomElement(using: &random) ?? "1"] = version
        }
    }

    private static func variants(_ random: inout RandomNumbers) throws -> [Variant] {
        switch Int.random(in: 0...3, using: &random) {
        case 0: [Variant(name: "bookworm", isDefault: true), Variant(name: "slim-bookworm", aliases: ["slim"])]
        case 1: [Variant(name: "alpine3.22", aliases: ["alpine"]), Variant(name: "cuda", prefix: "cuda12")]
        default: []
        }
    }

    private static func version(_ random: inout RandomNumbers) throws -> Version {
        var text = (0..<3).map { _ in "\(Int.random(in: 0...2, using: &random))" }.joined(separator: ".")
        switch Int.random(in: 0...7, using: &random) {
        case 0: text += "-rc.\(Int.random(in: 1...12, using: &random))"
        case 1: text += "-beta\(Int.random(in: 1...3, using: &random))"
        case 2: text += "+build.\(Int.random(in: 1...3, using: &random))"
        default: break
        }
        return try VersionScheme.semantic.version(text)
    }

    static let rules = presets("version", "minor", "major", "latest", "channel")

    func policy(_ variant: String, isYankInForce: Bool) throws -> ReleasePolicy {
        var lines = LinePolicy(hasZeroLine: hasZeroLine, off: off)
        if isYankInForce { lines.yanked = yanked }
        if hasOddDevelopment { lines.development = [try DevelopmentPattern("odd-minor")] }
        for (tag, version) in held { lines.held[try OCI.Tag(tag)] = version }
        let tags = TagPolicy(rules: Self.rules, variants: variants, lines: lines)
        return ReleasePolicy(tags: tags, variant: variants.first { $0.name == variant } ?? .only)
    }
}

/// A repository in memory, to which releases are pushed by plans.
struct PlannedRepository {
    private(set) var tags: [OCI.Tag: Digest] = [:]

    /// Makes the plan of a push and carries it out.
    mutating func push(_ release: ReleaseHistory.Release, of history: ReleaseHistory, isYankInForce: Bool) throws
        -> ReleasePlan
    {
        let image = try #require(history.images[release])
        let facts = ReleaseFacts(
            version: release.version,
            commit: sampleCommit,
            context: sampleContext,
            source: ImageFacts(digest: image, revision: sampleCommit.hash),
            targets: [
                TargetFacts(
                    name: "r.io/ui",
                    tags: Set(tags.keys),
                    images: tags.mapValues { ImageFacts(digest: $0, revision: sampleCommit.hash) }
                )
            ]
        )
        let policy = try history.policy(release.variant, isYankInForce: isYankInForce)
        let plan = try ReleasePlan(facts: facts, policy: policy)
        for step in plan.targets[0].steps where step.writes { tags[step.tag] = step.to }
        return plan
    }
}
