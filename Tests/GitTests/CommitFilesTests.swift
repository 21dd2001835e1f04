import SystemPackage
import TestSupport
import Testing

@testable import Git

/// Commits of several files; git itself reads back every one.
@Suite struct CommitFilesTests {
    private func commit(_ paths: [String], _ sandbox: Sandbox, in folder: FilePath? = nil) async throws -> CommitID {
        try await sandbox.open(folder).commitFiles(at: paths, message: "release", author: tester, committer: tester)
    }

    @Test func addedChangedAndRemovedFilesGoTogether() async throws {
        try await Sandbox.with { sandbox in
            for name in ["VERSION", "old", "staged", "a/chart"] { _ = try sandbox.folder.write(name, "1\n") }
            try await sandbox.git("add", "--all")
            try await sandbox.git("commit", "--quiet", "--message", "first")
            for name in ["VERSION", "new", "staged", "a/chart"] { _ = try sandbox.folder.write(name, "2\n") }
            try await sandbox.git("add", "staged")
            try await run("rm", ["old"], in: sandbox.folder).requireSuccess()
            let id = try await commit(["VERSION", "old", "new"], sandbox)
            let shown = try await sandbox.git("show", "--format=%H", "--name-status", "--no-renames", "HEAD")
            #expect(shown == "\(id)\n\nM\tVERSION\nA\tnew\nD\told")
            #expect(try await sandbox.git("status", "--porcelain") == " M a/chart\nM  staged")
            try await sandbox.git("fsck", "--strict")
        }
    }

    @Test func attributesOfLineEndsCount() async throws {
        try await Sandbox.with { sandbox in
            _ = try sandbox.folder.write(".gitattributes", "*.csproj text eol=crlf\n*.bin -text\n")
            _ = try sandbox.folder.write("app.csproj", "one\r\ntwo\r\n")
            _ = try sandbox.folder.write("x.bin", "one\r\n")
            _ = try await commit([".gitattributes", "app.csproj", "x.bin"], sandbox)
            #expect(try await sandbox.git("cat-file", "-s", "HEAD:app.csproj") == "8")
            #expect(try await sandbox.git("cat-file", "-s", "HEAD:x.bin") == "5")
            #expect(try await sandbox.git("status", "--porcelain").isEmpty)
            try await sandbox.git("fsck", "--strict")
        }
    }

    @Test func aFilterProgramIsRefused() async throws {
        try await Sandbox.with { sandbox in
            _ = try sandbox.folder.write(".gitattributes", "*.big filter=lfs -text\n")
            _ = try sandbox.folder.write("x.big", "content\n")
            let kind = try await failure { try await commit(["x.big"], sandbox) }
            #expect(kind == .needsFilterProgram(path: "x.big", filter: "lfs"))
        }
    }

    @Test func theFileBehindALinkIsCommitted() async throws {
        try await Sandbox.with { sandbox in
            _ = try sandbox.folder.write("shared/VERSION", "1\n")
            try await run("ln", ["-s", "shared/VERSION", "VERSION"], in: sandbox.folder).requireSuccess()
            try await run("ln", ["-s", "shared", "linked"], in: sandbox.folder).requireSuccess()
            try await sandbox.git("add", "--all")
            try await sandbox.git("commit", "--quiet", "--message", "first")
            for (index, path) in ["VERSION", "linked/VERSION"].enumerated() {
                _ = try sandbox.folder.write("shared/VERSION", "\(index + 2)\n")
                _ = try await commit([path], sandbox)
                #expect(try await sandbox.git("show", "--format=", "--name-only", "HEAD") == "shared/VERSION")
            }
            #expect(try await sandbox.git("status", "--porcelain").isEmpty)
            _ = try sandbox.root.write("outside", "1\n")
            try await run("ln", ["-s", "../outside", "escape"], in: sandbox.folder).requireSuccess()
            #expect(try await failure { try await commit(["escape"], sandbox) } == .outsideWorkTree(path: "escape"))
        }
    }

    /// A folder whose last file goes is gone too, as in a tree that git writes.
    @Test func treesAreThoseThatGitWrites() async throws {
        try await Sandbox.with { sandbox in
            for name in ["a/b/only", "a/c/one", "z", "d/e/f"] { _ = try sandbox.folder.write(name, "1\n") }
            try await sandbox.git("add", "--all")
            try await sandbox.git("commit", "--quiet", "--message", "first")
            try await run("rm", ["-r", "a/b", "d"], in: sandbox.folder).requireSuccess()
            _ = try sandbox.folder.write("a/c/two", "2\n")
            _ = try sandbox.folder.write("new/deep/file", "2\n")
            let id = try await commit(["a/b/only", "d/e/f", "a/c/two", "new/deep/file"], sandbox)
            #expect(try await sandbox.git("write-tree") == sandbox.git("rev-parse", "\(id)^{tree}"))
            #expect(try await sandbox.git("ls-tree", "-r", "-t", "--name-only", "HEAD").contains("a/b") == false)
            #expect(try await sandbox.git("status", "--porcelain").isEmpty)
            try await sandbox.git("fsck", "--strict")
        }
    }

    /// A clone without the content that is not checked out.
    @Test func aPartialCloneNeedsNothingMore() async throws {
        try await Sandbox.with { sandbox in
            for name in ["VERSION", "large/one", "large/two"] { _ = try sandbox.folder.write(name, "\(name)\n") }
            try await sandbox.git("add", "--all")
            try await sandbox.git("commit", "--quiet", "--message", "first")
            try await sandbox.git("config", "uploadpack.allowFilter", "true")
            let clone = sandbox.root.appending("clone")
            try await sandbox.git(
                "clone",
                "--quiet",
                "--filter=blob:none",
                "--no-checkout",
                "file://\(sandbox.folder)",
                clone.string
            )
            try await sandbox.git("checkout", "--quiet", "HEAD", "--", "VERSION", in: clone)
            let absent = try await sandbox.git("rev-list", "--objects", "--missing=print", "HEAD", in: clone)
            #expect(absent.contains("\n?"))
            _ = try clone.write("VERSION", "2\n")
            let id = try await commit(["VERSION"], sandbox, in: clone)
            #expect(try await sandbox.git("ls-tree", "-r", "--name-only", "\(id)", in: clone).contains("large/two"))
            #expect(try await sandbox.git("show", "--format=", "--name-only", "HEAD", in: clone) == "VERSION")
            let after = try await sandbox.git("rev-list", "--objects", "--missing=print", "HEAD^", in: clone)
            #expect(after == absent)
        }
    }

    @Test func worktreesAndSubmodulesAreTheirOwn() async throws {
        try await Sandbox.with { sandbox in
            let first = try await sandbox.commit("first")
            try await sandbox.git("worktree", "add", "--quiet", "-b", "side", "../side")
            let side = sandbox.root.appending("side")
            _ = try side.write("VERSION", "1\n")
            let id = try await commit(["VERSION"], sandbox, in: side)
            #expect(try await sandbox.id("side") == id)
            #expect(try await sandbox.id("main") == first)
            #expect(try await sandbox.git("status", "--porcelain", in: side).isEmpty)
            #expect(try await sandbox.git("reflog", "--format=%gs", in: side).hasPrefix("commit: release"))
            #expect(try await sandbox.git("reflog", "--format=%gs", "main") == "commit (initial): first")

            try await sandbox.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "add",
                "--quiet",
                side.string,
                "module"
            )
            try await sandbox.git("commit", "--quiet", "--message", "module")
            let module = sandbox.folder.appending("module")
            _ = try module.write("VERSION", "2\n")
            let inner = try await commit(["VERSION"], sandbox, in: module)
            #expect(try await sandbox.id("HEAD", in: module) == inner)
            #expect(try await sandbox.git("diff", "--submodule=log").contains("> release"))
            try await sandbox.git("fsck", "--strict")
        }
    }

    @Test func theReflogSaysWhatHappened() async throws {
        try await Sandbox.with { sandbox in
            _ = try sandbox.folder.write("VERSION", "1\n")
            _ = try await commit(["VERSION"], sandbox)
            #expect(try await sandbox.git("reflog", "--format=%gn %gs") == "Grace commit (initial): release")
            #expect(try await sandbox.git("reflog", "--format=%gs", "main") == "commit (initial): release")
        }
    }

    /// A step that can fail, and how it is made to.
    struct Obstacle: CustomTestStringConvertible {
        let testDescription: String
        let path: String
        let isFolder: Bool
    }

    @Test(arguments: [
        Obstacle(testDescription: "the index is locked", path: ".git/index.lock", isFolder: false),
        Obstacle(testDescription: "the branch is locked", path: ".git/refs/heads/main.lock", isFolder: false),
        Obstacle(testDescription: "the reflog cannot be written", path: ".git/logs/refs/heads/main", isFolder: true),
    ])
    func aFailureLeavesEverythingAsItWas(obstacle: Obstacle) async throws {
        try await Sandbox.with { sandbox in
            for name in ["VERSION", "staged"] { _ = try sandbox.folder.write(name, "1\n") }
            try await sandbox.git("add", "--all")
            try await sandbox.git("commit", "--quiet", "--message", "first")
            for name in ["VERSION", "staged", "new"] { _ = try sandbox.folder.write(name, "2\n") }
            try await sandbox.git("add", "staged")
            let before = try await sandbox.git("status", "--porcelain")
            let head = try await sandbox.id("HEAD")
            if obstacle.isFolder {
                try await run("rm", ["-f", obstacle.path], in: sandbox.folder).requireSuccess()
                _ = try sandbox.folder.write("\(obstacle.path)/x", "")
            } else {
                _ = try sandbox.folder.write(obstacle.path, "")
            }
            let kind = try await failure { try await commit(["VERSION", "new"], sandbox) }
            #expect(kind != nil)
            try await run("rm", ["-rf", obstacle.path], in: sandbox.folder).requireSuccess()
            #expect(try await sandbox.git("status", "--porcelain") == before)
            #expect(try await sandbox.id("HEAD") == head)
            #expect(try sandbox.folder.appending("VERSION").readText() == "2\n")
            // With the obstacle gone the same commit succeeds.
            _ = try await commit(["VERSION", "new"], sandbox)
            #expect(try await sandbox.git("status", "--porcelain") == "M  staged")
        }
    }

    @Test func changedFilesAreFoundByPattern() async throws {
        try await Sandbox.with { sandbox in
            for name in ["docs/a.md", "docs/gone.md", "other"] { _ = try sandbox.folder.write(name, "1\n") }
            _ = try sandbox.folder.write(".gitignore", "*.tmp\n")
            try await sandbox.git("add", "--all")
            try await sandbox.git("commit", "--quiet", "--message", "first")
            for name in ["docs/a.md", "docs/deep/new.md", "docs/x.tmp", "other", "api.json"] {
                _ = try sandbox.folder.write(name, "2\n")
            }
            try await run("rm", ["docs/gone.md"], in: sandbox.folder).requireSuccess()
            let repository = try sandbox.open()
            let found = try await repository.changedFiles(matching: ["docs", "*.json"])
            #expect(found == ["api.json", "docs/a.md", "docs/deep/new.md", "docs/gone.md"])
            #expect(try await repository.changedFiles(matching: []).isEmpty)
            _ = try await commit(found, sandbox)
            let status = try await sandbox.git("status", "--porcelain")
            #expect(status == " M other")
        }
    }

    /// Git may tell times by the second: what was changed within the second of its last look must not seem unchanged.
    @Test func aFileChangedWithinTheSecondIsSeen() async throws {
        try await Sandbox.with { sandbox in
            let moment = "@1780000000"
            let paths = ["VERSION", "other"]
            for name in paths { _ = try sandbox.folder.write(name, "1\n") }
            try await run("touch", ["--date", moment] + paths, in: sandbox.folder).requireSuccess()
            try await sandbox.git("config", "core.trustctime", "false")
            try await sandbox.git("add", "--all")
            try await sandbox.git("commit", "--quiet", "--message", "first")
            for name in paths { _ = try sandbox.folder.write(name, "2\n") }
            try await run("touch", ["--date", moment] + paths, in: sandbox.folder).requireSuccess()
            try await run("touch", ["--date", moment + ".5", ".git/index"], in: sandbox.folder).requireSuccess()
            _ = try await commit(["VERSION"], sandbox)
            let status = try await sandbox.git("status", "--porcelain")
            #expect(status == " M other")
        }
    }

    @Test func anEmptyMessageIsRefused() async throws {
        try await Sandbox.with { sandbox in
            _ = try sandbox.folder.write("VERSION", "1\n")
            let kind = try await failure {
                try await sandbox.open()
                    .commitFiles(at: ["VERSION"], message: " \n\n", author: tester, committer: tester)
            }
            #expect(kind == .emptyMessage)
        }
    }
}
