import SystemPackage
import TestSupport
import Testing

@Suite struct BumpTests {
    @Test(arguments: [("major", "3.0.0"), ("minor", "2.2.0"), ("patch", "2.1.107")])
    func raisesTheVersionAndNothingElse(level: String, version: String) async throws {
        try await Checkout.with(version: nil) { checkout in
            _ = try checkout.folder.write("VERSION", "# our version\r\nv2.1.106\r\n\r\n# end")
            let result = try await checkout.tagboat("bump", level)
            #expect(result.standardOutput == version + "\n" && result.standardError.isEmpty && result.exitCode == 0)
            let content = try checkout.folder.appending("VERSION").readText()
            #expect(content == "# our version\r\nv\(version)\r\n\r\n# end")
        }
    }

    @Test func startsAVersionFile() async throws {
        try await Checkout.with(version: nil) { checkout in
            let result = try await checkout.tagboat("bump", "minor")
            #expect(result.standardOutput == "0.1.0\n")
            #expect(try checkout.folder.appending("VERSION").readText() == "0.1.0\n")
        }
    }

    @Test func keepsModeAndLink() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.root.write("shared/VERSION", "1.0.0\n")
            try await run("chmod", ["660", checkout.root.appending("shared/VERSION").string]).requireSuccess()
            try await run("ln", ["-sf", "../shared/VERSION", "VERSION"], in: checkout.folder).requireSuccess()
            try await checkout.tagboat("bump", "patch").requireSuccess()
            #expect(try checkout.root.appending("shared/VERSION").readText() == "1.0.1\n")
            let mode = try await run("stat", ["-c", "%a %F", "VERSION", "../shared/VERSION"], in: checkout.folder)
            #expect(mode.standardOutput == "777 symbolic link\n660 regular file\n")
        }
    }

    @Test func commitsAndTagsTheVersionAlone() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("other.txt", "staged\n")
            try await checkout.git("add", "other.txt")
            let result = try await checkout.tagboat("bump", "minor", "--tag")
            #expect(result.standardOutput == "2.2.0\n")
            let shown = try await checkout.git("show", "--format=%an %ae %aI %s", "--name-only", "HEAD")
            #expect(shown == "Ada ada@example.com 2026-07-01T09:30:00+00:00 chore(release): 2.2.0\n\nVERSION")
            #expect(try await checkout.git("status", "--porcelain") == "A  other.txt")
            #expect(try await checkout.git("cat-file", "-t", "v2.2.0") == "tag")
            #expect(try await checkout.git("rev-parse", "v2.2.0^{commit}") == checkout.git("rev-parse", "HEAD"))
            try await checkout.git("fsck", "--strict")
        }
    }

    @Test func aTagThatExistsStopsItBeforeAnythingIsWritten() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.107")
            let head = try await checkout.git("rev-parse", "HEAD")
            let result = try await checkout.tagboat("bump", "patch", "--tag")
            #expect(result.exitCode == 3 && result.standardOutput.isEmpty)
            let words = "2.1.107 is already released: the git tag v2.1.107 is on \(head.prefix(7))"
            #expect(result.standardError.contains(words))
            #expect(try checkout.folder.appending("VERSION").readText() == "2.1.106\n")
            #expect(try await checkout.git("rev-parse", "HEAD") == head)
        }
    }

    @Test func aCommitThatFailsPutsTheFileBack() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("checkout", "--quiet", "-b", "side")
            try await checkout.commit("side", at: 2)
            try await checkout.git("checkout", "--quiet", "main")
            try await checkout.commit("main", at: 3)
            try await checkout.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
            let result = try await checkout.tagboat("bump", "patch", "--commit")
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains("is in progress"))
            #expect(try checkout.folder.appending("VERSION").readText() == "2.1.106\n")
        }
    }

    @Test func nobodyCommitsWithoutAName() async throws {
        try await Checkout.with { checkout in
            let nobody: [String: String?] = [
                "GIT_AUTHOR_NAME": nil, "GIT_AUTHOR_EMAIL": nil, "GIT_COMMITTER_NAME": nil, "GIT_COMMITTER_EMAIL": nil,
            ]
            let result = try await checkout.tagboat("bump", "patch", "--commit", environment: nobody)
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains("git config user.name"))
            #expect(try checkout.folder.appending("VERSION").readText() == "2.1.106\n")
        }
    }
}
