import SystemPackage
import TestSupport
import Testing

@testable import Git

@Suite struct HistoryTests {
    /// A history with branches, a merge of two and an octopus of three.
    private func grow(_ sandbox: Sandbox) async throws {
        try await sandbox.commit("root")
        try await sandbox.git("tag", "a")
        for branch in ["one", "two", "three"] {
            try await sandbox.git("switch", "--quiet", "--create", branch, "a")
            try await sandbox.commit("\(branch) 1", at: 10)
            try await sandbox.commit("\(branch) 2", at: 5)
        }
        try await sandbox.git("switch", "--quiet", "main")
        try await sandbox.commit("main 1", at: 20)
        try await sandbox.git("merge", "--quiet", "--no-ff", "--message", "merge", "one", at: 30)
        try await sandbox.git("tag", "b")
        try await sandbox.git("merge", "--quiet", "--message", "octopus", "two", "three", at: 40)
        try await sandbox.commit("main 2", at: 50)
    }

    @Test func countsAsGitDoes() async throws {
        try await Sandbox.with { sandbox in
            try await grow(sandbox)
            let repository = try sandbox.open()
            for base in ["a", "b", "one", "three", "main", "main~1"] {
                for tip in ["main", "b", "two", "main~1", "a"] {
                    let expected = try await sandbox.git("rev-list", "--count", "\(base)..\(tip)")
                    let count = try await repository.commitCount(from: sandbox.id(base), to: sandbox.id(tip))
                    #expect("\(count)" == expected, "\(base)..\(tip)")
                    let status = try await run(
                        "git",
                        ["merge-base", "--is-ancestor", base, tip],
                        in: sandbox.folder
                    ).exitCode
                    let isAncestor = try await repository.isAncestor(sandbox.id(base), of: sandbox.id(tip))
                    #expect(isAncestor == (status == 0), "\(base) of \(tip)")
                }
            }
            let all = try await repository.commitCount(from: nil, to: sandbox.id("main"))
            #expect("\(all)" == (try await sandbox.git("rev-list", "--count", "main")))
        }
    }

    @Test func aShallowCloneAnswersWhatItKnowsAndNoMore() async throws {
        try await Sandbox.with { sandbox in
            var ids: [CommitID] = []
            for number in 0..<10 { ids.append(try await sandbox.commit("\(number)", at: number)) }
            try await sandbox.git("clone", "--quiet", "--depth", "4", "file://\(sandbox.folder)", "../shallow")
            let repository = try sandbox.open(sandbox.root.appending("shallow"))
            #expect(await repository.isShallow)
            #expect(try await sandbox.open().isShallow == false)
            let tip = ids[9]
            // Inside of what was fetched: exact.
            #expect(try await repository.commitCount(from: ids[7], to: tip) == 2)
            #expect(try await repository.commitCount(from: ids[6], to: tip) == 3)
            #expect(try await repository.isAncestor(ids[6], of: tip))
            #expect(try await repository.commitCount(from: tip, to: tip) == 0)
            // Behind the graft: unknown, never a number that is too small.
            #expect(try await failure { try await repository.commitCount(from: nil, to: tip) } == .historyIncomplete)
            #expect(try await failure { try await repository.isAncestor(ids[2], of: tip) } == .historyIncomplete)
            #expect(try await repository.commitID(matching: ids[2].description) == nil)
            // A worktree of a shallow clone is as shallow.
            try await sandbox.git(
                "worktree",
                "add",
                "--quiet",
                "--detach",
                "../tree",
                in: sandbox.root.appending("shallow")
            )
            #expect(try await sandbox.open(sandbox.root.appending("tree")).isShallow)
        }
    }

    @Test func aCloneOfDepthOneKnowsItsTip() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.commit("first")
            let tip = try await sandbox.commit("second", at: 1)
            try await sandbox.git("tag", "v1.0.0")
            try await sandbox.git("clone", "--quiet", "--depth", "1", "file://\(sandbox.folder)", "../shallow")
            let repository = try sandbox.open(sandbox.root.appending("shallow"))
            #expect(try await repository.head() == .branch(name: "main", tip))
            #expect(try await repository.commit(tip).message == "second\n")
            #expect(try await repository.isDirty() == false)
            #expect(try await repository.tags().map(\.name) == ["v1.0.0"])
            #expect(try await repository.isAncestor(tip, of: tip))
        }
    }
}
