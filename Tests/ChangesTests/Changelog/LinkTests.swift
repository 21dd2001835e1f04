import Testing
import Versioning

@testable import Changes

/// The links that stand at the end of a changelog.
@Suite struct ChangelogLinkTests {
    private static let acme = ForgeLinks(webAddress: "https://github.com/acme/ui")

    @Test func aNewVersionJoinsTheLinks() throws {
        let old = """
            ## [Unreleased]

            ## [2.1.0] - 2026-01-01

            [unreleased]: https://git.example.com/a/b/compare/v2.1.0...HEAD
            [2.1.0]: https://git.example.com/a/b/compare/v2.0.0...v2.1.0
            [2.0.0]: https://git.example.com/a/b/releases/tag/v2.0.0

            """
        let new = try inserted("2.2.0", into: old, previous: "2.1.0", links: Self.acme)
        #expect(
            new.hasSuffix(
                """
                [unreleased]: https://git.example.com/a/b/compare/v2.2.0...HEAD
                [2.2.0]: https://git.example.com/a/b/compare/v2.1.0...v2.2.0
                [2.1.0]: https://git.example.com/a/b/compare/v2.0.0...v2.1.0
                [2.0.0]: https://git.example.com/a/b/releases/tag/v2.0.0

                """
            )
        )
        #expect(try inserted("2.2.0", into: new, previous: "2.1.0", links: Self.acme) == new)
    }

    @Test func aBackportLeavesTheLinksOfOthers() throws {
        let old = """
            ## [2.2.0]

            ## [2.1.4]

            [Unreleased]: https://h.example/a/b/compare/v2.2.0...HEAD "what comes"
            [2.2.0]: https://h.example/a/b/compare/v2.1.4...v2.2.0
            [2.1.4]: https://h.example/a/b/compare/v2.1.3...v2.1.4
            """
        let new = try inserted("2.1.5", into: old, previous: "2.1.4")
        #expect(
            new.hasSuffix(
                """
                [Unreleased]: https://h.example/a/b/compare/v2.2.0...HEAD "what comes"
                [2.2.0]: https://h.example/a/b/compare/v2.1.4...v2.2.0
                [2.1.5]: https://h.example/a/b/compare/v2.1.4...v2.1.5
                [2.1.4]: https://h.example/a/b/compare/v2.1.3...v2.1.4
                """
            )
        )
    }

    @Test(arguments: [Forge.bitbucket, .bitbucketServer, .gitlab, .gitea])
    func everyForgeHasItsForm(forge: Forge) throws {
        let links = try #require(ForgeLinks(webAddress: "https://code.example.com/a/b", forge: forge))
        let old =
            "## [Unreleased]\n\n## [1.0.0]\n\n[Unreleased]: \(links.comparison(from: "v1.0.0", to: "HEAD"))\n"
            + "[1.0.0]: \(links.release("v1.0.0"))\n"
        let new = try inserted("1.1.0", into: old, previous: "1.0.0", links: links)
        #expect(
            new.hasSuffix(
                "[Unreleased]: \(links.comparison(from: "v1.1.0", to: "HEAD"))\n"
                    + "[1.1.0]: \(links.comparison(from: "v1.0.0", to: "v1.1.0"))\n"
                    + "[1.0.0]: \(links.release("v1.0.0"))\n"
            )
        )
    }

    @Test func aFileWithoutLinksGetsNone() throws {
        let old = "# C\n\n## 2.1.0\n\n- [x]\n\n[x]: https://example.com\n"
        let new = try inserted("2.2.0", into: old, previous: "2.1.0", links: Self.acme)
        #expect(!new.contains("github.com"))
        #expect(new.hasSuffix("[x]: https://example.com\n"))
    }

    @Test func theLastLineMayLackItsEnd() throws {
        let old = "## [2.0.0]\n\n[2.0.0]: https://h.example/a/b/compare/v1.0.0...v2.0.0"
        let new = try inserted("1.5.0", into: old, previous: "1.0.0")
        #expect(
            new.hasSuffix(
                "[2.0.0]: https://h.example/a/b/compare/v1.0.0...v2.0.0\n"
                    + "[1.5.0]: https://h.example/a/b/compare/v1.0.0...v1.5.0\n"
            )
        )
    }

    @Test func theStyleIsTheNeighbours() throws {
        for (heading, expected) in [
            ("## [2.1.0] - 2026-01-01", "[2.2.0] - 2026-02-02"),
            ("## 2.1.0 (2026-01-01)", "2.2.0 (2026-02-02)"),
            ("## v2.1.0", "v2.2.0 - 2026-02-02"),
            ("## [v2.1.0](https://h/c) – 2026-01-01", "[v2.2.0](https://x) – 2026-02-02"),
            ("## Version 2.1.0: the one", "2.2.0 - 2026-02-02"),
            ("# Text", "[2.2.0] - 2026-02-02"),
        ] {
            let document = ChangelogDocument(parsing: Array("\(heading)\n".utf8))
            let version = try VersionScheme.semantic.version("2.2.0")
            let style = document.style(around: version)
            #expect(style.text(version, date: "2026-02-02", address: "https://x") == expected)
        }
    }

    @Test func notesKeepTheLinksThatTheyUse() throws {
        let text =
            "## [2.1.0] - 2026-01-01\r\n\r\n- See [docs] and [2.0.0]\r\n\r\n## [2.0.0]\r\n\r\n"
            + "[2.1.0]: https://h/1\r\n[2.0.0]: https://h/0\r\n[docs]: https://h/d\r\n"
        let document = ChangelogDocument(parsing: Array(text.utf8))
        let section = try #require(document.section(of: try VersionScheme.semantic.version("2.1.0")))
        #expect(document.text(of: section) == "- See [docs] and [2.0.0]\n\n[2.0.0]: https://h/0\n[docs]: https://h/d")
        #expect(section.heading.day == "2026-01-01")
    }
}
