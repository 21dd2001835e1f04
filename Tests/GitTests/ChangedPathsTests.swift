import SystemPackage
import TestSupport
import Testing

@testable import Git

/// What commits change, against what git says of the same commits.
@Suite struct ChangedPathsTests {
    @Test func tellsWhatEachCommitDoes() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.write("a/one", "1\n")
            try await sandbox.write("a/two", "2\n")
            try await sandbox.commitAll("first")
            try await sandbox.write("a/one", "changed\n")
            try await sandbox.git("rm", "--quiet", "a/two")
            try await sandbox.write("b/deep/three", "3\n")
            try await sandbox.commitAll("second")
            try await sandbox.git("update-index", "--chmod=+x", "a/one")
            try await sandbox.git("commit", "--quiet", "--message", "mode")
            let git = try sandbox.open()
            #expect(
                try await git.changedPaths(of: sandbox.id("HEAD~2")).map(\.line) == ["added a/one", "added a/two"]
            )
            let second = try await git.changedPaths(of: sandbox.id("HEAD~1")).map(\.line)
            #expect(second == ["modified a/one", "removed a/two", "added b/deep/three"])
            #expect(try await git.changedPaths(of: sandbox.id("HEAD")).map(\.line) == ["modeChanged a/one"])
        }
    }

    @Test func anEmptyCommitChangesNothing() async throws {
        try await Sandbox.with { sandbox in
            let root = try await sandbox.commit("root")
            let next = try await sandbox.commit("next")
            let git = try sandbox.open()
            #expect(try await git.changedPaths(of: root).isEmpty)
            #expect(try await git.changedPaths(of: next).isEmpty)
        }
    }

    /// Moved unchanged, moved and changed a little, and moved among files of the same content.
    @Test func followsRenames() async throws {
        try await Sandbox.with { sandbox in
            let long = (1...40).map { "line \($0)\n" }.joined()
            try await sandbox.write("old/same", "same\n" + long)
            try await sandbox.write("old/edited", "edited\n" + long + long)
            try await sandbox.write("old/twin", "twin\n")
            try await sandbox.write("old/other", "twin\n")
            try await sandbox.commitAll("first")
            try await sandbox.makeFolder("new")
            for name in ["same", "edited", "twin", "other"] {
                try await sandbox.git("mv", "old/\(name)", "new/\(name)")
            }
            try await sandbox.write("new/edited", "edited now\n" + long + long)
            try await sandbox.write("new/fresh", "fresh\n")
            let id = try await sandbox.commitAll("move")
            let git = try sandbox.open()
            #expect(
                try await git.changedPaths(of: id).map(\.line) == [
                    "renamed old/edited new/edited", "added new/fresh", "renamed old/other new/other",
                    "renamed old/same new/same", "renamed old/twin new/twin",
                ]
            )
            let plain = try await git.changedPaths(of: id, findsRenames: false)
            #expect(plain.count == 9)
            #expect(plain.allSatisfy { $0.kind == .added || $0.kind == .removed })
        }
    }

    /// A merge counts for what it has as none of its parents does, as `git diff-tree -c` has it.
    @Test func aMergeChangesOnlyWhatIsItsOwn() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.write("api/conflict", "base\n")
            try await sandbox.write("ui/gone", "gone\n")
            try await sandbox.commitAll("base")
            try await sandbox.git("checkout", "--quiet", "-b", "side")
            try await sandbox.write("api/conflict", "side\n")
            try await sandbox.write("ui/side", "side\n")
            try await sandbox.git("rm", "--quiet", "ui/gone")
            try await sandbox.commitAll("side")
            try await sandbox.git("checkout", "--quiet", "main")
            try await sandbox.write("api/main", "main\n")
            try await sandbox.commitAll("main")
            try await sandbox.git("merge", "--quiet", "--no-ff", "--no-edit", "side", at: 5)
            let clean = try await sandbox.id("HEAD")
            let git = try sandbox.open()
            #expect(try await git.changedPaths(of: clean).isEmpty)

            try await sandbox.git("reset", "--quiet", "--hard", "HEAD~1")
            try await sandbox.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
            try await sandbox.write("api/conflict", "neither\n")
            try await sandbox.write("extra/slipped", "in\n")
            try await sandbox.git("rm", "--quiet", "-f", "ui/side")
            try await sandbox.git("rm", "--quiet", "-f", "api/main")
            let evil = try await sandbox.commitAll("evil")
            let listed = try await sandbox.git("diff-tree", "-c", "--name-only", "--no-commit-id", "-r", "\(evil)")
            let own = try await git.changedPaths(of: evil)
            #expect(own.map(\.line) == ["modified api/conflict", "added extra/slipped"])
            // git does not list what the merge drops of one parent alone, and neither do we.
            #expect(listed.split(separator: "\n").map(String.init) == own.compactMap(\.newPath))
        }
    }

    @Test func anOctopusMergeHasManyParents() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.write("base", "base\n")
            try await sandbox.commitAll("base")
            for name in ["one", "two", "three"] {
                try await sandbox.git("checkout", "--quiet", "-b", name, "main")
                try await sandbox.write("\(name)/file", "\(name)\n")
                try await sandbox.commitAll(name)
            }
            try await sandbox.git("checkout", "--quiet", "main")
            try await sandbox.git("merge", "--quiet", "--no-edit", "one", "two", "three", at: 9)
            let merge = try await sandbox.id("HEAD")
            let git = try sandbox.open()
            #expect(try await git.commit(merge).parents.count >= 3)
            #expect(try await git.changedPaths(of: merge).isEmpty)
        }
    }

    @Test func submodulesLinksAndStrangeNamesCount() async throws {
        try await Sandbox.with { sandbox in
            let first = try await sandbox.commit("first")
            try await sandbox.git("update-index", "--add", "--cacheinfo", "160000,\(first),vendor/lib")
            try await sandbox.write("file", "x\n")
            try await sandbox.git("add", "file")
            // A name in Latin-1, as no file system need have it.
            let blob = try await sandbox.git("rev-parse", ":file")
            let script = "printf '100644 \(blob)\\tcaf\\351.txt\\0' | git update-index --add -z --index-info"
            try await sandbox.shell(script)
            try await sandbox.git("commit", "--quiet", "--message", "strange")
            let strange = try await sandbox.id("HEAD")
            let git = try sandbox.open()
            let lines = try await git.changedPaths(of: strange).map(\.line)
            #expect(lines == ["added caf\u{FFFD}.txt", "added file", "added vendor/lib"])

            try await sandbox.git("update-index", "--add", "--cacheinfo", "160000,\(strange),vendor/lib")
            try await sandbox.git("update-index", "--add", "--cacheinfo", "120000,\(blob),file")
            try await sandbox.git("commit", "--quiet", "--message", "moved on")
            let next = try await git.changedPaths(of: sandbox.id("HEAD")).map(\.line)
            #expect(next == ["typeChanged file", "modified vendor/lib"])
        }
    }

    @Test func aMovedFileOfAStrangeNameIsCompared() async throws {
        try await Sandbox.with { sandbox in
            let long = (1...40).map { "line \($0)\n" }.joined()
            try await sandbox.shell("printf '\(long)' > \"$(printf 'caf\\351')\"")
            try await sandbox.commitAll("first")
            try await sandbox.shell("git mv \"$(printf 'caf\\351')\" cafe && echo more >> cafe")
            let id = try await sandbox.commitAll("move")
            #expect(try await sandbox.open().changedPaths(of: id).map(\.line) == ["renamed caf\u{FFFD} cafe"])
        }
    }

    @Test func theEndOfAShallowCloneCannotTell() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.write("a", "1\n")
            try await sandbox.commitAll("first")
            try await sandbox.write("a", "2\n")
            try await sandbox.commitAll("second")
            try await sandbox.git(
                "clone",
                "--quiet",
                "--depth=1",
                "file://\(sandbox.folder)",
                "clone",
                in: sandbox.root
            )
            let git = try sandbox.open(sandbox.root.appending("clone"))
            let head = try await sandbox.id("HEAD")
            #expect(try await failure { try await git.changedPaths(of: head) } == .historyIncomplete)
        }
    }

    /// Without files' contents paths can be told; without trees they cannot.
    @Test func partialClones() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.git("config", "uploadpack.allowFilter", "true")
            let long = (1...40).map { "line \($0)\n" }.joined()
            try await sandbox.write("old/a", long)
            try await sandbox.write("old/b", "b\n" + long)
            try await sandbox.commitAll("first")
            try await sandbox.makeFolder("new")
            try await sandbox.git("mv", "old/a", "new/a")
            let moved = try await sandbox.commitAll("move")
            try await sandbox.git("mv", "old/b", "new/b")
            try await sandbox.write("new/b", "b\n" + long + "more\n")
            let edited = try await sandbox.commitAll("move and edit")
            let source = "file://\(sandbox.folder)"
            for (filter, name) in [("blob:none", "blobless"), ("tree:0", "treeless")] {
                try await sandbox.git(
                    "clone",
                    "--quiet",
                    "--bare",
                    "--filter=\(filter)",
                    source,
                    name,
                    in: sandbox.root
                )
            }
            let blobless = try sandbox.open(sandbox.root.appending("blobless"))
            #expect(try await blobless.changedPaths(of: moved).map(\.line) == ["renamed old/a new/a"])
            let plain = try await blobless.changedPaths(of: edited, findsRenames: false).map(\.line)
            #expect(plain == ["added new/b", "removed old/b"])
            #expect(try await failure { try await blobless.changedPaths(of: edited) } == .objectsMissing(edited))
            let treeless = try sandbox.open(sandbox.root.appending("treeless"))
            #expect(try await failure { try await treeless.changedPaths(of: moved) } == .objectsMissing(moved))
        }
    }

    /// What the hint says helps.
    @Test func thePartialCloneIsFilled() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.git("config", "uploadpack.allowFilter", "true")
            try await sandbox.write("a", "1\n")
            let id = try await sandbox.commitAll("first")
            let source = "file://\(sandbox.folder)"
            try await sandbox.git("clone", "--quiet", "--bare", "--filter=tree:0", source, "clone", in: sandbox.root)
            let clone = sandbox.root.appending("clone")
            try await sandbox.git("fetch", "--quiet", "--refetch", "--no-filter", in: clone)
            #expect(try await sandbox.open(clone).changedPaths(of: id).map(\.line) == ["added a"])
        }
    }
}

extension ChangedPath {
    /// For comparing: kind and paths, each once.
    fileprivate var line: String {
        let paths = oldPath == newPath ? [newPath] : [oldPath, newPath]
        return ([kind.rawValue] + paths.compactMap { $0 }).joined(separator: " ")
    }
}

extension Sandbox {
    func write(_ path: String, _ text: String) async throws {
        if let folder = FilePath(path).removingLastComponent().string.nonEmpty { try await makeFolder(folder) }
        _ = try folder.write(path, text)
    }

    func makeFolder(_ path: String) async throws {
        _ = try await run("mkdir", ["-p", path], in: folder).requireSuccess()
    }

    /// Commits everything as it is, and gives the commit.
    @discardableResult
    func commitAll(_ message: String, at time: Int = 0) async throws -> CommitID {
        try await git("add", "--all")
        try await git("commit", "--quiet", "--allow-empty", "--message", message, at: time)
        return try await id("HEAD")
    }

    @discardableResult
    func shell(_ script: String) async throws -> String {
        try await run("sh", ["-c", script], in: folder).requireSuccess().standardOutput
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
