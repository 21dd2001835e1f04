import Testing
import Versioning

@testable import Changes

/// Where a section goes, in the shapes that changelogs have.
@Suite struct InsertionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let old: String
        let version: String
        let new: String
        var releasing = true
    }

    static let places: [Case] = [
        Case(
            testDescription: "no file at all",
            old: "",
            version: "1.0.0",
            new: "## 1.0.0\n\n### Added\n\n- News (abc1234)\n"
        ),
        Case(
            testDescription: "a title alone",
            old: "# Changelog\n",
            version: "1.0.0",
            new: "# Changelog\n\n## 1.0.0\n\n### Added\n\n- News (abc1234)\n"
        ),
        Case(
            testDescription: "a title without a line end",
            old: "# Changelog",
            version: "1.0.0",
            new: "# Changelog\n\n## 1.0.0\n\n### Added\n\n- News (abc1234)\n"
        ),
        Case(
            testDescription: "above the last version",
            old: "# C\n\n## [2.1.0] - 2026-01-01\n\n- x\n",
            version: "2.2.0",
            new: "# C\n\n## 2.2.0\n\n### Added\n\n- News (abc1234)\n\n## [2.1.0] - 2026-01-01\n\n- x\n"
        ),
        Case(
            testDescription: "a backport, above its line and below the next",
            old: "## 2.2.0\n\n- y\n\n## v2.1.4 (2026-01-01)\n\n- x\n",
            version: "2.1.5",
            new: "## 2.2.0\n\n- y\n\n## 2.1.5\n\n### Added\n\n- News (abc1234)\n\n## v2.1.4 (2026-01-01)\n\n- x\n"
        ),
        Case(
            testDescription: "a prerelease below its release",
            old: "## 2.2.0\n\n## 2.1.0\n",
            version: "2.2.0-rc.1",
            new: "## 2.2.0\n\n## 2.2.0-rc.1\n\n### Added\n\n- News (abc1234)\n\n## 2.1.0\n"
        ),
        Case(
            testDescription: "the lowest, behind the others and before the links",
            old: "## [2.0.0]\n\n- x\n\n[2.0.0]: https://h/o/r/compare/v1.0.0...v2.0.0\n",
            version: "1.0.0",
            new: "## [2.0.0]\n\n- x\n\n## 1.0.0\n\n### Added\n\n- News (abc1234)\n\n"
                + "[2.0.0]: https://h/o/r/compare/v1.0.0...v2.0.0\n"
        ),
        Case(
            testDescription: "the oldest first",
            old: "## 1.0.0\n\n- x\n\n## 1.1.0\n\n- y\n",
            version: "1.2.0",
            new: "## 1.0.0\n\n- x\n\n## 1.1.0\n\n- y\n\n## 1.2.0\n\n### Added\n\n- News (abc1234)\n"
        ),
        Case(
            testDescription: "below Unreleased",
            old: "# C\n\n## [Unreleased]\n\n## 2.1.0\n",
            version: "2.2.0",
            new: "# C\n\n## [Unreleased]\n\n## 2.2.0\n\n### Added\n\n- News (abc1234)\n\n## 2.1.0\n"
        ),
        Case(
            testDescription: "headings in code and comments are none",
            old: "# C\n\n```\n## 9.0.0\n```\n\n<!--\n## 8.0.0\n-->\n\n- ~~~\n## 7.0.0\n~~~\n\n## 2.1.0\n",
            version: "2.2.0",
            new: "# C\n\n```\n## 9.0.0\n```\n\n<!--\n## 8.0.0\n-->\n\n- ~~~\n## 7.0.0\n~~~\n\n"
                + "## 2.2.0\n\n### Added\n\n- News (abc1234)\n\n## 2.1.0\n"
        ),
        Case(
            testDescription: "underlined headings",
            old: "Changelog\n=========\n\n2.1.0 - 2026-01-01\n------------------\n\n- x\n",
            version: "2.2.0",
            new: "Changelog\n=========\n\n## 2.2.0\n\n### Added\n\n- News (abc1234)\n\n"
                + "2.1.0 - 2026-01-01\n------------------\n\n- x\n"
        ),
        Case(
            testDescription: "Windows line ends and a byte order mark",
            old: "\u{FEFF}# C\r\n\r\n## 2.1.0\r\n\r\n- x\r\n",
            version: "2.2.0",
            new: "\u{FEFF}# C\r\n\r\n## 2.2.0\r\n\r\n### Added\r\n\r\n- News (abc1234)\r\n\r\n## 2.1.0\r\n\r\n- x\r\n"
        ),
        Case(
            testDescription: "a byte order mark right before the versions",
            old: "\u{FEFF}## 2.1.0\n",
            version: "2.2.0",
            new: "\u{FEFF}## 2.2.0\n\n### Added\n\n- News (abc1234)\n\n## 2.1.0\n"
        ),
        Case(
            testDescription: "small headings for patches",
            old:
                "# C\n\n### [2.1.1](https://h/c) (2026-01-02)\n\n\n### Bug Fixes\n\n* x\n\n## [2.1.0](https://h/c) (2026-01-01)\n",
            version: "2.2.0",
            new: "# C\n\n## 2.2.0\n\n### Added\n\n- News (abc1234)\n\n### [2.1.1](https://h/c) (2026-01-02)\n\n\n"
                + "### Bug Fixes\n\n* x\n\n## [2.1.0](https://h/c) (2026-01-01)\n"
        ),
        Case(
            testDescription: "headings that are no versions stay where they are",
            old: "# C\n\n## About\n\ntext\n\n## 2.1.0\n\n## Older\n\nlost\n",
            version: "2.0.0",
            new:
                "# C\n\n## About\n\ntext\n\n## 2.1.0\n\n## 2.0.0\n\n### Added\n\n- News (abc1234)\n\n## Older\n\nlost\n"
        ),
        Case(
            testDescription: "versions with numbers left out",
            old: "## 2.1\n\n- x\n\n## 2\n",
            version: "2.0.5",
            new: "## 2.1\n\n- x\n\n## 2.0.5\n\n### Added\n\n- News (abc1234)\n\n## 2\n"
        ),
        Case(
            testDescription: "a withdrawn version",
            old: "## [2.1.0] - 2026-01-01 [YANKED]\n\n- x\n",
            version: "2.2.0",
            new: "## 2.2.0\n\n### Added\n\n- News (abc1234)\n\n## [2.1.0] - 2026-01-01 [YANKED]\n\n- x\n"
        ),
        Case(
            testDescription: "what is there already stays",
            old: "## 2.2.0\n\nOur words\n",
            version: "2.2.0",
            new: "## 2.2.0\n\nOur words\n"
        ),
    ]

    @Test(arguments: places)
    func goesWhereItsVersionBelongs(shape: Case) throws {
        let new = try inserted(shape.version, into: shape.old)
        #expect(new == shape.new)
        #expect(try inserted(shape.version, into: new) == new)
    }

    static let unreleased: [Case] = [
        Case(
            testDescription: "people's entries move, and ours join them",
            old: "## [Unreleased]\n\n### Added\n\n- Ours\n\n## 1.0.0\n",
            version: "1.1.0",
            new: "## [Unreleased]\n\n## 1.1.0\n\n### Added\n\n- Ours\n- News (abc1234)\n\n## 1.0.0\n"
        ),
        Case(
            testDescription: "without blank lines, as some write",
            old: "## [Unreleased]\n### Added\n* Ours\n  and more\n### Fixed\n* Bug\n## 1.0.0\n* x\n",
            version: "1.1.0",
            new: "## [Unreleased]\n\n## 1.1.0\n### Added\n* Ours\n  and more\n* News (abc1234)\n### Fixed\n* Bug\n\n"
                + "## 1.0.0\n* x\n"
        ),
        Case(
            testDescription: "a text, and titles that we do not have",
            old: "## Unreleased\n\nA word first.\n\n### Removed\n\n- Old\n\n## 1.0.0\n",
            version: "1.1.0",
            new:
                "## Unreleased\n\n## 1.1.0\n\nA word first.\n\n### Added\n\n- News (abc1234)\n\n### Removed\n\n- Old\n\n"
                + "## 1.0.0\n"
        ),
        Case(
            testDescription: "a list without a title",
            old: "## Unreleased\n\n- Ours\n",
            version: "1.1.0",
            new: "## Unreleased\n\n## 1.1.0\n\n- Ours\n\n### Added\n\n- News (abc1234)\n"
        ),
        Case(
            testDescription: "what people copied is not told twice",
            old: "## Unreleased\n\n### Added\n\n- news\n\n## 1.0.0\n",
            version: "1.1.0",
            new: "## Unreleased\n\n## 1.1.0\n\n### Added\n\n- news\n\n## 1.0.0\n"
        ),
        Case(
            testDescription: "what people said better of the same commit stands for it, under any title",
            old: "## Unreleased\n\n### Changed\n\n- Much better ([abc1234](https://h/abc1234))\n",
            version: "1.1.0",
            new: "## Unreleased\n\n## 1.1.0\n\n### Changed\n\n- Much better ([abc1234](https://h/abc1234))\n"
        ),
        Case(
            testDescription: "the same words of another commit are another entry",
            old: "## Unreleased\n\n### Added\n\n- News (def5678)\n",
            version: "1.1.0",
            new: "## Unreleased\n\n## 1.1.0\n\n### Added\n\n- News (def5678)\n- News (abc1234)\n"
        ),
        Case(
            testDescription: "what guides the writers stays",
            old: "## [Unreleased]\n\n<!-- one line each,\nplease -->\n\n### Added\n\n- Ours\n\n### Fixed\n\n## 1.0.0\n",
            version: "1.1.0",
            new: "## [Unreleased]\n\n<!-- one line each,\nplease -->\n\n### Fixed\n\n## 1.1.0\n\n### Added\n\n- Ours\n"
                + "- News (abc1234)\n\n## 1.0.0\n"
        ),
        Case(
            testDescription: "code under Unreleased moves whole",
            old: "## Unreleased\n\n```sh\n### Added\n## 9.9.9\n```\n\n## 1.0.0\n",
            version: "1.1.0",
            new: "## Unreleased\n\n## 1.1.0\n\n```sh\n### Added\n## 9.9.9\n```\n\n### Added\n\n- News (abc1234)\n\n"
                + "## 1.0.0\n"
        ),
        Case(
            testDescription: "a version that is announced",
            old: "## [1.1.0] - Unreleased\n\n### Added\n\n- Ours\n\n## 1.0.0\n",
            version: "1.1.0",
            new: "## 1.1.0\n\n### Added\n\n- Ours\n- News (abc1234)\n\n## 1.0.0\n"
        ),
        Case(
            testDescription: "an older version takes nothing that is not its own",
            old: "## [Unreleased]\n\n- Ours\n\n## 1.0.0\n",
            version: "0.9.0",
            new: "## [Unreleased]\n\n- Ours\n\n## 1.0.0\n\n## 0.9.0\n\n### Added\n\n- News (abc1234)\n",
            releasing: false
        ),
        Case(
            testDescription: "Windows line ends",
            old: "## [Unreleased]\r\n\r\n### Added\r\n\r\n- Ours\r\n\r\n## 1.0.0\r\n",
            version: "1.1.0",
            new:
                "## [Unreleased]\r\n\r\n## 1.1.0\r\n\r\n### Added\r\n\r\n- Ours\r\n- News (abc1234)\r\n\r\n## 1.0.0\r\n"
        ),
    ]

    @Test(arguments: unreleased)
    func takesWhatIsUnreleased(shape: Case) throws {
        let new = try inserted(shape.version, into: shape.old, releasing: shape.releasing)
        #expect(new == shape.new)
        #expect(try inserted(shape.version, into: new, releasing: shape.releasing) == new)
    }

    @Test func replacesOnlyWhenTold() throws {
        let old = "# C\n\n## 2.2.0\n\nOurs\n\n## 2.1.0\n\n- x\n"
        var document = ChangelogDocument(parsing: Array(old.utf8))
        let addition = try addition("2.2.0")
        #expect(try document.insert(addition) == .unchanged)
        #expect(document.bytes == Array(old.utf8))
        #expect(try document.insert(addition, replacing: true) == .replaced)
        #expect(
            String(decoding: document.bytes, as: UTF8.self)
                == "# C\n\n## 2.2.0\n\n### Added\n\n- News (abc1234)\n\n## 2.1.0\n\n- x\n"
        )
    }

    @Test func bytesThatAreNotTextStay() throws {
        let bytes = Array("# C\n\n## 2.1.0\n\n- caf".utf8) + [0xE9, 0x0A]
        var document = ChangelogDocument(parsing: bytes)
        try document.insert(try addition("2.2.0"))
        #expect(document.bytes.suffix(19) == bytes.suffix(19))
    }

    @Test(arguments: ["## 2.3.0\n\n- x\n", "- x\n", "", "text\n\n## 2.2.0\n"])
    func refusesWhatCouldNotBeFoundAgain(text: String) throws {
        var document = ChangelogDocument(parsing: [])
        let addition = ChangelogAddition(
            version: try VersionScheme.semantic.version("2.2.0"),
            text: text,
            tag: "v2.2.0",
            previousTag: nil
        )
        #expect(throws: ChangelogError.noHeading(addition.version)) { try document.insert(addition) }
    }

    @Test func addsToWhatIsUnreleasedOnce() {
        let text = "## [Unreleased]\n\n### Added\n\n- News (abc1234)\n"
        for (old, new) in [
            ("# C\n\n## 1.0.0\n", "# C\n\n## [Unreleased]\n\n### Added\n\n- News (abc1234)\n\n## 1.0.0\n"),
            (
                "# C\n\n## unreleased\n\n- Ours\n\n## 1.0.0\n",
                "# C\n\n## unreleased\n\n- Ours\n\n### Added\n\n- News (abc1234)\n\n## 1.0.0\n"
            ),
            ("## [Unreleased]", "## [Unreleased]\n\n### Added\n\n- News (abc1234)\n"),
        ] {
            var document = ChangelogDocument(parsing: Array(old.utf8))
            document.addUnreleased(text)
            #expect(String(decoding: document.bytes, as: UTF8.self) == new)
            #expect(document.addUnreleased(text) == .unchanged)
            var again = ChangelogDocument(parsing: document.bytes)
            again.addUnreleased(text)
            #expect(again.bytes == document.bytes)
        }
    }
}

func addition(_ version: String, previous: String? = nil) throws -> ChangelogAddition {
    ChangelogAddition(
        version: try VersionScheme.semantic.version(version),
        text: "## \(version)\n\n### Added\n\n- News (abc1234)\n",
        tag: "v\(version)",
        previousTag: previous.map { "v\($0)" }
    )
}

func inserted(
    _ version: String,
    into old: String,
    previous: String? = nil,
    releasing: Bool = true,
    links: ForgeLinks? = nil
) throws -> String {
    var document = ChangelogDocument(parsing: Array(old.utf8))
    try document.insert(try addition(version, previous: previous), releasing: releasing, links: links)
    return String(decoding: document.bytes, as: UTF8.self)
}
