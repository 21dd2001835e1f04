import OCI
import Testing
import Versioning

@testable import Tagging

@Suite struct ReleasePlanTests {
    private func image(
        _ number: Int,
        from revision: String? = otherRevision,
        created seconds: Int64 = 1_783_600_000
    ) throws -> ImageFacts {
        ImageFacts(
            digest: try digest(number),
            revision: revision,
            created: Timestamp(secondsSinceEpoch: seconds)
        )
    }

    private func own(_ number: Int = 1) throws -> ImageFacts {
        ImageFacts(digest: try digest(number), revision: sampleCommit.hash, created: sampleCommit.date)
    }

    // MARK: What a run is

    @Test func aNewVersionIsARelease() throws {
        let plan = try ReleasePlan("2.1.106", image: own(), on: [:])
        #expect(plan.kind == .release)
        #expect(plan.headline == "2.1.106 is a release from 503a2eb")
        #expect(plan.targets[0].steps.map(\.verdict.name) == Array(repeating: "create", count: 6))
        #expect(plan.refusal == nil)
    }

    @Test func theSameImageAgainIsARepeat() throws {
        let tags = ["2.1.106", "2.1", "2", "latest", "503a2eb", "20260710"]
        let held = try Dictionary(uniqueKeysWithValues: tags.map { ($0, try own()) })
        let plan = try ReleasePlan("2.1.106", image: own(), on: held)
        #expect(plan.kind == .repeat)
        #expect(plan.targets[0].steps.allSatisfy { $0.verdict == .unchanged })
    }

    @Test func aRepeatFinishesWhatAnInterruptedRunLeft() throws {
        let plan = try ReleasePlan("2.1.106", image: own(), on: ["2.1.106": own(), "2.1": image(9)])
        #expect(plan.kind == .repeat)
        #expect(plan.verdict("2.1.106") == "unchanged")
        #expect(plan.verdict("2.1") == "move")
        #expect(plan.verdict("latest") == "create")
    }

    @Test func anotherCommitOfAReleasedVersionIsASnapshot() throws {
        let held = try ["2.1.106": image(9), "2.1": image(9), "latest": image(9)]
        let plan = try ReleasePlan("2.1.106", image: own(), on: held, commits: 4)
        #expect(plan.headline == "2.1.106 was released from 49d3a10; 503a2eb is a snapshot")
        #expect(plan.targets[0].steps.map(\.tag.name) == ["2.1.107-dev.4.g503a2eb", "503a2eb", "20260710"])
        #expect(plan.targets[0].steps.map(\.verdict.name) == ["create", "create", "create"])
    }

    @Test(arguments: [sampleCommit.hash, "503a2eb0c1", nil])
    func anotherImageOfTheSameCommitIsAConflict(revision: String?) throws {
        let plan = try ReleasePlan("2.1.106", image: own(), on: ["2.1.106": image(9, from: revision)])
        #expect(plan.kind.name == "conflict")
        #expect(plan.refusal != nil)
        #expect(
            !plan.targets[0].steps.contains(where: \.writes) || plan.verdict("2.1.106")?.hasPrefix("refused") == true
        )
    }

    @Test func rebuildReplacesOnlyTheCommitsOwnImage() throws {
        let policy = ReleasePolicy(rebuild: true)
        let mine = try ReleasePlan(
            "2.1.106",
            image: own(2),
            on: ["2.1.106": own(), "503a2eb": own(), "20260710": own(), "latest": own()],
            policy: policy
        )
        #expect(mine.refusal == nil)
        #expect(mine.verdict("2.1.106") == "move: 503a2eb replaces its own image")
        #expect(mine.verdict("503a2eb")?.hasPrefix("move") == true)
        #expect(mine.verdict("20260710")?.hasPrefix("move") == true)
        #expect(mine.verdict("latest") == "move")
        let theirs = try ReleasePlan("2.1.106", image: own(2), on: ["2.1.106": image(9, from: nil)], policy: policy)
        #expect(theirs.refusal != nil)
    }

    @Test func aDemandedReleaseOfAReleasedVersionIsRefused() throws {
        let policy = ReleasePolicy(mode: .release)
        let plan = try ReleasePlan("2.1.106", image: own(), on: ["2.1.106": image(9)], policy: policy)
        #expect(plan.refusal == "2.1.106 was already released from 49d3a10: r.io/ui:2.1.106 holds it")
    }

    @Test func aDemandedSnapshotNeverTouchesVersionTags() throws {
        let policy = ReleasePolicy(mode: .snapshot)
        let plan = try ReleasePlan("2.1.106", image: own(), on: [:], commits: 12, policy: policy)
        #expect(plan.targets[0].steps.map(\.tag.name) == ["2.1.106-dev.12.g503a2eb", "503a2eb", "20260710"])
    }

    @Test func oneAnswerServesAllRepositories() throws {
        func plan(_ first: [String: ImageFacts], _ second: [String: ImageFacts]) throws -> ReleasePlan {
            let targets = [try TargetFacts(first, name: "a.io/ui"), try TargetFacts(second, name: "b.io/ui")]
            let facts = ReleaseFacts(
                version: try version("1.0.0"),
                commit: sampleCommit,
                context: sampleContext,
                source: try own(),
                targets: targets
            )
            return try ReleasePlan(facts: facts, policy: ReleasePolicy())
        }
        // An earlier run reached one repository: a later commit must not become the release on the other.
        #expect(try plan(["1.0.0": image(9)], [:]).kind.name == "snapshot")
        #expect(try plan(["1.0.0": own()], [:]).kind == .release)
        #expect(try plan(["1.0.0": own()], ["1.0.0": own()]).kind == .repeat)
        #expect(try plan(["1.0.0": own()], ["1.0.0": image(9)]).refusal?.contains("disagree") == true)
    }

    // MARK: Moving tags

    @Test func aBackportMovesOnlyItsOwnLine() throws {
        let held = try [
            "2.1.114": image(1), "2.1": image(1), "2.2.11": image(2), "2.2": image(2), "2": image(2),
            "3.0.42": image(3), "3.0": image(3), "3": image(3), "latest": image(3),
        ]
        let plan = try ReleasePlan("2.1.115", image: own(4), on: held)
        #expect(plan.verdict("2.1.115") == "create")
        #expect(plan.verdict("2.1") == "move")
        #expect(plan.verdict("2") == "withheld: 2.1.115 does not move 2: 2.2.11 is higher")
        #expect(plan.verdict("latest") == "withheld: 2.1.115 does not move latest: 3.0.42 is higher")
        #expect(plan.targets[0].steps.allSatisfy { $0.tag.name != "3" })
    }

    @Test func aStolenTagGoesBackToTheHighestRelease() throws {
        let held = try ["2.0.0": image(2), "2.0": image(2), "2": image(2), "latest": image(1), "1.0.0": image(1)]
        let plan = try ReleasePlan("1.0.1", image: own(4), on: held)
        #expect(plan.verdict("latest") == "move: 2.0.0 is the highest release of this line")
        let step = try #require(plan.targets[0].steps.first { $0.tag == .latest })
        #expect(try step.to == digest(2) && step.version == version("2.0.0"))
    }

    @Test func aHigherReleaseThatCannotBeReadWithholdsRatherThanGuesses() throws {
        let target = TargetFacts(
            name: "r.io/ui",
            tags: [try OCI.Tag("2.0.0"), .latest],
            images: [.latest: try image(9)]
        )
        let facts = ReleaseFacts(
            version: try version("1.0.0"),
            commit: sampleCommit,
            context: sampleContext,
            source: try own(),
            targets: [target]
        )
        let plan = try ReleasePlan(facts: facts, policy: ReleasePolicy())
        #expect(
            plan.verdict("latest")
                == "withheld: 1.0.0 does not move latest: 2.0.0 is higher, but not in this repository"
        )
    }

    @Test func aPrereleaseMovesItsChannelOnly() throws {
        let held = try ["2.1.0": image(1), "latest": image(1), "2.2.0-rc.1": image(2), "rc": image(2)]
        let plan = try ReleasePlan("2.2.0-rc.2", image: own(4), on: held)
        #expect(plan.targets[0].steps.map(\.tag.name) == ["2.2.0-rc.2", "rc", "503a2eb", "20260710"])
        #expect(plan.verdict("rc") == "move")
        let lower = try ReleasePlan("2.1.1-rc.1", image: own(4), on: held)
        #expect(lower.verdict("rc") == "withheld: 2.1.1-rc.1 does not move rc: 2.2.0-rc.1 is higher")
    }

    @Test func snapshotsAreNoReleases() throws {
        let held = try ["2.1.107-dev.4.g503a2eb": image(8), "9.9.9-dev.1.gabcdef0": image(8)]
        let plan = try ReleasePlan("2.1.106", image: own(), on: held)
        #expect(plan.verdict("latest") == "create")
    }

    // MARK: Tags of the commit

    @Test func theDateTagMovesForwardWithinTheDay() throws {
        let earlier = sampleCommit.date.secondsSinceEpoch - 60
        let later = sampleCommit.date.secondsSinceEpoch + 60
        let forward = try ReleasePlan("1.0.0", image: own(), on: ["20260710": image(9, created: earlier)])
        #expect(forward.verdict("20260710") == "move")
        let backward = try ReleasePlan("1.0.0", image: own(), on: ["20260710": image(9, created: later)])
        #expect(
            backward.verdict("20260710")
                == "withheld: 20260710 holds an image that is not older, of 2026-07-10T09:31:00Z"
        )
        let unknown = ImageFacts(digest: try digest(9))
        let unclear = try ReleasePlan("1.0.0", image: own(), on: ["20260710": unknown])
        #expect(unclear.verdict("20260710") == "withheld: 20260710 holds an image whose age is unknown")
    }

    @Test func twoImagesOfOneSecondAgreeOnAWinner() throws {
        let first = try own(1)
        let second = try own(2)
        let one = try ReleasePlan(
            "1.0.0-1",
            image: first,
            on: ["20260710": second],
            policy: ReleasePolicy(tags: TagPolicy(rules: presets("date")))
        )
        let two = try ReleasePlan(
            "1.0.0-1",
            image: second,
            on: ["20260710": first],
            policy: ReleasePolicy(tags: TagPolicy(rules: presets("date")))
        )
        #expect(one.verdict("20260710")?.hasPrefix("withheld") == true)
        #expect(two.verdict("20260710") == "move")
    }

    @Test func aShortHashOfAnotherCommitIsRefused() throws {
        let plan = try ReleasePlan("1.0.0", image: own(), on: ["503a2eb": image(9)])
        #expect(plan.refusal == "r.io/ui:503a2eb holds another image, sha256:000000000000, of commit \(otherRevision)")
    }
}
