import SystemPackage
import TestSupport
import Testing

@testable import Git

@Suite struct MovingTagTests {
    private func move(
        _ moves: [TagMove],
        as kind: MovingTagKind = .same,
        _ sandbox: Sandbox
    ) async throws -> [MovedTag] {
        try await sandbox.open().moveTags(moves, as: kind, message: "moved", tagger: tester)
    }

    @Test func tagsMoveAndStayOfTheirKind() async throws {
        try await Sandbox.with { sandbox in
            let first = try await sandbox.commit("first")
            try await sandbox.git("tag", "v2")
            try await sandbox.git("tag", "--annotate", "--message", "old", "v2.1")
            let object = try await sandbox.git("rev-parse", "v2.1")
            try await sandbox.git("pack-refs", "--all")
            let second = try await sandbox.commit("second", at: 1)
            let moves = ["v2", "v2.1", "v2.1-new"].map { TagMove(name: $0, commit: second) }
            let moved = try await move(moves, sandbox)
            #expect(moved.map(\.before) == [first, ObjectID(hex: object), nil])
            for name in ["v2", "v2.1", "v2.1-new"] { #expect(try await sandbox.id(name) == second) }
            #expect(try await sandbox.git("cat-file", "-t", "v2") == "commit")
            #expect(try await sandbox.git("cat-file", "-t", "v2.1") == "tag")
            #expect(try await sandbox.git("cat-file", "-t", "v2.1-new") == "commit")
            #expect(moved[1].now.description == (try await sandbox.git("rev-parse", "v2.1")))
            #expect(try await move(moves, sandbox).allSatisfy(\.isUnchanged))
            let annotated = try await move([moves[0]], as: .annotated, sandbox)
            #expect(!annotated[0].isUnchanged)
            #expect(try await sandbox.git("cat-file", "tag", "v2").hasSuffix("+0530\n\nmoved"))
            _ = try await move([moves[0]], as: .lightweight, sandbox)
            #expect(try await sandbox.git("cat-file", "-t", "v2") == "commit")
            try await sandbox.git("fsck", "--strict")
        }
    }

    @Test func oneThatIsLockedStopsThemAll() async throws {
        try await Sandbox.with { sandbox in
            let first = try await sandbox.commit("first")
            try await sandbox.git("tag", "v2")
            try await sandbox.git("tag", "v2.1")
            let second = try await sandbox.commit("second", at: 1)
            _ = try sandbox.folder.write(".git/refs/tags/v2.1.lock", "")
            let kind = try await failure {
                try await move(["v2", "v2.1"].map { TagMove(name: $0, commit: second) }, sandbox)
            }
            guard case .locked = kind else {
                Issue.record("\(String(describing: kind))")
                return
            }
            #expect(try await sandbox.id("v2") == first)
        }
    }

    /// A reader in a tight loop never misses a tag while it moves.
    @Test func aTagIsNeverMissing() async throws {
        try await Sandbox.with { sandbox in
            let commits = [try await sandbox.commit("first"), try await sandbox.commit("second", at: 1)]
            try await sandbox.git("tag", "v2")
            let reader = try sandbox.open()
            let writer = try sandbox.open()
            async let missing: Int = {
                var count = 0
                for _ in 0..<4000 where try await reader.commitID(matching: "refs/tags/v2") == nil { count += 1 }
                return count
            }()
            for turn in 0..<300 {
                let move = TagMove(name: "v2", commit: commits[turn % 2])
                _ = try await writer.moveTags([move], message: "x", tagger: tester)
            }
            #expect(try await missing == 0)
        }
    }
}
