import OCI
import Testing
import Versioning

@testable import Tagging

/// A repository in memory that does what plans say, and a generator of releases that gives the same ones each time.
@Suite struct MovingTagPropertyTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            // SplitMix64, so that a failure can be replayed from its seed.
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static func versions(_ generator: inout Generator) throws -> [SemanticVersion] {
        var versions: Set<SemanticVersion> = []
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            var text = (0..<3).map { _ in "\(Int.random(in: 0...2, using: &generator))" }.joined(separator: ".")
            switch Int.random(in: 0...5, using: &generator) {
            case 0: text += "-rc.\(Int.random(in: 1...12, using: &generator))"
            case 1: text += "-beta.\(Int.random(in: 1...3, using: &generator))"
            case 2: text += "+build.\(Int.random(in: 1...3, using: &generator))"
            default: break
            }
            versions.insert(try SemanticVersion(parsing: text))
        }
        return versions.sorted()
    }

    private static let rules: [TagRule] = [.version, .minor, .major, .latest, .channel]

    /// Releases versions one after the other by plans, as `push` does, and gives what each tag holds in the end.
    private static func release(_ versions: [SemanticVersion], check: (ReleasePlan) -> Void) throws -> [OCI.Tag: Digest]
    {
        let digests = Dictionary(
            uniqueKeysWithValues: try Set(versions).sorted().enumerated().map { ($1, try digest($0 + 1)) }
        )
        var tags: [OCI.Tag: Digest] = [:]
        for version in versions {
            let image = ImageFacts(digest: try #require(digests[version]), revision: "\(version)")
            let target = TargetFacts(
                name: "r.io/ui",
                tags: Set(tags.keys),
                images: tags.mapValues { ImageFacts(digest: $0) }
            )
            let facts = ReleaseFacts(version: version, commit: sampleCommit, source: image, targets: [target])
            let plan = try ReleasePlan(facts: facts, policy: ReleasePolicy(rules: rules))
            check(plan)
            for step in plan.targets[0].steps where step.writes { tags[step.tag] = step.to }
        }
        return tags
    }

    @Test func anyOrderOfReleasesEndsInTheSamePlace() async throws {
        for seed in 0..<400 {
            // The other tests share these threads.
            await Task.yield()
            var generator = Generator(state: UInt64(seed))
            let versions = try Self.versions(&generator)
            // Digests are numbered by rank, so "never backwards" can be read off them.
            let inOrder = try Self.release(versions) { _ in }
            for _ in 0..<3 {
                let shuffled = try Self.release(versions.shuffled(using: &generator)) { plan in
                    for step in plan.targets[0].steps where step.tagClass == .moving && step.writes {
                        #expect(step.from.map { $0 < step.to } ?? true, "seed \(seed): \(step.tag) went backwards")
                    }
                }
                #expect(shuffled == inOrder, "seed \(seed)")
            }
            let again = try Self.release(versions + versions) { _ in }
            #expect(again == inOrder, "seed \(seed): a repeat changed something")
        }
    }

    @Test func theRuleAgreesWithOneWrittenDifferently() async throws {
        for seed in 0..<400 {
            // The other tests share these threads.
            await Task.yield()
            var generator = Generator(state: UInt64(seed) &+ 1_000_000)
            let versions = try Self.versions(&generator)
            var expected: [OCI.Tag: SemanticVersion] = [:]
            for version in versions {
                // By text: the versions come in rising order, so the last one to claim a tag is the highest.
                let text = "\(version)".split(separator: "+")[0].split(separator: "-", maxSplits: 1)
                let numbers = text[0].split(separator: ".")
                if text.count > 1 {
                    expected[try OCI.Tag(String(text[1].split(separator: ".")[0]))] = version
                } else {
                    expected[.latest] = version
                    expected[try OCI.Tag("\(numbers[0]).\(numbers[1])")] = version
                    if numbers[0] != "0" { expected[try OCI.Tag(String(numbers[0]))] = version }
                }
            }
            var actual: [OCI.Tag: SemanticVersion] = [:]
            for (line, version) in MovingTags.desired(for: versions.shuffled(using: &generator), rules: Self.rules) {
                actual[try line.tag()] = version
            }
            #expect(actual == expected, "seed \(seed)")
        }
    }

    @Test func anAuditOfWhatPlansLeaveFindsNoDrift() async throws {
        for seed in 0..<200 {
            // The other tests share these threads.
            await Task.yield()
            var generator = Generator(state: UInt64(seed))
            let versions = try Self.versions(&generator).shuffled(using: &generator)
            var tags = try Self.release(versions) { _ in }
            func audit() throws -> TagAudit {
                try TagAudit(name: "r.io/ui", existing: Set(tags.keys), digests: tags, rules: Self.rules)
            }
            #expect(try audit().drift.isEmpty, "seed \(seed)")
            guard let finding = try audit().findings.randomElement(using: &generator) else { continue }
            tags[finding.tag] = try digest(999)
            #expect(try audit().drift.map(\.tag) == [finding.tag], "seed \(seed)")
            tags[finding.tag] = nil
            #expect(try audit().drift.map(\.tag) == [finding.tag], "seed \(seed)")
        }
    }
}
