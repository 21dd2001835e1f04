import Testing

@testable import Versioning

@Suite struct ReleaseLineTests {
    struct Branch: Sendable, CustomTestStringConvertible {
        let name: String
        let line: String?
        var testDescription: String { name }
    }

    @Test(arguments: [
        Branch(name: "2.x", line: "2.x"), Branch(name: "2.x.x", line: "2.x"), Branch(name: "2.1.x", line: "2.1.x"),
        Branch(name: "v2.1.x", line: "2.1.x"), Branch(name: "release/2.1", line: "2.1.x"),
        Branch(name: "release/2.1.x", line: "2.1.x"), Branch(name: "release-1.30", line: "1.30.x"),
        Branch(name: "0.x", line: "0.x"),
        Branch(name: "main", line: nil), Branch(name: "2.1.106", line: nil), Branch(name: "02.x", line: nil),
        Branch(name: "feature/2.x", line: nil), Branch(name: "2.x-next", line: nil), Branch(name: ".x", line: nil),
        Branch(name: "99999999999999999999.x", line: nil),
    ])
    func theNameOfABranchTellsItsLine(branch: Branch) {
        let line = ReleaseLine(branch: branch.name, patterns: BranchPattern.defaults)
        #expect(line?.description == branch.line)
    }

    @Test func aLineHasItsOwnVersionsAlone() throws {
        let line = ReleaseLine([2, 1])
        #expect(line.contains(try SemanticVersion(parsing: "2.1.0-rc.1")))
        #expect(line.contains(SemanticVersion(2, 1, 106)))
        #expect(!line.contains(SemanticVersion(2, 2, 0)) && !line.contains(SemanticVersion(3, 1, 0)))
        #expect(line.widestLevel == .patch && ReleaseLine([2]).widestLevel == .minor)
    }

    @Test(arguments: ["main", "{minor}.{major}", "{major}.{patch}", "{major}.{major}"])
    func aPatternNeedsTheMajorNumber(_ text: String) {
        #expect(BranchPattern(text) == nil)
    }

    struct Next: Sendable, CustomTestStringConvertible {
        let core: String
        let channel: String
        let existing: [String]
        let next: String
        var testDescription: String { "\(channel) → \(next)" }
    }

    @Test(arguments: [
        Next(core: "2.2.0", channel: "rc", existing: [], next: "2.2.0-rc.1"),
        Next(core: "2.2.0", channel: "rc", existing: ["2.2.0-rc.1", "2.2.0-rc.10", "2.2.0-rc.9"], next: "2.2.0-rc.11"),
        Next(core: "2.2.0", channel: "rc", existing: ["2.1.0-rc.4", "2.2.0-beta.7"], next: "2.2.0-rc.1"),
        Next(core: "2.2.0", channel: "rc", existing: ["2.2.0-rc1"], next: "2.2.0-rc2"),
        Next(core: "2.2.0", channel: "beta.x", existing: ["2.2.0-beta.x.3"], next: "2.2.0-beta.x.4"),
        Next(core: "2.2.0", channel: "rc", existing: ["2.2.0-rc.1.dev.4.g503a2eb", "2.2.0-rc"], next: "2.2.0-rc.1"),
    ])
    func prereleasesCountOn(next: Next) throws {
        let existing = try next.existing.map { try SemanticVersion(parsing: $0) }
        let core = try SemanticVersion(parsing: next.core)
        #expect(try core.prerelease(next.channel, after: existing).description == next.next)
    }

    @Test(arguments: ["", "r c", "rc..a", "01"])
    func aChannelIsMadeOfIdentifiers(_ channel: String) {
        #expect(throws: SemanticVersionError.self) {
            try SemanticVersion(2, 2, 0).prerelease(channel, after: [SemanticVersion]())
        }
    }
}
