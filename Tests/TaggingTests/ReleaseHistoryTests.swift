import OCI
import TestSupport
import Testing
import Versioning

@testable import Tagging

/// Random histories of releases: what plans make of them must be what a brute-force oracle says.
@Suite struct ReleaseHistoryTests {
    /// 10,000 histories, in parts that run side by side.
    @Test(arguments: 0..<20) func plansEndWhereTheOracleSays(part: Int) async throws {
        for seed in (part * 500)..<(part * 500 + 500) {
            // The other tests share these threads.
            await Task.yield()
            let history = try ReleaseHistory(seed: seed)
            let repository = try Self.replay(history, in: history.releases, seed: seed)
            let actual = Dictionary(uniqueKeysWithValues: repository.tags.map { ($0.key.name, $0.value) })
            let expected = ReleaseOracle(history: history).tags().compactMapValues { history.images[$0] }
            #expect(actual == expected, "seed \(seed)")
        }
    }

    @Test func anyOrderOfReleasesEndsInTheSamePlace() async throws {
        for seed in 0..<300 {
            await Task.yield()
            let history = try ReleaseHistory(seed: seed)
            let inOrder = try Self.replay(history, in: history.releases, seed: seed).tags
            var random = RandomNumbers(seed: seed)
            for _ in 0..<2 {
                let shuffled = history.releases.shuffled(using: &random)
                #expect(try Self.replay(history, in: shuffled, seed: seed).tags == inOrder, "seed \(seed)")
            }
        }
    }

    @Test func aSecondRunChangesNothing() async throws {
        for seed in 0..<300 {
            await Task.yield()
            let history = try ReleaseHistory(seed: seed)
            var repository = try Self.replay(history, in: history.releases, seed: seed)
            for release in history.releases {
                let plan = try repository.push(release, of: history, isYankInForce: true)
                let writes = plan.targets[0].steps.filter { $0.writes }
                #expect(writes.isEmpty, "seed \(seed): \(release)")
            }
        }
    }

    @Test func anAuditOfWhatPlansLeaveFindsWhatWasTamperedWith() async throws {
        for seed in 0..<200 {
            await Task.yield()
            let history = try ReleaseHistory(seed: seed)
            guard history.yanked.isEmpty, history.held.isEmpty else { continue }
            var tags = try Self.replay(history, in: history.releases, seed: seed).tags
            let policy = try history.policy("", isYankInForce: true)
            let naming = try TagNaming(policy: policy.tags, context: sampleContext)
            func audit() throws -> TagAudit {
                let places = try TagAudit.places(existing: Set(tags.keys), naming: naming)
                return TagAudit(name: "r.io/ui", places: places, digests: tags)
            }
            let drift = try audit().drift.compactMap(\.drift)
            #expect(drift.isEmpty, "seed \(seed)")
            var random = RandomNumbers(seed: seed)
            guard let finding = try audit().findings.randomElement(using: &random) else { continue }
            tags[finding.tag] = try digest(999)
            #expect(try audit().drift.map(\.tag) == [finding.tag], "seed \(seed)")
            tags[finding.tag] = nil
            #expect(try audit().drift.map(\.tag) == [finding.tag], "seed \(seed)")
        }
    }

    /// Pushes releases in an order, then lets the yank take effect, as the next run of each variant does.
    private static func replay(
        _ history: ReleaseHistory,
        in order: [ReleaseHistory.Release],
        seed: Int
    ) throws -> PlannedRepository {
        var repository = PlannedRepository()
        for release in order {
            let plan = try repository.push(release, of: history, isYankInForce: false)
            #expect(plan.refusal == nil, "seed \(seed): \(plan.refusal ?? "")")
            for step in plan.targets[0].steps where step.writes && step.tagClass == .moving {
                // Images are numbered by rank, so "never backwards" can be read off them.
                let isHeld = history.held[step.tag.name] != nil
                #expect(isHeld || step.from.map { $0 < step.to } ?? true, "seed \(seed): \(step.tag) went backwards")
            }
        }
        var seen: Set<String> = []
        for release in order.reversed() where seen.insert(release.variant).inserted {
            _ = try repository.push(release, of: history, isYankInForce: true)
        }
        return repository
    }
}
