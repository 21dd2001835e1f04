import OCI
import Tagging
import Testing
import Versioning

@Suite struct MovingGitTagsTests {
    /// What is released after what, and which tags that takes.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let version: String
        let earlier: [String]
        var lines: Set<MovingGitTags.Line> = [.major, .minor]
        var policy = LinePolicy()
        let taken: [String]
        var withheld: [String] = []
    }

    @Test(arguments: [
        Case(testDescription: "the first release", version: "2.1.0", earlier: [], taken: ["v2.1", "v2"]),
        Case(
            testDescription: "a higher one",
            version: "2.2.0",
            earlier: ["2.1.5", "3.0.0"],
            taken: ["v2.2", "v2"]
        ),
        Case(
            testDescription: "a backport takes its own line alone",
            version: "2.1.6",
            earlier: ["2.1.5", "2.2.0"],
            taken: ["v2.1"],
            withheld: ["v2 2.2.0"]
        ),
        Case(
            testDescription: "a lower one takes nothing",
            version: "2.1.4",
            earlier: ["2.1.5"],
            taken: [],
            withheld: ["v2.1 2.1.5", "v2 2.1.5"]
        ),
        Case(testDescription: "a prerelease has no lines", version: "2.2.0-rc.1", earlier: ["2.1.0"], taken: []),
        Case(
            testDescription: "a prerelease does not count",
            version: "2.1.1",
            earlier: ["2.2.0-rc.1"],
            taken: ["v2.1", "v2"]
        ),
        Case(testDescription: "0.x has no major line", version: "0.3.0", earlier: [], taken: ["v0.3"]),
        Case(
            testDescription: "but where it is asked for",
            version: "0.3.0",
            earlier: [],
            policy: LinePolicy(hasZeroLine: true),
            taken: ["v0.3", "v0"]
        ),
        Case(testDescription: "major alone", version: "2.1.0", earlier: [], lines: [.major], taken: ["v2"]),
        Case(testDescription: "no lines", version: "2.1.0", earlier: [], lines: [], taken: []),
    ])
    func theHighestReleaseOfALineHasItsTag(sample: Case) throws {
        let policy = TagPolicy(lines: sample.policy)
        let tags = MovingGitTags(
            releasing: try VersionScheme.semantic.version(sample.version),
            after: try sample.earlier.map { try VersionScheme.semantic.version($0) },
            lines: sample.lines,
            policy: policy
        )
        #expect(tags.taken.map(\.name) == sample.taken)
        #expect(tags.withheld.map { "\($0.name) \($0.version)" } == sample.withheld)
    }

    @Test func yankedAndHeldVersionsCount() throws {
        func version(_ text: String) throws -> Version { try VersionScheme.semantic.version(text) }
        let yanked = TagPolicy(lines: LinePolicy(yanked: [try version("2.2.0")]))
        let next = MovingGitTags(
            releasing: try version("2.1.6"),
            after: [try version("2.2.0")],
            lines: [.major],
            policy: yanked
        )
        #expect(next.taken.map(\.name) == ["v2"])
        let pattern = GitTagPattern(prefix: "ui/v")
        let held = TagPolicy(
            gitTags: pattern,
            lines: LinePolicy(held: [try OCI.Tag("2"): try version("2.1.0")])
        )
        let stays = MovingGitTags(
            releasing: try version("2.1.6"),
            after: [try version("2.1.0")],
            lines: [.major, .minor],
            policy: held
        )
        #expect(stays.taken.map(\.name) == ["ui/v2.1"])
        #expect(stays.withheld.map { "\($0.name) \($0.version)" } == ["ui/v2 2.1.0"])
    }
}
