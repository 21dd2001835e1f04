import Testing
import Versioning

@testable import Changes

/// What must be so for every file, made from pieces that changelogs have.
@Suite struct ChangelogPropertyTests {
    private static let pieces = [
        "# Changelog\n", "\n", "\r\n", "text", "- entry\n", "* entry (abc1234)\n", "  more\n", "### Added\n",
        "### Fixed\r\n", "## [Unreleased]\n", "## 2.1.0\n", "## [2.0.0] - 2026-01-01\r\n", "## v1.9.0 (2025-01-01)\n",
        "2.0.5\n-----\n", "# 1.0.0\n", "### 1.5.0 (2025-01-01)\n", "## Other\n", "```\n", "~~~~\n", "<!--\n", "-->\n",
        "[2.0.0]: https://h/o/r/compare/v1.0.0...v2.0.0\n", "[unreleased]: https://h/o/r/compare/v2.1.0...HEAD\n",
        "[docs]: https://h\n", "\u{FEFF}", "    ## 3.0.0\n", "é\n", "## 2.2.0\n", "## [2.2.0] - Unreleased\n", " ",
    ]

    private static func file(_ random: inout Pieces) -> [UInt8] {
        (0..<random.next(14)).flatMap { _ in Array(pieces[random.next(pieces.count)].utf8) }
    }

    @Test(arguments: 0..<10)
    func printsWhatItReads(round: Int) {
        var random = Pieces(state: UInt64(round) + 1)
        for _ in 0..<100 {
            let file = Self.file(&random)
            #expect(ChangelogDocument(parsing: file).bytes == file)
            #expect(ChangelogBody(file).bytes == file)
        }
    }

    @Test(arguments: 0..<10, [false, true])
    func insertingTwiceIsInsertingOnce(round: Int, releasing: Bool) throws {
        var random = Pieces(state: UInt64(round) + 1000)
        let forge = ForgeLinks(webAddress: "https://github.com/acme/ui")
        for _ in 0..<40 {
            let file = Self.file(&random)
            // What is in open code or an open comment at the end takes in all that follows.
            if Self.isOpen(file) { continue }
            var document = ChangelogDocument(parsing: file)
            let isThere = document.section(of: try VersionScheme.semantic.version("2.2.0")).map {
                !$0.heading.isPending
            }
            let addition = try addition("2.2.0", previous: "2.1.0")
            try document.insert(addition, releasing: releasing, links: forge)
            let once = document.bytes
            if isThere ?? false { #expect(once == file) }
            var again = ChangelogDocument(parsing: once)
            try again.insert(addition, releasing: releasing, links: forge)
            #expect(again.bytes == once, "\(String(decoding: file, as: UTF8.self).debugDescription)")
            #expect(again.section(of: addition.version) != nil)
        }
    }

    @Test(arguments: 0..<10, [false, true])
    func nothingOfPeopleIsLost(round: Int, releasing: Bool) throws {
        var random = Pieces(state: UInt64(round) + 5000)
        for _ in 0..<40 {
            let file = Self.file(&random)
            if Self.isOpen(file) { continue }
            var document = ChangelogDocument(parsing: file)
            try document.insert(try addition("2.2.0", previous: "2.1.0"), releasing: releasing)
            let before = Self.lines(file)
            let after = Self.lines(document.bytes)
            for (line, count) in before where !line.contains("[unreleased]:") && !line.hasPrefix("## [2.2.0] - U") {
                #expect(after[line, default: 0] >= count, "\(line) of \(String(decoding: file, as: UTF8.self))")
            }
        }
    }

    /// How often each line is there, without blank ones.
    private static func lines(_ bytes: [UInt8]) -> [String: Int] {
        MarkdownLine.lines(of: bytes[...]).filter { !$0.isBlank }.reduce(into: [:]) { $0[$1.text, default: 0] += 1 }
    }

    private static func isOpen(_ bytes: [UInt8]) -> Bool {
        let end = Array("\n\nend\n".utf8)
        let document = ChangelogDocument(parsing: bytes)
        let parts = [document.preamble] + document.sections.map(\.body)
        return parts.contains { part in MarkdownLine.lines(of: (part + end)[...]).last?.isOpaque ?? false }
    }
}

/// Numbers that are the same in every run.
struct Pieces {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
