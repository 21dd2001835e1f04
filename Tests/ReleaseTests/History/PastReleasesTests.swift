import Changes
import Git
import SystemPackage
import Tagging
import TestSupport
import Testing
import Versioning

@testable import Release

/// Which commits a release brought, in the shapes that histories have.
@Suite struct PastReleasesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [String]
        /// The highest version first, then what is unreleased.
        let told: [String]
        var keepsPrereleases = false
        var policy = TagPolicy()
    }

    static let cases: [Case] = [
        Case(testDescription: "no release", steps: ["a", "b"], told: ["HEAD: b, a"]),
        Case(
            testDescription: "one line",
            steps: ["a", "tag v1.0.0", "b", "c", "light 1.1.0", "d"],
            told: ["1.1.0 after 1.0.0: c, b", "1.0.0: a", "HEAD after 1.1.0: d"]
        ),
        Case(
            testDescription: "other tags are no releases",
            steps: ["a", "tag v1.0.0", "tag nightly", "b", "tag v1", "c", "tag v1.0.1-dev.2.gabcdef0", "tag v2.0"],
            told: ["1.0.0: a", "HEAD after 1.0.0: c, b"]
        ),
        Case(
            testDescription: "two names of one version",
            steps: ["a", "light 1.0.0", "light v1.0.0"],
            told: ["1.0.0: a", "HEAD after 1.0.0: "]
        ),
        Case(
            testDescription: "two versions on one commit",
            steps: ["a", "tag v1.0.0", "b", "tag v1.1.0", "tag v1.0.1"],
            told: ["1.1.0 after 1.0.1: ", "1.0.1 after 1.0.0: b", "1.0.0: a", "HEAD after 1.1.0: "]
        ),
        Case(
            testDescription: "prereleases go into the release that follows",
            steps: ["a", "tag v1.0.0", "b", "tag v1.1.0-rc.1", "c", "tag v1.1.0", "d", "tag v2.0.0-rc.1", "e"],
            told: [
                "2.0.0-rc.1 after 1.1.0: d", "1.1.0 after 1.0.0: c, b", "1.0.0: a", "HEAD after 2.0.0-rc.1: e",
            ]
        ),
        Case(
            testDescription: "prereleases apart",
            steps: ["a", "tag v1.0.0", "b", "tag v1.1.0-rc.1", "c", "tag v1.1.0"],
            told: ["1.1.0 after 1.1.0-rc.1: c", "1.1.0-rc.1 after 1.0.0: b", "1.0.0: a", "HEAD after 1.1.0: "],
            keepsPrereleases: true
        ),
        Case(
            testDescription: "a backport that stays on its line",
            steps: ["a", "tag v1.0.0", "branch 1.x", "fix", "tag v1.0.1", "branch main", "b", "tag v1.1.0"],
            told: ["1.1.0 after 1.0.0: b", "1.0.0: a", "HEAD after 1.1.0: "]
        ),
        Case(
            testDescription: "on the maintenance line",
            steps: [
                "a", "tag v1.0.0", "branch 1.x", "branch main", "b", "tag v1.1.0", "branch 1.x", "fix", "tag v1.0.1",
            ],
            told: ["1.0.1 after 1.0.0: fix", "1.0.0: a", "HEAD after 1.0.1: "]
        ),
        Case(
            testDescription: "a backport that was merged",
            steps: [
                "a", "tag v1.0.0", "branch 1.x", "fix", "tag v1.0.1", "branch main", "b", "tag v1.1.0", "merge 1.x",
                "c",
                "tag v1.2.0",
            ],
            told: [
                "1.2.0 after 1.1.0: c, Merge 1.x", "1.1.0 after 1.0.0: b", "1.0.1 after 1.0.0: fix", "1.0.0: a",
                "HEAD after 1.2.0: ",
            ]
        ),
        Case(
            testDescription: "what two lines have in common is told on both",
            steps: [
                "a", "tag v1.0.0", "common", "branch 1.x", "fix", "tag v1.0.1", "branch main", "b", "tag v1.1.0",
                "merge 1.x", "tag v1.2.0",
            ],
            told: [
                "1.2.0 after 1.1.0: Merge 1.x", "1.1.0 after 1.0.0: b, common", "1.0.1 after 1.0.0: fix, common",
                "1.0.0: a", "HEAD after 1.2.0: ",
            ]
        ),
        Case(
            testDescription: "a branch from before two releases, merged after them",
            steps: [
                "a", "tag v1.0.0", "common", "branch topic", "branch 1.x", "fix", "tag v1.0.1", "branch main", "b",
                "tag v1.1.0", "branch topic", "t", "branch main", "merge topic 1.x", "tag v1.2.0",
            ],
            told: [
                "1.2.0 after 1.1.0: Merge topic 1.x, t", "1.1.0 after 1.0.0: b, common",
                "1.0.1 after 1.0.0: fix, common", "1.0.0: a", "HEAD after 1.2.0: ",
            ]
        ),
        Case(
            testDescription: "a lower version after a higher one",
            steps: ["a", "tag v3.0.0", "b", "tag v2.0.0", "c"],
            told: ["3.0.0: a", "2.0.0 after 3.0.0: b", "HEAD after 2.0.0: c"]
        ),
        Case(
            testDescription: "calendar versions with a prefix of their own",
            steps: ["a", "tag ui/2026.01", "b", "tag ui/2026.02", "tag other/2026.03"],
            told: ["2026.02 after 2026.01: b", "2026.01: a", "HEAD after 2026.02: "],
            policy: TagPolicy(scheme: calendar, gitTags: GitTagPattern(prefix: "ui/"))
        ),
    ]

    private static let calendar = (try? CalendarFormat("YYYY.0M")).map(VersionScheme.calendar) ?? .semantic

    @Test(arguments: cases)
    func aReleaseHasItsOwnCommits(shape: Case) async throws {
        try await HistoryStory.with(shape.steps) { story in
            let reader = try await story.reader(shape.policy, keepsPrereleases: shape.keepsPrereleases)
            let history = try await reader.history(of: try await story.tip())
            #expect(history.releases.map(\.told) + [history.unreleased.told] == shape.told)
            // Each one read by itself is the same.
            for release in history.releases {
                let alone = try await reader.release(release.version)
                #expect(alone.told == release.told)
                #expect(alone.date == release.date && alone.tag == release.tag && alone.commit == release.commit)
            }
            #expect(try await reader.unreleased(at: try await story.tip()).told == history.unreleased.told)
        }
    }

    @Test func gitSaysTheSame() async throws {
        let shape = try #require(Self.cases.first { $0.testDescription.hasPrefix("a branch from before") })
        try await HistoryStory.with(shape.steps) { story in
            let history = try await story.reader().history(of: try await story.tip())
            for release in history.releases {
                let others = history.releases.filter { $0.version < release.version }
                var arguments = ["rev-list", release.tag]
                for other in others {
                    let base = try await story.git("merge-base", other.tag, release.tag)
                    if base == other.commit.description { arguments.append("^" + other.tag) }
                }
                let commits = try await story.git(arguments).split(separator: "\n").map(String.init)
                #expect(Set(release.commits.map(\.hash)) == Set(commits), "\(release.version)")
            }
        }
    }

    @Test func datesAreOfTheTagOrTheCommit() async throws {
        try await HistoryStory.with([
            "a", "branch side", "branch main", "tag v1.0.0", "b", "branch side2", "light v1.1.0",
        ]) {
            story in
            let releases = try await story.reader().history(of: try await story.tip()).releases
            // The light tag came two days after its commit.
            #expect(releases.map(\.date.rfc3339) == ["2026-01-06T00:00:00Z", "2026-01-05T00:00:00Z"])
        }
    }

    @Test(arguments: ["1.0.0", "v1.0.0", "HEAD~2"])
    func startsWhereItIsTold(start: String) async throws {
        try await HistoryStory.with(["a", "tag v1.0.0", "b", "tag v1.1.0", "c"]) { story in
            let history = try await story.reader().history(of: try await story.tip(), since: start)
            #expect(history.releases.map(\.told) == ["1.1.0 after 1.0.0: b"])
            #expect(history.unreleased.told == "HEAD after 1.1.0: c")
        }
    }

    @Test func theNextStableReleaseTellsItsPrereleases() async throws {
        try await HistoryStory.with(["a", "tag v1.0.0", "b", "tag v1.1.0-rc.1", "c"]) { story in
            let reader = try await story.reader()
            let tip = try await story.tip()
            #expect(try await reader.unreleased(at: tip).told == "HEAD after 1.1.0-rc.1: c")
            #expect(try await reader.unreleased(at: tip, foldingPrereleases: true).told == "HEAD after 1.0.0: c, b")
            #expect(try await reader.highestRelease(in: tip).version.text == "1.0.0")
            let candidate = try await reader.release(try VersionScheme.semantic.version("1.1.0-rc.1"))
            #expect(candidate.told == "1.1.0-rc.1 after 1.0.0: b")
        }
    }

    @Test func whatIsNotThereIsSaid() async throws {
        try await HistoryStory.with(["a"]) { story in
            let reader = try await story.reader()
            let version = try VersionScheme.semantic.version("1.0.0")
            await #expect(throws: ReleaseHistoryError.noSuchRelease(version, tag: "v1.0.0")) {
                try await reader.release(version)
            }
            let tip = try await story.tip()
            await #expect(throws: ReleaseHistoryError.noRelease) { try await reader.highestRelease(in: tip) }
            await #expect(throws: ReleaseHistoryError.unknownStart("0.9.0")) {
                try await reader.history(of: tip, since: "0.9.0")
            }
        }
    }

    @Test func aShallowCloneTellsWhatItReaches() async throws {
        let steps = ["a", "tag v1.0.0", "b", "tag v1.1.0", "c", "tag v1.2.0", "d"]
        try await HistoryStory.with(steps) { story in
            let clone = story.folder.removingLastComponent().appending("clone")
            try await story.git("clone", "--quiet", "--depth", "3", "file://\(story.folder)", clone.string)
            try await story.git("fetch", "--quiet", "--tags", "--depth", "3", in: clone)
            let reader = try await story.reader(in: clone)
            let tip = try await story.tip("HEAD", in: clone)
            #expect(try await reader.unreleased(at: tip).told == "HEAD after 1.2.0: d")
            let last = try await reader.release(try VersionScheme.semantic.version("1.2.0"))
            #expect(last.told == "1.2.0 after 1.1.0: c")
            let cut = GitError(.historyIncomplete)
            await #expect(throws: cut) { try await reader.history(of: tip) }
            // Where nothing but HEAD was fetched, no release is known.
            let flat = story.folder.removingLastComponent().appending("flat")
            try await story.git("clone", "--quiet", "--depth", "1", "file://\(story.folder)", flat.string)
            let few = try await story.reader(in: flat)
            let head = try await story.tip("HEAD", in: flat)
            await #expect(throws: cut) { try await few.unreleased(at: head) }
            await #expect(throws: cut) { try await few.highestRelease(in: head) }
        }
    }
}
