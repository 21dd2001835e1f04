import SystemPackage
import TestSupport
import Testing

@testable import Git

@Suite struct WritingTests {
    private func commit(_ path: String, _ sandbox: Sandbox) async throws -> CommitID {
        let repository = try sandbox.open()
        return try await repository.commitFiles(at: [path], message: "release\n", author: tester, committer: tester)
    }

    @Test func commitsOneFileAndLeavesTheRestStaged() async throws {
        try await Sandbox.with { sandbox in
            for name in ["VERSION", "staged", "changed"] { _ = try sandbox.folder.write(name, "1\n") }
            try await sandbox.git("add", "--all")
            try await sandbox.git("commit", "--quiet", "--message", "first")
            for name in ["VERSION", "staged", "changed"] { _ = try sandbox.folder.write(name, "2\n") }
            try await sandbox.git("add", "staged")
            let id = try await commit("VERSION", sandbox)
            #expect(try await sandbox.id("main") == id)
            let shown = try await sandbox.git(
                "show",
                "--format=%an <%ae> %ad %cn%n%B",
                "--date=raw",
                "--name-status",
                "HEAD"
            )
            #expect(shown == "Grace <grace@example.com> 1783675800 +0530 Grace\nrelease\n\n\nM\tVERSION")
            #expect(try await sandbox.git("status", "--porcelain") == " M changed\nM  staged")
            #expect(try await sandbox.git("reflog", "--format=%gs").hasPrefix("commit: release"))
            try await sandbox.git("fsck", "--strict")
        }
    }

    @Test func commitsOnAnUnbornBranchAndInASubfolder() async throws {
        try await Sandbox.with { sandbox in
            _ = try sandbox.folder.write("a/b/VERSION", "1\n")
            let id = try await commit("a/b/VERSION", sandbox)
            #expect(try await sandbox.open().head() == .branch(name: "main", id))
            #expect(try await sandbox.git("ls-tree", "-r", "--name-only", "HEAD") == "a/b/VERSION")
            #expect(try await sandbox.git("status", "--porcelain").isEmpty)
            try await sandbox.git("fsck", "--strict")
        }
    }

    @Test func movesADetachedHeadAlone() async throws {
        try await Sandbox.with { sandbox in
            let first = try await sandbox.commit("first")
            try await sandbox.git("checkout", "--quiet", "--detach")
            _ = try sandbox.folder.write("VERSION", "1\n")
            let id = try await commit("VERSION", sandbox)
            #expect(try await sandbox.open().head() == .detached(id))
            #expect(try await sandbox.id("main") == first)
        }
    }

    @Test func keepsLineEndRulesAndTheExecutableBit() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.git("config", "core.autocrlf", "true")
            _ = try sandbox.folder.write("VERSION", "1\r\n", permissions: [.ownerReadWriteExecute])
            _ = try await commit("VERSION", sandbox)
            #expect(try await sandbox.git("cat-file", "blob", "HEAD:VERSION") == "1")
            #expect(try await sandbox.git("ls-tree", "HEAD").hasPrefix("100755 blob"))
            #expect(try await sandbox.git("status", "--porcelain").isEmpty)
        }
    }

    @Test func refusesDuringAMergeAndWithoutAChange() async throws {
        try await Sandbox.with { sandbox in
            _ = try sandbox.folder.write("VERSION", "1\n")
            let first = try await commit("VERSION", sandbox)
            #expect(try await failure { try await commit("VERSION", sandbox) } == .nothingToCommit(path: "VERSION"))
            try await sandbox.git("switch", "--quiet", "--create", "side")
            try await sandbox.commit("side", at: 1)
            try await sandbox.git("switch", "--quiet", "main")
            try await sandbox.commit("main", at: 2)
            try await sandbox.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
            _ = try sandbox.folder.write("VERSION", "2\n")
            #expect(try await failure { try await commit("VERSION", sandbox) } == .operationInProgress)
            #expect(try await sandbox.id("HEAD~1") == first)
        }
    }

    @Test func tagsAreAnnotatedAndNeverReplaced() async throws {
        try await Sandbox.with { sandbox in
            let first = try await sandbox.commit("first")
            let repository = try sandbox.open()
            try await repository.createAnnotatedTag("v1.0.0", at: first, message: "1.0.0\n", tagger: tester)
            let shown = try await sandbox.git("cat-file", "tag", "v1.0.0")
            #expect(
                shown.hasPrefix(
                    "object \(first)\ntype commit\ntag v1.0.0\ntagger Grace <grace@example.com> 1783675800 +0530\n\n1.0.0"
                )
            )
            let second = try await sandbox.commit("second", at: 1)
            let taken = try await failure {
                try await repository.createAnnotatedTag("v1.0.0", at: second, message: "x", tagger: tester)
            }
            #expect(taken == .tagExists("v1.0.0", first))
            let invalid = try await failure {
                try await repository.createAnnotatedTag("v 1", at: second, message: "x", tagger: tester)
            }
            #expect(invalid == .invalidTagName("v 1"))
            try await sandbox.git("fsck", "--strict")
        }
    }
}
