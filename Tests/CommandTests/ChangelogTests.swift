import SystemPackage
import TestSupport
import Testing

/// `tagboat changelog`.
@Suite struct ChangelogTests {
    /// A checkout whose history is always the same.
    static func with(_ body: (Checkout) async throws -> Void) async throws {
        try await Checkout.with { checkout in
            try await checkout.git("remote", "add", "origin", "https://ada:secret@github.com/acme/gallery-ui.git")
            try await checkout.commit("feat: first page", at: 2)
            try await checkout.git("tag", "-a", "-m", "1.0.0", "v1.0.0", at: 3)
            try await checkout.commit("feat(api): list images (#12)", at: 4)
            try await checkout.commit("docs: how to list", at: 4)
            try await checkout.commit("fix: crash on <empty> [list]\n\nCloses: #14", at: 5)
            try await checkout.git("tag", "-a", "-m", "1.1.0", "v1.1.0", at: 6)
            try await checkout.commit("feat(api)!: drop v1\n\nBREAKING CHANGE: call `/v2` instead", at: 7)
            try await body(checkout)
        }
    }

    /// The short hashes of commits, by message.
    private static func hash(_ message: String, in checkout: Checkout) async throws -> String {
        try await checkout.git("log", "--all", "--format=%H", "--fixed-strings", "--grep=\(message)")
    }

    private static func link(_ message: String, in checkout: Checkout) async throws -> String {
        let hash = try await hash(message, in: checkout)
        return "[\(hash.prefix(7))](https://github.com/acme/gallery-ui/commit/\(hash))"
    }

    @Test func printsTheWholeChangelog() async throws {
        try await Self.with { checkout in
            let result = try await checkout.tagboat("changelog")
            #expect(result.exitCode == 0 && result.standardError.isEmpty)
            #expect(
                result.standardOutput == """
                    # Changelog

                    All notable changes are written here, in the form of
                    [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).

                    ## [Unreleased]

                    ### Breaking changes

                    - **api:** drop v1 (\(try await Self.link("drop v1", in: checkout)))

                      call `/v2` instead

                    ## [1.1.0] - 2026-07-06

                    ### Added

                    - **api:** list images ([#12](https://github.com/acme/gallery-ui/issues/12)) \
                    (\(try await Self.link("list images", in: checkout)))

                    ### Fixed

                    - crash on \\<empty\\> \\[list\\] (\(try await Self.link("crash", in: checkout)), \
                    [#14](https://github.com/acme/gallery-ui/issues/14))

                    ## [1.0.0] - 2026-07-03

                    ### Added

                    - first page (\(try await Self.link("first page", in: checkout)))

                    [Unreleased]: https://github.com/acme/gallery-ui/compare/v1.1.0...HEAD
                    [1.1.0]: https://github.com/acme/gallery-ui/compare/v1.0.0...v1.1.0
                    [1.0.0]: https://github.com/acme/gallery-ui/releases/tag/v1.0.0

                    """
            )
            #expect(!result.standardOutput.contains("secret"))
            // What it prints is a changelog, to which nothing is missing.
            _ = try checkout.folder.write("CHANGELOG.md", result.standardOutput)
            let again = try await checkout.tagboat("changelog", "--write")
            #expect(again.standardError == "CHANGELOG.md: nothing to add\n")
            #expect(try checkout.folder.appending("CHANGELOG.md").readText() == result.standardOutput)
        }
    }

    @Test func writesTheVersionToBeReleased() async throws {
        try await Self.with { checkout in
            let old = """
                # Our changelog\r
                \r
                ## [Unreleased]\r
                ### Breaking changes\r
                * The old page is gone\r
                \r
                ## [1.1.0] - 2026-07-06\r
                * Ours\r
                \r
                [unreleased]: https://github.com/acme/gallery-ui/compare/v1.1.0...HEAD\r

                """
            _ = try checkout.folder.write("CHANGELOG.md", old)
            let arguments = ["changelog", "--write", "--version", "2.0.0"]
            let result = try await checkout.tagboat(arguments, environment: ["SOURCE_DATE_EPOCH": "1785000000"])
            #expect(result.exitCode == 0 && result.standardOutput.isEmpty)
            #expect(result.standardError == "CHANGELOG.md: wrote 2.0.0\n")
            let new = try checkout.folder.appending("CHANGELOG.md").readText()
            #expect(
                new == """
                    # Our changelog\r
                    \r
                    ## [Unreleased]\r
                    \r
                    ## [2.0.0] - 2026-07-25\r
                    ### Breaking changes\r
                    * The old page is gone\r
                    * **api:** drop v1 (\(try await Self.link("drop v1", in: checkout)))\r
                    \r
                      call `/v2` instead\r
                    \r
                    ## [1.1.0] - 2026-07-06\r
                    * Ours\r
                    \r
                    [unreleased]: https://github.com/acme/gallery-ui/compare/v2.0.0...HEAD\r
                    [2.0.0]: https://github.com/acme/gallery-ui/compare/v1.1.0...v2.0.0\r

                    """
            )
            let again = try await checkout.tagboat(arguments)
            #expect(again.standardError == "CHANGELOG.md: nothing to add\n")
            #expect(try checkout.folder.appending("CHANGELOG.md").readText() == new)
        }
    }

    @Test func addsMissingReleasesWithoutTakingWhatIsUnreleased() async throws {
        try await Self.with { checkout in
            _ = try checkout.folder.write("CHANGELOG.md", "# C\n\n## Unreleased\n\n- Ours\n\n## 1.0.0\n\n- Old\n")
            let dry = try await checkout.tagboat("changelog", "--write", "--dry-run")
            #expect(try checkout.folder.appending("CHANGELOG.md").readText().contains("1.1.0") == false)
            let result = try await checkout.tagboat("changelog", "--write")
            #expect(result.standardError == "CHANGELOG.md: wrote 1.1.0\n")
            let new = try checkout.folder.appending("CHANGELOG.md").readText()
            #expect(new == dry.standardOutput)
            #expect(
                new.hasPrefix("# C\n\n## Unreleased\n\n- Ours\n\n## 1.1.0 - 2026-07-06\n\n### Added\n\n- **api:** ")
            )
            #expect(new.hasSuffix("\n\n## 1.0.0\n\n- Old\n"))
        }
    }

    @Test func addsToWhatIsUnreleasedOnce() async throws {
        try await Self.with { checkout in
            for expected in ["CHANGELOG.md: wrote Unreleased\n", "CHANGELOG.md: nothing to add\n"] {
                let result = try await checkout.tagboat("changelog", "--write", "--unreleased")
                #expect(result.standardError == expected)
            }
            let text = try checkout.folder.appending("CHANGELOG.md").readText()
            #expect(text.lines.count { $0.contains("drop v1") } == 1)
            // The release then takes it, and tells it once.
            try await checkout.tagboat("changelog", "--write", "--version", "2.0.0").requireSuccess()
            let released = try checkout.folder.appending("CHANGELOG.md").readText()
            #expect(released.lines.count { $0.contains("drop v1") } == 1)
            #expect(released.contains("## [Unreleased]\n\n## [2.0.0] - 2026-07-07\n\n### Breaking changes\n"))
        }
    }

    @Test func replacesASectionOnlyWhenTold() async throws {
        try await Self.with { checkout in
            _ = try checkout.folder.write("CHANGELOG.md", "# C\n\n## 1.1.0\n\nOurs\n")
            try await checkout.tagboat("changelog", "--write", "--version", "1.1.0").requireSuccess()
            #expect(try checkout.folder.appending("CHANGELOG.md").readText() == "# C\n\n## 1.1.0\n\nOurs\n")
            try await checkout.tagboat("changelog", "--write", "--version", "1.1.0", "--replace").requireSuccess()
            let text = try checkout.folder.appending("CHANGELOG.md").readText()
            #expect(text.hasPrefix("# C\n\n## 1.1.0 - 2026-07-06\n\n### Added\n") && !text.contains("Ours"))
        }
    }

    @Test func printsPartsOfIt() async throws {
        try await Self.with { checkout in
            let since = try await checkout.tagboat("changelog", "--since", "1.0.0").standardOutput
            #expect(since.contains("## [1.1.0]") && !since.contains("## [1.0.0]"))
            let one = try await checkout.tagboat("changelog", "--version", "v1.0.0").standardOutput
            #expect(one.hasPrefix("## [1.0.0] - 2026-07-03\n\n### Added\n\n- first page ("))
            let all = try await checkout.tagboat("changelog", "--version", "1.1.0", "--all", "--authors").standardOutput
            #expect(all.contains("### Other changes\n\n- how to list (") && all.contains("), by Ada\n"))
        }
    }

    @Test func theConfigurationDecides() async throws {
        try await Self.with { checkout in
            _ = try checkout.folder.write(
                "tagboat.yaml",
                """
                templates: ours
                changelog:
                  file: docs/CHANGES.md
                  forge: gitlab
                  url: https://code.example.com/acme/web/ui
                  sections: { docs: Guide, feat: "" }

                """
            )
            _ = try checkout.folder.write("ours/changelog.entry.mustache", "* {{{summary}}} {{{commit}}}\n")
            _ = try checkout.folder.makeDirectory("docs")
            let hash = try await Self.hash("how to list", in: checkout)
            try await checkout.tagboat("changelog", "--write").requireSuccess()
            let text = try checkout.folder.appending("docs/CHANGES.md").readText()
            #expect(
                text.contains(
                    "### Guide\n\n* how to list [\(hash.prefix(7))](https://code.example.com/acme/web/ui/-/commit/\(hash))\n"
                )
            )
            #expect(!text.contains("list images"))
            #expect(text.contains("[1.1.0]: https://code.example.com/acme/web/ui/-/compare/v1.0.0...v1.1.0\n"))
        }
    }

    @Test func aNewFileGoesToTheTopOfTheWorkTree() async throws {
        try await Self.with { checkout in
            _ = try checkout.folder.makeDirectory("sub")
            try await checkout.tagboat("changelog", "-C", "sub", "--write").requireSuccess()
            #expect(try checkout.folder.appending("CHANGELOG.md").readText().contains("## [1.1.0]"))
        }
    }

    @Test func aHistoryWithoutTypesIsExplained() async throws {
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat("changelog", "--version", "1.0.0")
            #expect(result.standardOutput == "## [1.0.0] - 2026-07-01\n")
            #expect(
                result.standardError.hasPrefix("warning: no commit is of a type that the changelog tells of\nhint: ")
            )
        }
    }

    @Test(arguments: [
        (["--unreleased", "--version", "1.0.0"], "error: --unreleased and --version exclude each other\n"),
        (["--replace"], "error: --replace is for --write\n"),
        (["--write", "--format", "json"], "error: --format json is not for --write\n"),
        (["--since", "9.9.9"], "error: \"9.9.9\" is neither a released version nor a commit\n"),
        (["--version", "one"], "error: \"one\" is not a semantic version"),
    ])
    func saysWhatIsWrong(arguments: [String], message: String) async throws {
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat(["changelog"] + arguments)
            #expect(result.exitCode == 2 && result.standardOutput.isEmpty)
            #expect(result.standardError.hasPrefix(message), "\(result.standardError)")
        }
    }

    @Test func aTemplateWithoutAHeadingIsRefused() async throws {
        try await Self.with { checkout in
            _ = try checkout.folder.write("ours/changelog.section.mustache", "{{version}}\n")
            let result = try await checkout.tagboat("changelog", "--write", "--templates", "ours")
            #expect(result.exitCode == 2)
            #expect(result.standardError.hasPrefix("error: the section of 1.0.0 does not begin with a heading"))
        }
    }

    @Test func aShallowCloneIsRefusedWithWhatHelps() async throws {
        try await Self.with { checkout in
            let clone = checkout.root.appending("clone")
            try await checkout.git("clone", "--quiet", "--depth", "1", "file://\(checkout.folder)", clone.string)
            let result = try await checkout.tagboat("changelog", "-C", clone.string)
            #expect(result.exitCode == 3 && result.standardOutput.isEmpty)
            #expect(result.standardError.contains("hint: fetch the rest with `git fetch --unshallow --tags`"))
        }
    }

    @Test func jsonTellsTheSame() async throws {
        try await Self.with { checkout in
            let result = try await checkout.tagboat("changelog", "--version", "1.1.0", "--format", "json")
            let hash = try await Self.hash("crash", in: checkout)
            let json = result.standardOutput
            for line in [
                "\"schema\" : \"tagboat.changelog/1\"", "\"version\" : \"1.1.0\"", "\"date\" : \"2026-07-06\"",
                "\"comparison\" : \"https://github.com/acme/gallery-ui/compare/v1.0.0...v1.1.0\"",
                "\"summary\" : \"crash on <empty> [list]\"", "\"commit\" : \"\(hash)\"", "\"#14\"",
                "\"previousTag\" : \"v1.0.0\"", "\"title\" : \"Fixed\"",
            ] {
                #expect(json.contains(line), "\(line)")
            }
        }
    }
}
