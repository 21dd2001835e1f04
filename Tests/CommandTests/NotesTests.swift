import SystemPackage
import TestSupport
import Testing

/// `tagboat notes`.
@Suite struct NotesTests {
    @Test func tellsOfTheReleaseAtHand() async throws {
        try await ChangelogTests.with { checkout in
            // Before any tag at HEAD it is the last release.
            let before = try await checkout.tagboat("notes").standardOutput
            #expect(before.hasPrefix("### Added\n\n- **api:** list images ("))
            #expect(
                before.hasSuffix(
                    "\n\n**All changes:** [v1.0.0…v1.1.0](https://github.com/acme/gallery-ui/compare/v1.0.0...v1.1.0)\n"
                )
            )
            try await checkout.git("tag", "v2.0.0")
            let result = try await checkout.tagboat("notes")
            #expect(result.standardOutput.hasPrefix("### Breaking changes\n\n- **api:** drop v1 ("))
            #expect(result.standardOutput == (try await checkout.tagboat("notes", "v2.0.0").standardOutput))
        }
    }

    @Test func plainTextIsPlain() async throws {
        try await ChangelogTests.with { checkout in
            let hash = try await checkout.git("rev-parse", "--short=7", "HEAD")
            let result = try await checkout.tagboat("notes", "--unreleased", "--format", "text", "--authors")
            #expect(
                result.standardOutput == """
                    Unreleased

                    Breaking changes:
                    - api: drop v1 (\(hash)), by Ada
                      call `/v2` instead

                    All changes: https://github.com/acme/gallery-ui/compare/v1.1.0...HEAD

                    """
            )
        }
    }

    @Test func peoplesWordsGoFirst() async throws {
        try await ChangelogTests.with { checkout in
            _ = try checkout.folder.write(
                "CHANGELOG.md",
                "# C\n\n## [1.1.0] - 2026-07-06\n\nFind images with [the list].\n\n## 1.0.0\n\n[the list]: https://example.com/list\n"
            )
            let written =
                "Find images with [the list].\n\n[the list]: https://example.com/list\n\n**All changes:** "
                + "[v1.0.0…v1.1.0](https://github.com/acme/gallery-ui/compare/v1.0.0...v1.1.0)\n"
            #expect(try await checkout.tagboat("notes", "1.1.0").standardOutput == written)
            #expect(try await checkout.tagboat("notes", "1.1.0", "--source", "file").standardOutput == written)
            let history = try await checkout.tagboat("notes", "1.1.0", "--source", "history").standardOutput
            #expect(history.hasPrefix("### Added\n"))
            // An empty section says nothing.
            #expect(try await checkout.tagboat("notes", "1.0.0").standardOutput.hasPrefix("### Added\n\n- first page"))
            let absent = try await checkout.tagboat("notes", "1.0.0", "--source", "file")
            #expect(absent.exitCode == 2)
            #expect(absent.standardError.hasPrefix("error: CHANGELOG.md says nothing of 1.0.0\nhint: "))
            let json = try await checkout.tagboat("notes", "1.1.0", "--format", "json").standardOutput
            #expect(json.contains("\"schema\" : \"tagboat.notes/1\"") && json.contains("\"source\" : \"file\""))
        }
    }

    @Test func aVersionThatIsNotThereIsSaid() async throws {
        try await ChangelogTests.with { checkout in
            let result = try await checkout.tagboat("notes", "3.0.0")
            #expect(result.exitCode == 2 && result.standardOutput.isEmpty)
            #expect(
                result.standardError == """
                    error: there is no release 3.0.0: no git tag names it, such as v3.0.0
                    hint: fetch the tags with `git fetch --tags`, or see what is unreleased with --unreleased

                    """
            )
        }
    }

    @Test func aReleaseWithoutNewsSaysSo() async throws {
        try await ChangelogTests.with { checkout in
            try await checkout.commit("chore: tidy", at: 8)
            try await checkout.git("tag", "v2.0.0", "HEAD~1")
            try await checkout.git("tag", "v2.0.1")
            let result = try await checkout.tagboat("notes", "2.0.1", "--quiet")
            #expect(result.standardOutput.hasPrefix("No notable changes.\n\n**All changes:** [v2.0.0…v2.0.1]("))
        }
    }
}
