import SystemPackage
import TestSupport
import Testing

@Suite struct BumpAutoTests {
    @Test func theCommitsDecideAndItIsToldWhy() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.106")
            let hash = try await checkout.commit("feat(ui): a gallery", at: 2)
            try await checkout.commit("fix: the hull", at: 3)
            let result = try await checkout.tagboat("bump", "auto", "--dry-run", "--tag")
            #expect(result.standardOutput == "2.2.0\n" && result.exitCode == 0)
            #expect(
                result.standardError == """
                    2.1.106 → 2.2.0: minor, because 1 feat: \(hash.prefix(7)) a gallery
                    would write   VERSION
                    would commit  chore(release): 2.2.0
                    would tag     v2.2.0

                    """
            )
            #expect(try checkout.folder.appending("VERSION").readText() == "2.1.106\n")
            #expect(try await checkout.git("status", "--porcelain").isEmpty)
        }
    }

    @Test func nothingToReleaseIsSuccessAndKeepsTheVersion() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.106")
            try await checkout.commit("docs: a word", at: 2)
            let head = try await checkout.git("rev-parse", "HEAD")
            let result = try await checkout.tagboat("bump", "auto", "--tag")
            #expect(result.standardOutput == "2.1.106\n" && result.exitCode == 0)
            #expect(result.standardError == "stays 2.1.106: the one change since 2.1.106 asks for no release\n")
            #expect(try await checkout.git("rev-parse", "HEAD") == head)
        }
    }

    /// Without git tags, the commit that wrote the version into the file is where counting starts.
    @Test func withoutTagsTheVersionFileTellsWhereToStart() async throws {
        try await Checkout.with { checkout in
            try await checkout.commit("fix: a", at: 2)
            #expect(try await checkout.tagboat("bump", "auto", "--commit").standardOutput == "2.1.107\n")
            #expect(try await checkout.tagboat("bump", "auto", "--commit").standardOutput == "2.1.107\n")
            try await checkout.commit("feat!: b", at: 3)
            #expect(try await checkout.tagboat("bump", "auto", "--commit").standardOutput == "3.0.0\n")
        }
    }

    @Test func prereleasesCountOnUntilOneBecomesStable() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.106")
            try await checkout.commit("feat: a", at: 2)
            #expect(try await checkout.tagboat("bump", "auto", "--pre", "rc", "--tag").standardOutput == "2.2.0-rc.1\n")
            #expect(try await checkout.tagboat("bump", "auto", "--pre", "rc", "--tag").standardOutput == "2.2.0-rc.1\n")
            try await checkout.commit("fix: b", at: 3)
            #expect(try await checkout.tagboat("bump", "auto", "--pre", "rc", "--tag").standardOutput == "2.2.0-rc.2\n")
            #expect(try await checkout.tagboat("bump", "auto", "--tag").standardOutput == "2.2.0\n")
            #expect(
                try await checkout.git("tag", "--list").lines == ["v2.1.106", "v2.2.0", "v2.2.0-rc.1", "v2.2.0-rc.2"]
            )
        }
    }

    @Test func aMaintenanceBranchStaysOnItsLine() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.106")
            try await checkout.git("branch", "2.1.x")
            try await checkout.commit("feat: on main", at: 2)
            try await checkout.tagboat("bump", "auto", "--tag").requireSuccess()
            try await checkout.git("checkout", "--quiet", "2.1.x")
            try await checkout.commit("fix: backport", at: 3)
            #expect(try await checkout.tagboat("bump", "auto", "--tag").standardOutput == "2.1.107\n")
            try await checkout.commit("feat: too much", at: 4)
            let refused = try await checkout.tagboat("bump", "auto", "--tag")
            #expect(refused.exitCode == 3 && refused.standardOutput.isEmpty)
            #expect(refused.standardError.contains("2.2.0 is not on the line 2.1.x of the branch 2.1.x: minor"))
            let major = try await checkout.tagboat("bump", "major")
            #expect(major.exitCode == 3)
            #expect(major.standardError.contains("3.0.0 is not on the line 2.1.x of the branch 2.1.x"))
            #expect(try checkout.folder.appending("VERSION").readText() == "2.1.107\n")
        }
    }

    @Test func oneCommandReleasesAndPushesInOneStep() async throws {
        try await Checkout.with { checkout in
            try await checkout.addRemote()
            _ = try checkout.folder.write("package.json", "{\n\t\"name\": \"ui\",\n\t\"version\": \"2.1.106\"\n}\n")
            _ = try checkout.folder.write(
                "tagboat.yaml",
                """
                version: { files: [package.json] }
                bump: { changelog: true }
                git: { moving-tags: [major, minor] }
                """
            )
            try await checkout.commit("feat: a gallery", at: 2)
            try await checkout.tagboat("bump", "auto", "--push").requireSuccess()
            let shown = try await checkout.git("show", "--format=%an %s", "--name-only", "HEAD")
            #expect(shown == "Ada chore(release): 2.2.0\n\nCHANGELOG.md\nVERSION\npackage.json")
            let remote = try await checkout.git("ls-remote", "origin").lines.map { String($0.dropFirst(41)) }
            let names = ["HEAD", "refs/heads/main", "refs/tags/v2", "refs/tags/v2.1.106", "refs/tags/v2.2"]
            for name in names + ["refs/tags/v2.2.0"] { #expect(remote.contains(name)) }
            #expect(try checkout.folder.appending("CHANGELOG.md").readText().contains("- a gallery"))
            try await checkout.git("fsck", "--strict")
            #expect(try await checkout.git("status", "--porcelain").isEmpty)
        }
    }

    /// The remote refuses the first push; nothing of the release is lost, and the same command finishes it.
    @Test(arguments: ["auto", "minor"])
    func aPushThatFailedIsFinishedByTheSameCommand(part: String) async throws {
        try await Checkout.with { checkout in
            try await checkout.addRemote()
            let hook = checkout.root.appending("remote.git/hooks/pre-receive")
            _ = try checkout.root.write("remote.git/hooks/pre-receive", "#!/bin/sh\necho closed >&2\nexit 1\n")
            try await run("chmod", ["755", hook.string]).requireSuccess()
            _ = try checkout.folder.write("tagboat.yaml", "git: { moving-tags: [major] }\n")
            try await checkout.commit("feat: a", at: 2)
            let failed = try await checkout.tagboat("bump", part, "--push")
            #expect(failed.exitCode != 0 && failed.standardError.contains("closed"))
            #expect(try await checkout.git("log", "-1", "--format=%s") == "chore(release): 2.2.0")
            #expect(try await !checkout.git("ls-remote", "origin").contains("v2.2.0"))

            try await run("rm", [hook.string]).requireSuccess()
            let again = try await checkout.tagboat("bump", part, "--push")
            #expect(again.exitCode == 0 && again.standardOutput == "2.2.0\n")
            #expect(try await checkout.git("ls-remote", "origin").contains("refs/tags/v2.2.0"))
            #expect(try await checkout.git("ls-remote", "origin").contains("refs/tags/v2\n"))
            let head = try await checkout.git("rev-parse", "HEAD")
            #expect(try await checkout.git("ls-remote", "origin", "refs/heads/main").hasPrefix(head))
            #expect(try await checkout.git("rev-list", "--count", "HEAD") == "3")
        }
    }

    /// Each step that an earlier run had done is there; the command does the rest and nothing twice.
    @Test(arguments: ["file", "commit"])
    func aRunThatWasKilledIsFinished(after step: String) async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.106")
            try await checkout.commit("feat: a", at: 2)
            if step == "file" {
                _ = try checkout.folder.write("VERSION", "2.2.0\n")
            } else {
                try await checkout.tagboat("bump", "minor", "--commit").requireSuccess()
            }
            let result = try await checkout.tagboat("bump", "minor", "--tag")
            #expect(result.standardOutput == "2.2.0\n")
            #expect(try await checkout.git("rev-list", "--count", "HEAD") == "3")
            #expect(try await checkout.git("rev-parse", "v2.2.0^{commit}") == checkout.git("rev-parse", "HEAD"))
        }
    }

    @Test(arguments: ["after-bump", "before-commit", "after-commit", "before-tag", "after-tag", "before-push"])
    func aHookThatFailsLeavesNothingHalfDone(point: String) async throws {
        try await Checkout.with { checkout in
            try await checkout.addRemote()
            try await checkout.git("tag", "v2")
            _ = try checkout.folder.write(
                "tagboat.yaml",
                """
                hooks: { \(point): ["cat > ../plan.json", "exit 7"] }
                git: { moving-tags: [major] }
                bump: { changelog: true }
                """
            )
            try await checkout.commit("feat: a", at: 2)
            _ = try checkout.folder.write("other.txt", "staged\n")
            try await checkout.git("add", "other.txt")
            let before = try await checkout.state()
            let result = try await checkout.tagboat("bump", "auto", "--push")
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains("exit 7"))
            #expect(try await checkout.state() == before)
            let plan = try checkout.root.appending("plan.json").readText()
            #expect(plan.contains("\"schema\" : \"tagboat.bump/1\"") && plan.contains("\"version\" : \"2.2.0\""))
        }
    }

    @Test func componentsAreReleasedByWhatTouchesThem() async throws {
        try await Checkout.with(version: nil) { checkout in
            _ = try checkout.folder.write("ui/VERSION", "1.4.0\n")
            _ = try checkout.folder.write("lib/VERSION", "0.9.0\n")
            _ = try checkout.folder.write("docs/VERSION", "3.0.0\n")
            _ = try checkout.folder.write(
                "tagboat.yaml",
                "components: { ui: { depends-on: [lib] }, lib: {}, docs: {} }\n"
            )
            try await checkout.commit("chore: start", at: 1)
            for tag in ["ui/v1.4.0", "lib/v0.9.0", "docs/v3.0.0"] { try await checkout.git("tag", tag) }
            _ = try checkout.folder.write("lib/code.txt", "a\n")
            try await checkout.commit("feat: a better hull", at: 2)
            let result = try await checkout.tagboat("bump", "auto", "--tag").requireSuccess()
            #expect(result.standardOutput == "lib 0.9.1\nui 1.4.1\n")
            #expect(
                result.standardError.contains("lib 0.9.0 → 0.9.1: patch (minor, lowered before 1.0.0), because 1 feat")
            )
            #expect(result.standardError.contains("ui 1.4.0 → 1.4.1: patch, because lib is released"))
            #expect(result.standardError.contains("docs stays 3.0.0"))
            #expect(try await checkout.git("log", "-1", "--format=%s") == "chore(release): lib 0.9.1, ui 1.4.1")
            #expect(try await checkout.git("tag", "--points-at", "HEAD").lines == ["lib/v0.9.1", "ui/v1.4.1"])
            #expect(try await checkout.tagboat("bump", "auto", "--component", "docs").standardOutput == "docs 3.0.0\n")
        }
    }

    @Test func everyComponentHasAChangelogOfItsOwn() async throws {
        try await Checkout.with(version: nil) { checkout in
            _ = try checkout.folder.write("ui/VERSION", "1.4.0\n")
            _ = try checkout.folder.write("lib/VERSION", "0.9.0\n")
            _ = try checkout.folder.write(
                "tagboat.yaml",
                "components: { ui: {}, lib: {} }\nbump: { changelog: true }\n"
            )
            try await checkout.commit("chore: start", at: 1)
            for tag in ["ui/v1.4.0", "lib/v0.9.0"] { try await checkout.git("tag", tag) }
            _ = try checkout.folder.write("lib/code.txt", "a\n")
            try await checkout.commit("feat: a better hull", at: 2)
            _ = try checkout.folder.write("ui/code.txt", "a\n")
            try await checkout.commit("fix: the mast", at: 3)
            try await checkout.tagboat("bump", "auto", "--tag").requireSuccess()
            let lib = try checkout.folder.appending("lib/CHANGELOG.md").readText()
            let ui = try checkout.folder.appending("ui/CHANGELOG.md").readText()
            #expect(lib.contains("## [0.9.1]") && lib.contains("a better hull") && !lib.contains("the mast"))
            #expect(ui.contains("## [1.4.1]") && ui.contains("the mast") && !ui.contains("a better hull"))
            let notes = try await checkout.tagboat("notes", "--component", "ui", "--source", "history")
            #expect(notes.standardOutput.contains("the mast") && !notes.standardOutput.contains("a better hull"))
        }
    }

    @Test func aVersionThatIsSetMustBeHigher() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.106")
            let lower = try await checkout.tagboat("bump", "--set", "2.0.0")
            #expect(lower.exitCode == 3 && lower.standardError.contains("2.0.0 is not higher than 2.1.106"))
            #expect(try await checkout.tagboat("bump", "--set", "2.0.0", "--force").standardOutput == "2.0.0\n")
            #expect(try await checkout.tagboat("bump", "--set", "3.0.0", "--build", "7").standardOutput == "3.0.0+7\n")
            #expect(try checkout.folder.appending("VERSION").readText() == "3.0.0+7\n")
        }
    }

    @Test(arguments: [
        ["bump"], ["bump", "minor", "--set", "3.0.0"], ["bump", "patch", "--force"], ["bump", "--set", "three"],
        ["bump", "minor", "--pre", "r c"], ["bump", "sideways"],
    ])
    func badInputIsRefused(arguments: [String]) async throws {
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat(arguments)
            #expect(result.exitCode == 2 && result.standardOutput.isEmpty && result.standardError.hasPrefix("error: "))
            #expect(try checkout.folder.appending("VERSION").readText() == "2.1.106\n")
        }
    }

    @Test func aShallowCloneIsRefusedWithTheCommandThatHelps() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.106")
            try await checkout.commit("feat: a", at: 2)
            try await run(
                "git",
                ["clone", "--quiet", "--depth=1", "file://\(checkout.folder.string)", "shallow"],
                in: checkout.root,
                environment: checkout.environment([:])
            ).requireSuccess()
            let folder = checkout.root.appending("shallow").string
            let refused = try await checkout.tagboat("-C", folder, "bump", "auto")
            #expect(refused.exitCode == 2 || refused.exitCode == 3)
            let result = try await checkout.tagboat("bump", "auto", "-C", folder)
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("git fetch --unshallow --tags"))
            let fetched = try await checkout.tagboat("bump", "auto", "-C", folder, "--fetch")
            #expect(fetched.exitCode == 0 && fetched.standardOutput == "2.2.0\n")
        }
    }
}

extension Checkout {
    /// Everything that a release changes.
    fileprivate func state() async throws -> [String] {
        [
            try await git("rev-parse", "HEAD"), try await git("for-each-ref"), try await git("status", "--porcelain"),
            try await git("ls-files", "--stage"), try folder.appending("VERSION").readText(),
        ]
    }
}
