import SystemPackage
import TestSupport
import Testing

@testable import Git

@Suite struct ReadingTests {
    @Test func opensFromAnywhereInIt() async throws {
        try await Sandbox.with { sandbox in
            let id = try await sandbox.commit("first")
            let below = try sandbox.folder.makeDirectory("a/b")
            try await sandbox.git("worktree", "add", "--quiet", "--detach", "../tree")
            try await sandbox.git("clone", "--quiet", "--bare", ".", "../bare.git")
            for path in [sandbox.folder, below, sandbox.folder.appending(".git")] {
                let repository = try sandbox.open(path)
                #expect(try await repository.head() == .branch(name: "main", id))
                #expect(await repository.workingDirectory == sandbox.folder.string)
            }
            let tree = try sandbox.open(sandbox.root.appending("tree"))
            #expect(try await tree.head() == .detached(id))
            #expect(await tree.workingDirectory == sandbox.root.appending("tree").string)
            let bare = try sandbox.open(sandbox.root.appending("bare.git"))
            #expect(try await bare.head() == .branch(name: "main", id))
            #expect(await bare.workingDirectory == nil)
            #expect(try await bare.isDirty() == false)
        }
    }

    @Test func tellsBranchDetachedAndUnborn() async throws {
        try await Sandbox.with { sandbox in
            #expect(try await sandbox.open().head() == .unborn(branch: "main"))
            let id = try await sandbox.commit("first")
            try await sandbox.git("switch", "--quiet", "--create", "feature/x")
            #expect(try await sandbox.open().head() == .branch(name: "feature/x", id))
            try await sandbox.git("checkout", "--quiet", "--detach")
            #expect(try await sandbox.open().head() == .detached(id))
        }
    }

    @Test func readsCommitsWhateverTheirBytes() async throws {
        try await Sandbox.with { sandbox in
            let first = try await sandbox.commit("first")
            try await sandbox.git("config", "i18n.commitEncoding", "ISO-8859-1")
            let message = try sandbox.root.write("message", [0x47, 0x72, 0xFC, 0xDF, 0x65])
            try await sandbox.git("commit", "--quiet", "--allow-empty", "--file", message.string, at: 60)
            let commit = try await sandbox.open().commit(sandbox.id("HEAD"))
            #expect(commit.parents == [first])
            #expect(commit.message.hasPrefix("Gr"))
            #expect(commit.author.identity == Identity(name: "Ada", email: "ada@example.com"))
            #expect(commit.committerDate == GitDate(secondsSinceEpoch: 1_783_675_860, offsetMinutes: 120))
        }
    }

    @Test func shortHashesHaveAFixedLength() async throws {
        try await Sandbox.with { sandbox in
            let id = try await sandbox.commit("first")
            let repository = try sandbox.open()
            for length in [4, 7, 12, 40] {
                #expect(try await repository.shortHash(of: id, length: length) == id.prefix(length))
            }
        }
    }

    @Test func twoCommitsThatBeginAlikeAreAmbiguous() async throws {
        try await Sandbox.with { sandbox in
            // Dates are fixed, so the same pair is found each time.
            var seen: [String: CommitID] = [:]
            var pair: (CommitID, CommitID)?
            for number in 0..<2000 where pair == nil {
                let tree = try await sandbox.git("mktree", "--missing")
                let hex = try await sandbox.git("commit-tree", "-m", "\(number)", tree)
                let id = try #require(CommitID(hex: hex))
                if let other = seen[id.prefix(4)] { pair = (other, id) }
                seen[id.prefix(4)] = id
            }
            let (first, second) = try #require(pair)
            let repository = try sandbox.open()
            for id in [first, second] {
                #expect(
                    try await failure { try await repository.shortHash(of: id, length: 4) }
                        == .ambiguousPrefix(id.prefix(4))
                )
                #expect(try await repository.shortHash(of: id, length: 12) == id.prefix(12))
            }
        }
    }

    @Test func onlyTrackedFilesMakeItDirty() async throws {
        try await Sandbox.with { sandbox in
            _ = try sandbox.folder.write("a.txt", "1\n")
            try await sandbox.git("add", "a.txt")
            try await sandbox.git("commit", "--quiet", "--message", "first")
            #expect(try await sandbox.open().isDirty() == false)
            _ = try sandbox.folder.write("untracked.txt", "x")
            #expect(try await sandbox.open().isDirty() == false)
            _ = try sandbox.folder.write("a.txt", "2\n")
            #expect(try await sandbox.open().isDirty())
            try await sandbox.git("add", "a.txt")
            #expect(try await sandbox.open().isDirty())
            try await sandbox.git("reset", "--quiet", "--hard")
            #expect(try await sandbox.open().isDirty() == false)
        }
    }

    @Test func tagsArePeeledToCommits() async throws {
        try await Sandbox.with { sandbox in
            let first = try await sandbox.commit("first")
            _ = try sandbox.folder.write("file", "x")
            try await sandbox.git("tag", "light")
            try await sandbox.git("tag", "--annotate", "noted", "--message", "n")
            try await sandbox.git("tag", "--annotate", "nested", "--message", "n", "noted")
            try await sandbox.git("tag", "blob", sandbox.git("hash-object", "-w", "file"))
            try await sandbox.git("pack-refs", "--all")
            let second = try await sandbox.commit("second", at: 1)
            try await sandbox.git("tag", "v10")
            #expect(
                try await sandbox.open().tags() == [
                    GitTag(name: "light", commit: first, isAnnotated: false),
                    GitTag(name: "nested", commit: first, isAnnotated: true),
                    GitTag(name: "noted", commit: first, isAnnotated: true),
                    GitTag(name: "v10", commit: second, isAnnotated: false),
                ]
            )
            // A tag whose object is gone must not be passed over.
            _ = try sandbox.folder.write(".git/refs/tags/broken", String(repeating: "ab", count: 20) + "\n")
            #expect(try await failure { try await sandbox.open().tags() } == .library)
        }
    }

    @Test func findsRevisions() async throws {
        try await Sandbox.with { sandbox in
            let id = try await sandbox.commit("first")
            try await sandbox.git("tag", "--annotate", "v1", "--message", "n")
            let repository = try sandbox.open()
            for revision in [id.description, id.prefix(7), "main", "v1", "HEAD"] {
                #expect(try await repository.commitID(matching: revision) == id)
            }
            for revision in [String(repeating: "ab", count: 20), "none", "", "a b"] {
                #expect(try await repository.commitID(matching: revision) == nil)
            }
        }
    }

    @Test func readsRemoteAndIdentity() async throws {
        try await Sandbox.with { sandbox in
            #expect(try await sandbox.open().remoteURL() == nil)
            try await sandbox.git("remote", "add", "upstream", "https://example.com/up")
            #expect(try await sandbox.open().remoteURL() == "https://example.com/up")
            try await sandbox.git("remote", "add", "fork", "https://example.com/fork")
            #expect(try await sandbox.open().remoteURL() == nil)
            try await sandbox.git("remote", "add", "origin", "https://example.com/origin")
            #expect(try await sandbox.open().remoteURL() == "https://example.com/origin")
            try await sandbox.git("config", "user.name", "Ada")
            try await sandbox.git("config", "user.email", "ada@example.com")
            let environment = ["HOME": sandbox.root.string]
            let identity = try await sandbox.open().configuredIdentity(as: "author", environment: environment)
            #expect(identity == ("Ada", "ada@example.com"))
        }
    }
}

/// Repositories that cannot be read, each with an error of its own.
@Suite struct UnreadableRepositoryTests {
    @Test func noRepository() async throws {
        try await withTemporaryDirectory { root in
            let kind = try await failure { try GitRepository(discoveringFrom: root.string) }
            #expect(kind == .notARepository(path: root.string))
        }
    }

    @Test func sha256() async throws {
        try await Sandbox.with(["--object-format=sha256"]) { sandbox in
            let below = try sandbox.folder.makeDirectory("a/b")
            for path in [sandbox.folder, below] {
                #expect(try await failure { try sandbox.open(path) } == .sha256Repository(path: sandbox.folder.string))
            }
        }
    }

    @Test(arguments: [
        ("refStorage", "reftable", GitError.Kind.reftable(path: "")),
        ("fancy", "true", .unsupportedExtension(name: "fancy", path: "")),
    ])
    func extensions(name: String, value: String, expected: GitError.Kind) async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.commit("first")
            try await sandbox.git("worktree", "add", "--quiet", "--detach", "../tree")
            let config = try sandbox.folder.appending(".git/config").readText()
            let edited = config.replacing("repositoryformatversion = 0", with: "repositoryformatversion = 1")
            _ = try sandbox.folder.write(".git/config", edited + "[extensions]\n\t\(name) = \(value)\n")
            for path in [sandbox.folder, sandbox.root.appending("tree")] {
                switch (try await failure { try sandbox.open(path) }, expected) {
                case (.reftable(path.string)?, .reftable),
                    (.unsupportedExtension("fancy", path.string)?, .unsupportedExtension):
                    break
                case (let other, _):
                    Issue.record("\(String(describing: other))")
                }
            }
        }
    }

    @Test func notOwned() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.commit("first")
            // Only root can give a folder away.
            let given = try await run("chown", ["-R", "12345:12345", sandbox.folder.string])
            guard given.exitCode == 0 else { return }
            let error = #expect(throws: GitError.self) { try sandbox.open() }
            #expect(error?.kind == .notOwned(path: sandbox.folder.string))
            let hint = "trust it with `git config --global --add safe.directory \(sandbox.folder)`"
            #expect(error?.hint == hint)
        }
    }

    @Test func everyKindHasASentence() throws {
        let id = try #require(CommitID(hex: String(repeating: "ab", count: 20)))
        let kinds: [GitError.Kind] = [
            .notARepository(path: "p"), .notOwned(path: "p"), .sha256Repository(path: "p"), .reftable(path: "p"),
            .unsupportedExtension(name: "n", path: "p"), .unbornHead, .ambiguousPrefix("abc"), .historyIncomplete,
            .tagExists("v1", id), .invalidTagName("x y"), .operationInProgress, .nothingToCommit(path: "p"),
            .bareRepository, .library,
        ]
        for kind in kinds {
            let error = GitError(kind)
            #expect(!error.description.isEmpty && !error.description.hasSuffix("."))
        }
    }
}
