import Testing
import Versioning

@testable import Changes

/// A message of a history, written from the newest to the oldest, and what is left of it.
struct HistoryCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// The messages, the newest first.
    ///
    /// The commit at a place, counted from 1 for the oldest, has the hash that `hash(_:)` gives.
    let messages: [String]
    /// The parents of merges, by the number of the commit; others have the commit before them.
    var parents: [Int: [Int]] = [:]
    /// What the changes say, by type and description.
    let changes: [String]
    let level: BumpLevel?

    var testDescription: String { name }

    /// The hash of a commit: seven characters are enough to know it by.
    static func hash(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        let start = String(repeating: "0", count: 3 - digits.count) + digits
        return start + "beefcafe" + String(repeating: "0", count: 29)
    }

    var commits: [CommitRecord] {
        messages.enumerated().map { place, message in
            let number = messages.count - place
            return CommitRecord(
                hash: Self.hash(number),
                parents: (parents[number] ?? [number - 1]).map(Self.hash),
                message: message
            )
        }
    }

    static func takesBack(_ number: Int) -> String { "This reverts commit \(hash(number))." }
}

extension HistoryCase {
    static let reverts: [HistoryCase] = [
        HistoryCase(
            name: "a revert and what it reverts are gone",
            messages: ["Revert \"feat: a\"\n\n\(takesBack(1))", "fix: b", "feat: a"],
            changes: ["fix: b"],
            level: .patch
        ),
        HistoryCase(
            name: "a revert of what is released stays",
            messages: ["fix: b", "Revert \"feat: a\"\n\nThis reverts commit 1234567890."],
            changes: ["fix: b", "revert: feat: a"],
            level: .patch
        ),
        HistoryCase(
            name: "alone, too",
            messages: ["Revert \"feat: a\"\n\nThis reverts commit 1234567890."],
            changes: ["revert: feat: a"],
            level: .patch
        ),
        HistoryCase(
            name: "the revert of a revert leaves what was there",
            messages: [
                "Reapply \"feat: a\"\n\n\(takesBack(2))", "Revert \"feat: a\"\n\n\(takesBack(1))", "feat: a",
            ],
            changes: ["feat: a"],
            level: .minor
        ),
        HistoryCase(
            name: "older git called it a revert of a revert",
            messages: [
                "Revert \"Revert \"feat: a\"\"\n\n\(takesBack(2))", "Revert \"feat: a\"\n\n\(takesBack(1))", "feat: a",
            ],
            changes: ["feat: a"],
            level: .minor
        ),
        HistoryCase(
            name: "three times reverted is gone",
            messages: [
                "Revert \"Reapply \"feat: a\"\"\n\n\(takesBack(3))", "Reapply \"feat: a\"\n\n\(takesBack(2))",
                "Revert \"feat: a\"\n\n\(takesBack(1))", "feat: a",
            ],
            changes: [],
            level: nil
        ),
        HistoryCase(
            name: "what comes back after a release counts as it did",
            messages: ["Reapply \"feat(ui)!: a\"\n\nThis reverts commit 1234567890."],
            changes: ["feat: a"],
            level: .major
        ),
        HistoryCase(
            name: "two reverts of the same",
            messages: [
                "Revert \"feat: a\"\n\n\(takesBack(1))", "Revert \"feat: a\"\n\n\(takesBack(1))", "feat: a",
            ],
            changes: [],
            level: nil
        ),
        HistoryCase(
            name: "the type revert with Refs and abbreviated hashes",
            messages: ["revert: forget it\n\nRefs: \(hash(1).prefix(7)), \(hash(2).prefix(9))", "fix: b", "feat: a"],
            changes: [],
            level: nil
        ),
        HistoryCase(
            name: "partly released: the revert stays",
            messages: ["revert: forget it\n\nRefs: \(hash(1)), 7654321", "feat: a"],
            changes: ["revert: forget it"],
            level: .patch
        ),
        HistoryCase(
            name: "issues are no hashes",
            messages: ["revert: forget it\n\nRefs: #1234567, ab", "feat: a"],
            changes: ["revert: forget it", "feat: a"],
            level: .minor
        ),
        HistoryCase(
            name: "the type revert with git's words",
            messages: ["revert(ui): feat: a\n\n\(takesBack(1))", "feat: a"],
            changes: [],
            level: nil
        ),
        HistoryCase(
            name: "no hash but the title, as GitHub reverts a squashed request",
            messages: ["Revert \"feat: a (#12)\" (#13)\n\nReverts acme/ui#12", "fix: b (#14)", "feat: a (#12)"],
            changes: ["fix: b (#14)"],
            level: .patch
        ),
        HistoryCase(
            name: "a fix that takes something back is a fix",
            messages: ["fix: no thumbnails\n\n\(takesBack(1))", "feat: a"],
            changes: ["fix: no thumbnails"],
            level: .patch
        ),
        HistoryCase(
            name: "prose takes nothing back",
            messages: ["fix: b\n\nThis reverts commit \(hash(1)) in part.", "feat: a"],
            changes: ["fix: b", "feat: a"],
            level: .minor
        ),
        HistoryCase(
            name: "picked from another branch, by its hash there",
            messages: [
                "Revert \"feat: a\"\n\nThis reverts commit \(hash(77)).",
                "feat: a\n\n(cherry picked from commit \(hash(77)))",
            ],
            changes: [],
            level: nil
        ),
        HistoryCase(
            name: "the revert of a merge takes back what came with it",
            messages: [
                "Revert \"Merge branch 'side'\"\n\nThis reverts commit \(hash(5)), reversing\nchanges made to \(hash(2)).",
                "Merge branch 'side'", "feat: d", "feat: c", "fix: b", "fix: a",
            ],
            parents: [5: [2, 4], 3: [1]],
            changes: ["fix: b", "fix: a"],
            level: .patch
        ),
        HistoryCase(
            name: "a revert that names itself does nothing",
            messages: ["Revert \"feat: b\"\n\n\(takesBack(2))", "feat: a"],
            changes: ["revert: feat: b", "feat: a"],
            level: .minor
        ),
    ]

    static let merges: [HistoryCase] = [
        HistoryCase(
            name: "a plain merge is nothing",
            messages: ["Merge branch 'main' into side", "Merge tag 'v1'", "merge it all", "fix: a"],
            parents: [4: [3, 9], 3: [2, 9], 2: [1, 9]],
            changes: ["fix: a"],
            level: .patch
        ),
        HistoryCase(
            name: "a merge that was rebased has one parent",
            messages: ["Merge branch 'main' into side", "Merge remote-tracking branch 'origin/main'", "fix: a"],
            changes: ["fix: a"],
            level: .patch
        ),
        HistoryCase(
            name: "GitHub",
            messages: ["Merge pull request #12 from acme/side\n\nfeat: b\n\nBREAKING CHANGE: c", "work"],
            parents: [2: [9, 1]],
            changes: ["feat: b", "work"],
            level: .major
        ),
        HistoryCase(
            name: "GitHub, called like its commit",
            messages: ["Merge pull request #12 from acme/side\n\nfeat: b (#12)", "feat: b"],
            parents: [2: [9, 1]],
            changes: ["feat: b"],
            level: .minor
        ),
        HistoryCase(
            name: "GitHub, with the request's title",
            messages: ["feat: b (#12)", "work"],
            parents: [2: [9, 1]],
            changes: ["feat: b (#12)", "work"],
            level: .minor
        ),
        HistoryCase(
            name: "GitLab",
            messages: ["Merge branch 'side' into 'main'\n\nfix: b\n\nSee merge request acme/ui!12", "work"],
            parents: [2: [9, 1]],
            changes: ["fix: b", "work"],
            level: .patch
        ),
        HistoryCase(
            name: "Gitea",
            messages: ["Merge pull request 'feat: it's b' (#12) from ada/ui into main\n\nReviewed-on: x", "work"],
            parents: [2: [9, 1]],
            changes: ["feat: it's b", "work"],
            level: .minor
        ),
        HistoryCase(
            name: "Bitbucket",
            messages: ["Merged in side (pull request #12)\n\nfeat: b\n\nApproved-by: Grace", "work"],
            parents: [2: [9, 1]],
            changes: ["feat: b", "work"],
            level: .minor
        ),
        HistoryCase(
            name: "Azure DevOps",
            messages: ["Merged PR 12: feat: b\n\nRelated work items: #3"],
            changes: ["feat: b"],
            level: .minor
        ),
        HistoryCase(
            name: "a merge's commits are counted by themselves",
            messages: ["Merge branch 'side'\n\n* side:\n  feat: b", "fix: a"],
            parents: [2: [9, 1]],
            changes: ["fix: a"],
            level: .patch
        ),
        HistoryCase(
            name: "what was reverted does not come back through the request's title",
            messages: [
                "Revert \"feat: b\"\n\n\(takesBack(1))", "Merge pull request #12 from acme/side\n\nfeat: b", "feat: b",
            ],
            parents: [2: [9, 1]],
            changes: [],
            level: nil
        ),
    ]

    static let squashes: [HistoryCase] = [
        HistoryCase(
            name: "GitHub",
            messages: [
                """
                fix: thumbnails (#12)

                * fix: thumbnails

                They were large.

                * feat(ui): a list

                * wip

                * docs: say so

                ---------

                Co-authored-by: Grace <grace@example.com>
                """
            ],
            changes: ["fix: thumbnails (#12)", "feat: a list", "docs: say so"],
            level: .minor
        ),
        HistoryCase(
            name: "a title that follows no grammar",
            messages: ["Thumbnails (#12)\n\n* feat: a\n* fix: b"],
            changes: ["feat: a", "fix: b"],
            level: .minor
        ),
        HistoryCase(
            name: "a breaking change of one of them is that one's alone",
            messages: ["fix: a (#12)\n\n* fix: a\n\n* feat: b\n\nBREAKING CHANGE: c\n\n* fix: d"],
            changes: ["fix: a (#12)", "feat: b", "fix: d"],
            level: .major
        ),
        HistoryCase(
            name: "the title takes over what its namesake breaks",
            messages: ["fix: a (#12)\n\n* fix: a\n\nBREAKING CHANGE: c"],
            changes: ["fix: a (#12)"],
            level: .major
        ),
        HistoryCase(
            name: "GitLab lists whole messages",
            messages: ["Merge branch 'side' into 'main'\n\n* feat: a\n\nChangelog: added\n\n* fix: b"],
            changes: ["feat: a", "fix: b"],
            level: .minor
        ),
        HistoryCase(
            name: "git rebase puts messages below each other",
            messages: ["chore: start\n\nfeat: a\n\nwhy\n\nfix: b"],
            changes: ["chore: start", "feat: a", "fix: b"],
            level: .minor
        ),
        HistoryCase(
            name: "git merge --squash",
            messages: [
                """
                Squashed commit of the following:

                commit 503a2eb0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6
                Author: Ada <ada@example.com>
                Date:   Wed Jul 1 09:30:00 2026 +0000

                    feat: a

                    BREAKING CHANGE: b

                commit 603a2eb0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6
                Author: Ada <ada@example.com>
                Date:   Wed Jul 1 09:30:00 2026 +0000

                    fix: c
                """
            ],
            changes: ["feat: a", "fix: c"],
            level: .major
        ),
        HistoryCase(
            name: "twice the same counts once",
            messages: ["chore: a\n\n* fix: lint\n* fix: Lint\n* chore: a"],
            changes: ["chore: a", "fix: lint"],
            level: .patch
        ),
        HistoryCase(
            name: "lists and trailers of a body are no commits",
            messages: ["docs: a\n\n* Note: b\n* see: https://example.com\n\nTest: by hand\n\n- feat: no"],
            changes: ["docs: a"],
            level: nil
        ),
        HistoryCase(
            name: "a revert takes back all of it",
            messages: ["Revert \"chore: a (#1)\"\n\n\(takesBack(1))", "chore: a (#1)\n\n* feat: b\n* fix: c"],
            changes: [],
            level: nil
        ),
    ]
}

@Suite struct ChangeSetTests {
    @Test(arguments: HistoryCase.reverts + HistoryCase.merges + HistoryCase.squashes)
    func isCounted(_ history: HistoryCase) {
        let set = ChangeSet(history.commits)
        let said = set.changes.map { change in
            (change.conventional.map { $0.type + ": " } ?? "") + change.summary
        }
        #expect(said == history.changes)
        #expect(set.level == history.level)
    }

    /// What stands below the line that GitHub draws belongs to the request.
    @Test func theTitleHasItsOwnFooters() throws {
        let message = "fix: a (#12)\n\nwhy\n\n* feat: b\n\n---------\n\nCo-authored-by: Grace <grace@example.com>"
        let changes = ChangeSet([CommitRecord(hash: "1", message: message)]).changes.map(\.conventional)
        #expect(changes.first??.body == "why" && changes.last??.body == nil)
        #expect(changes.first??.values(of: "co-authored-by") == ["Grace <grace@example.com>"])
        #expect(changes.last??.footers == [])
    }

    /// A title names the commit before the revert, not one that came later.
    @Test func titlesReachBackOnly() {
        let commits = [
            CommitRecord(hash: "c", message: "feat: a"), CommitRecord(hash: "b", message: "Revert \"feat: a\""),
            CommitRecord(hash: "a", message: "feat: a"),
        ]
        #expect(ChangeSet(commits).changes.map(\.commit.hash) == ["c"])
    }

    @Test func oneOfManyIsMarked() throws {
        let message = "fix: a (#12)\n\n* fix: a\n\n* feat: b\n\nBREAKING CHANGE: c\n\n* fix: d"
        let set = ChangeSet([CommitRecord(hash: "1", message: message)])
        #expect(set.changes.map(\.level) == [.patch, .major, .patch])
        #expect(set.changes.map(\.conventional?.breaking) == [nil, "c", nil])
        #expect(Set(set.changes.map(\.commit.hash)) == ["1"])
    }

    /// Two commits that begin alike: the hash does not say which.
    @Test func anAmbiguousHashTakesNothingBack() {
        let commits = [
            CommitRecord(hash: "9", message: "revert: a\n\nRefs: abcdef1"),
            CommitRecord(hash: "abcdef11", message: "feat: a"), CommitRecord(hash: "abcdef12", message: "feat: b"),
        ]
        #expect(ChangeSet(commits).changes.count == 3)
        #expect(ChangeSet(Array(commits.dropLast())).changes.isEmpty)
    }

    /// A revert by somebody who is not counted reverts all the same.
    @Test func ignoredRevertsCancel() {
        let commits = [
            CommitRecord(hash: "9", authorName: "Bot", message: "Revert \"feat: a\"\n\nThis reverts commit abcdef11."),
            CommitRecord(hash: "abcdef11", message: "feat: a"),
        ]
        #expect(ChangeSet(commits, rules: CommitRules(ignoredAuthors: ["bot"])).changes.isEmpty)
    }

    @Test(arguments: [
        ("chore: a\n\nRelease-As: 3.0.0", "3.0.0"), ("Say it\n\nrelease-as: v3.1.0-rc.1\r\n", "3.1.0-rc.1"),
        ("chore: a\n\nRelease-As: 3", nil), ("chore: a\n\nRelease-As #3.0.0", nil), ("Release-As: 3.0.0", nil),
        ("chore: a\n\nRelease-As: 3.0.0\nRelease-As: 4.0.0", "4.0.0"),
    ])
    func demands(message: String, version: String?) {
        #expect(ChangeSet([CommitRecord(hash: "1", message: message)]).releaseAs?.description == version)
    }

    @Test func theNewestDemandIsHeard() {
        let commits = [
            CommitRecord(hash: "d", message: "Revert \"x\"\n\nThis reverts commit ccccccc."),
            CommitRecord(hash: "ccccccc", message: "x\n\nRelease-As: 5.0.0"),
            CommitRecord(hash: "b", message: "y\n\nRelease-As: 4.0.0"),
            CommitRecord(hash: "a", message: "feat!: z\n\nRelease-As: 3.0.0"),
        ]
        let set = ChangeSet(commits)
        #expect(set.releaseAs?.description == "4.0.0")
        #expect(set.explanation == "4.0.0, because b says Release-As")
    }
}
