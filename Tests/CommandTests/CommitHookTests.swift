import SystemPackage
import TestSupport
import Testing

/// The commit-msg hook of docs/commits.md, run by git itself.
@Suite struct CommitHookTests {
    private func withHook(_ body: (Checkout) async throws -> Void) async throws {
        try await Checkout.with { checkout in
            let hook = try checkout.folder.write(
                ".git/hooks/commit-msg",
                "#!/bin/sh\nexec '\(Program.path)' check commit \"$1\"\n"
            )
            try await run("chmod", ["+x", hook.string]).requireSuccess()
            try await body(checkout)
        }
    }

    private func git(
        _ checkout: Checkout,
        _ arguments: String...,
        editor: String = "false"
    ) async throws -> CommandResult {
        try await run(
            "git",
            arguments,
            in: checkout.folder,
            environment: checkout.environment(["GIT_EDITOR": editor])
        )
    }

    @Test func stopsAWrongMessage() async throws {
        try await withHook { checkout in
            let head = try await checkout.git("rev-parse", "HEAD")
            let result = try await git(checkout, "commit", "--allow-empty", "-m", "feat show thumbnails")
            #expect(result.exitCode != 0)
            let said = result.standardOutput + result.standardError
            #expect(said.contains(".git/COMMIT_EDITMSG:1:5: a colon is missing behind the type"))
            #expect(try await checkout.git("rev-parse", "HEAD") == head)
            try await git(checkout, "commit", "--allow-empty", "-m", "feat: show thumbnails").requireSuccess()
            #expect(try await checkout.git("rev-parse", "HEAD~1") == head)
        }
    }

    @Test func passesWhatGitWrites() async throws {
        try await withHook { checkout in
            try await git(checkout, "checkout", "--quiet", "-b", "side").requireSuccess()
            try await git(checkout, "commit", "--allow-empty", "-m", "feat: a").requireSuccess()
            try await git(checkout, "commit", "--allow-empty", "--fixup", "HEAD").requireSuccess()
            try await git(checkout, "checkout", "--quiet", "main").requireSuccess()
            _ = try checkout.folder.write("a", "b\n")
            try await git(checkout, "add", "a").requireSuccess()
            try await git(checkout, "commit", "-m", "fix: b").requireSuccess()
            try await git(checkout, "merge", "--no-ff", "--no-edit", "side").requireSuccess()
            try await git(checkout, "revert", "--no-edit", "HEAD^1").requireSuccess()
            #expect(try await checkout.git("log", "-1", "--format=%s") == "Revert \"fix: b\"")
        }
    }

    /// With `--verbose` git has comments and a patch in the file, whose lines look like anything.
    @Test(arguments: [nil, ";", "auto"])
    func passesOverCommentsAndThePatch(comment: String?) async throws {
        try await withHook { checkout in
            if let comment { try await checkout.git("config", "core.commentChar", comment) }
            _ = try checkout.folder.write(
                "a",
                "BREAKING CHANGES: none\n" + String(repeating: "word ", count: 40) + "\n"
            )
            _ = try checkout.folder.write("tagboat.yaml", "commits: { body-length: 72 }\n")
            try await checkout.git("add", "a")
            let good = "sed -i '1s/^/fix: b\\n\\nwhy/'"
            let result = try await git(checkout, "commit", "--verbose", editor: good)
            #expect(result.exitCode == 0, "\(result)")
            #expect(try await checkout.git("log", "-1", "--format=%B") == "fix: b\n\nwhy")
            let bad = "sed -i '1s/^/fix b\\n/'"
            let refused = try await git(checkout, "commit", "--allow-empty", "--verbose", editor: bad)
            #expect(refused.exitCode != 0)
            #expect((refused.standardOutput + refused.standardError).contains("COMMIT_EDITMSG:1:4: a colon is missing"))
        }
    }

    @Test func worksInAWorktree() async throws {
        try await withHook { checkout in
            try await git(checkout, "worktree", "add", "--quiet", "../tree").requireSuccess()
            let result = try await git(checkout, "-C", "../tree", "commit", "--allow-empty", "-m", "x")
            #expect(result.exitCode != 0)
            let fine = try await git(checkout, "-C", "../tree", "commit", "--allow-empty", "-m", "fix: x")
            #expect(fine.exitCode == 0, "\(fine)")
        }
    }
}
