import OCI
import Testing
import Versioning

@testable import Tagging

@Suite struct ComputedTagTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let version: String
        let tags: [String]
        var testDescription: String { version }
    }

    private func naming(_ rules: [TagRule] = TagRule.defaults) throws -> TagNaming {
        try TagNaming(policy: TagPolicy(rules: rules), context: sampleContext)
    }

    @Test(arguments: [
        Case(version: "2.1.106", tags: ["2.1.106", "2.1", "2", "latest", "503a2eb", "20260710"]),
        // 0 would promise a stability that 0.x does not have.
        Case(version: "0.3.1", tags: ["0.3.1", "0.3", "latest", "503a2eb", "20260710"]),
        // A prerelease never takes a stable moving tag.
        Case(version: "2.2.0-rc.1", tags: ["2.2.0-rc.1", "rc", "503a2eb", "20260710"]),
        Case(version: "2.2.0-beta", tags: ["2.2.0-beta", "beta", "503a2eb", "20260710"]),
        Case(version: "2.2.0-1", tags: ["2.2.0-1", "503a2eb", "20260710"]),
        // A plus sign is no tag character.
        Case(version: "2.1.106+build.7", tags: ["2.1.106_build.7", "2.1", "2", "latest", "503a2eb", "20260710"]),
        Case(version: "2.2.0-dev.4.g503a2eb", tags: ["2.2.0-dev.4.g503a2eb", "503a2eb", "20260710"]),
    ])
    func ofARelease(example: Case) throws {
        let tags = try naming().tags(of: version(example.version), variant: .only)
        #expect(tags.map(\.tag.name) == example.tags)
    }

    @Test func tellsClassAndRule() throws {
        let tags = try naming().tags(of: version("2.1.106"), variant: .only)
        #expect(tags.map(\.tagClass) == [.immutable, .moving, .moving, .moving, .immutable, .moving])
        #expect(tags.map(\.rule) == ["version", "minor", "major", "latest", "sha", "date"])
    }

    @Test func ofASnapshotHoldsNothingOfARelease() throws {
        let development = try VersionScheme.semantic.development(
            after: version("2.1.106"),
            commits: 4,
            shortHash: "503a2eb"
        )
        let tags = try naming().snapshotTags(of: development, variant: .only)
        #expect(tags.map(\.tag.name) == ["2.1.107-dev.4.g503a2eb", "503a2eb", "20260710"])
    }

    @Test func onlyTheRulesThatAreAskedFor() throws {
        let tags = try naming(presets("version", "latest")).tags(of: version("2.1.106"), variant: .only)
        #expect(tags.map(\.tag.name) == ["2.1.106", "latest"])
    }

    @Test func refusesATagOutsideOfTheGrammar() throws {
        let long = try version("1.0.0-" + String(repeating: "a", count: 123))
        #expect(throws: TaggingError.self) {
            try naming().tags(of: long, variant: .only)
        }
    }

    @Test func refusesTwoRulesThatGiveOneTag() throws {
        // A channel named as the commit's short hash, and one named as the stable line.
        for text in ["1.0.0-abcdefa", "1.0.0-latest.1"] {
            var context = sampleContext
            context.build.revision = "abcdefa0c1d2e3f405162738495a6b7c8d9e0f10"
            let naming = try TagNaming(policy: TagPolicy(), context: context)
            #expect(throws: TaggingError.self) { try naming.tags(of: version(text), variant: .only) }
        }
    }

    @Test(
        arguments: [
            ("2.1.106", "2.1.106"), ("2.1.106_build.7", "2.1.106+build.7"), ("2.2.0-rc.1", "2.2.0-rc.1"), ("2.1", nil),
            ("latest", nil), ("20260710", nil), ("503a2eb", nil), ("v1.0.0", nil), ("1.0.0-01", nil), ("_1.0.0", nil),
        ] as [(String, String?)]
    )
    func versionsAreReadBackFromTags(tag: String, version: String?) {
        #expect(VersionScheme.semantic.version(named: tag)?.text == version)
    }

    @Test func datesAreUTC() {
        #expect(sampleCommit.date.rfc3339 == "2026-07-10T09:30:00Z")
        #expect(Timestamp(secondsSinceEpoch: 0).compactDay == "19700101")
        #expect(Timestamp(rfc3339: "2026-07-10T11:30:00+02:00") == sampleCommit.date)
        #expect(Timestamp(rfc3339: "2026-07-10T09:30:00.999999999Z") == sampleCommit.date)
        #expect(Timestamp(rfc3339: "yesterday") == nil)
    }
}
