import Testing

@testable import Changes

/// Which commits count for which component.
@Suite struct ComponentChangesTests {
    private let map: ComponentMap

    init() throws {
        map = try ComponentMap([component("ui", ["ui"]), component("api", ["api"])])
    }

    @Test func aCommitCountsForWhatItTouches() {
        let changes = ComponentChanges(
            [
                commit("4", after: ["3"], ["ui/a", "api/a"]), commit("3", after: ["2"], ["README.md"]),
                commit("2", after: ["1"], ["api/a"]), commit("1", after: [], ["ui/a"]),
            ],
            in: map
        )
        #expect(changes.commits(of: "ui", since: nil).map(\.hash) == ["4", "1"])
        #expect(changes.commits(of: "api", since: nil).map(\.hash) == ["4", "2"])
        #expect(changes.commits(of: "nobody", since: nil).isEmpty)
        #expect(changes.components(touchedBy: "4").map(\.name) == ["ui", "api"])
        #expect(changes.components(touchedBy: "3").isEmpty)
    }

    @Test func eachComponentCountsFromItsOwnRelease() {
        let changes = ComponentChanges(
            [
                commit("4", after: ["3"], ["ui/a"]), commit("3", after: ["2"], ["api/a", "ui/a"]),
                commit("2", after: ["1"], ["ui/a"]), commit("1", after: [], ["ui/a", "api/a"]),
            ],
            in: map
        )
        #expect(changes.commits(of: "ui", since: "3").map(\.hash) == ["4"])
        #expect(changes.commits(of: "api", since: "2").map(\.hash) == ["3"])
        // A release before all that was read leaves nothing out.
        #expect(changes.commits(of: "api", since: "older").map(\.hash) == ["3", "1"])
    }

    /// A release on a side branch leaves out that branch's commits, not those that are only older by date.
    @Test func historyGoesByParents() {
        let changes = ComponentChanges(
            [
                commit("merge", after: ["main", "side2"], []), commit("side2", after: ["side1"], ["ui/a"]),
                commit("main", after: ["base"], ["ui/a"]), commit("side1", after: ["base"], ["ui/a"]),
                commit("base", after: [], ["ui/a"]),
            ],
            in: map
        )
        #expect(changes.commits(of: "ui", since: "side2").map(\.hash) == ["main"])
        #expect(changes.commits(of: "ui", since: "main").map(\.hash) == ["side2", "side1"])
    }

    @Test func aFileThatMovesTouchesBoth() {
        let changes = ComponentChanges(
            [CommitFiles(record("1", []), files: [ChangedFile(old: "ui/a", new: "api/a")])],
            in: map
        )
        #expect(changes.components(touchedBy: "1").map(\.name) == ["ui", "api"])
    }

    /// What was changed before its folder became a component's counts for the component.
    @Test func filesAreFollowedIntoTheComponent() {
        let history = [
            commit("6", after: ["5"], ["packages/ui/a"]),
            move("5", after: ["4"], from: "src/ui/a", to: "ui/a"),
            commit("4", after: ["3"], ["packages/ui/a", "src/ui/a"]),
            move("3", after: ["2"], from: "packages/ui/a", to: "src/ui/a"),
            commit("2", after: ["1"], ["packages/ui/a"]),
            commit("1", after: [], ["packages/ui/other"]),
        ]
        let changes = ComponentChanges(history, in: map)
        // A new file at the old place (4 and 6) is another one.
        #expect(changes.commits(of: "ui", since: nil).map(\.hash) == ["5", "4", "3", "2"])
        #expect(changes.components(touchedBy: "6").isEmpty)
    }

    /// A branch that does not know of the move still writes to the old place, whatever its date.
    @Test func aBranchBesideTheMoveIsFollowedToo() {
        let history = [
            commit("merge", after: ["late", "move"], []),
            commit("late", after: ["base"], ["packages/ui/a"]),
            move("move", after: ["base"], from: "packages/ui/a", to: "ui/a"),
            commit("base", after: [], ["packages/ui/a"]),
        ]
        let changes = ComponentChanges(history, in: map)
        #expect(changes.commits(of: "ui", since: nil).map(\.hash) == ["late", "move", "base"])
    }

    /// Files of a component are not followed: their changes were the component's own.
    @Test func aComponentKeepsItsPast() {
        let history = [
            move("2", after: ["1"], from: "api/a", to: "ui/a"), commit("1", after: [], ["api/a"]),
        ]
        let changes = ComponentChanges(history, in: map)
        #expect(changes.commits(of: "ui", since: nil).map(\.hash) == ["2"])
        #expect(changes.commits(of: "api", since: nil).map(\.hash) == ["2", "1"])
    }

    @Test func filesThatGoRoundInACircleEnd() {
        let history = [
            move("2", after: [], from: "b", to: "a"), move("1", after: [], from: "a", to: "b"),
            commit("0", after: [], ["a"]),
        ]
        #expect(ComponentChanges(history, in: map).components(touchedBy: "0").isEmpty)
    }

    @Test func theRootTakesTheRestAfterFollowing() throws {
        let map = try ComponentMap([component("ui", ["ui"]), component("main", [], isRoot: true)])
        let history = [
            move("3", after: ["2"], from: "src/a", to: "ui/a"), commit("2", after: ["1"], ["src/a"]),
            commit("1", after: [], ["src/b"]),
        ]
        let changes = ComponentChanges(history, in: map)
        #expect(changes.commits(of: "ui", since: nil).map(\.hash) == ["3", "2"])
        #expect(changes.commits(of: "main", since: nil).map(\.hash) == ["3", "1"])
    }

    private func commit(_ hash: String, after parents: [String], _ paths: [String]) -> CommitFiles {
        CommitFiles(record(hash, parents), files: paths.map { ChangedFile(old: $0, new: $0) })
    }

    private func move(_ hash: String, after parents: [String], from old: String, to new: String) -> CommitFiles {
        CommitFiles(record(hash, parents), files: [ChangedFile(old: old, new: new)])
    }

    private func record(_ hash: String, _ parents: [String]) -> CommitRecord {
        CommitRecord(hash: hash, parents: parents, message: "feat: \(hash)")
    }
}
