import Testing

@testable import Versioning

@Suite struct VersionSchemeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let scheme: VersionScheme
        let text: String
        /// The lines of the version, widest first.
        let lines: [String]
        var channel: String?
        var isStable = true
        var testDescription: String { "\(scheme.name) \(text)" }
    }

    static let monthly = VersionScheme.calendar(calendar("YYYY.0M.MICRO"))
    static let daily = VersionScheme.calendar(calendar("YYYY-0M-0D"))
    static let short = VersionScheme.calendar(calendar("YY.MM"))
    static let postgres = VersionScheme.custom(
        pattern(#"(?<major>\d+)(?:\.(?<minor>\d+))?(?<prerelease>(beta|rc)\d+)?"#)
    )
    static let builds = VersionScheme.custom(pattern(#"r(?<major>\d+)-b(?<build>\d+)"#))
    static let stamps = VersionScheme.custom(pattern(#"r(?<release>\d+)-b(?<number>\d+)"#))

    private static func calendar(_ text: String) -> CalendarFormat {
        guard let format = try? CalendarFormat(text) else { preconditionFailure(text) }
        return format
    }

    private static func pattern(_ text: String) -> VersionPattern {
        guard let pattern = try? VersionPattern(text) else { preconditionFailure(text) }
        return pattern
    }

    @Test(arguments: [
        Case(scheme: .semantic, text: "2.1.106", lines: ["2", "2.1"]),
        Case(scheme: .semantic, text: "2.2.0-rc.1", lines: ["2", "2.2"], channel: "rc", isStable: false),
        Case(scheme: .numeric(count: 2), text: "26.7", lines: ["26"]),
        Case(scheme: .numeric(count: 4), text: "1.2.3.4", lines: ["1", "1.2", "1.2.3"]),
        Case(scheme: .numeric(count: 2), text: "26.7-beta.2", lines: ["26"], channel: "beta", isStable: false),
        // Zeros stay as they are written.
        Case(scheme: monthly, text: "2026.07.1", lines: ["2026", "2026.07"]),
        Case(scheme: daily, text: "2026-07-10", lines: ["2026", "2026-07"]),
        Case(scheme: short, text: "26.7", lines: ["26"]),
        Case(scheme: .python(count: 3), text: "3.14.0rc1", lines: ["3", "3.14"], channel: "rc", isStable: false),
        Case(scheme: .python(count: 3), text: "3.14.0.post1", lines: ["3", "3.14"]),
        Case(scheme: .python(count: 2), text: "24.1.dev3", lines: ["24"], isStable: false),
        Case(scheme: postgres, text: "17.5", lines: ["17"]),
        Case(scheme: postgres, text: "18beta2", lines: [], channel: "beta", isStable: false),
        Case(scheme: stamps, text: "r5-b30", lines: ["r5"]),
    ])
    func cutsVersionsIntoLines(example: Case) throws {
        let version = try example.scheme.version(example.text)
        #expect(version.text == example.text)
        #expect(version.lineNames == example.lines)
        #expect(version.channel == example.channel)
        #expect(version.isStable == example.isStable)
    }

    struct Order: Sendable, CustomTestStringConvertible {
        let scheme: VersionScheme
        let rising: [String]
        var testDescription: String { scheme.name }
    }

    @Test(arguments: [
        Order(scheme: .numeric(count: 2), rising: ["9.10", "26.7-rc.1", "26.7", "26.7+b.2", "26.10"]),
        Order(scheme: monthly, rising: ["2025.12.3", "2026.07.1", "2026.07.2-rc.1", "2026.07.2", "2026.10.0"]),
        Order(
            scheme: .python(count: 3),
            rising: [
                "1.0.0.dev1", "1.0.0a1.dev1", "1.0.0a1", "1.0.0a1.post1", "1.0.0b2", "1.0.0rc1", "1.0.0",
                "1.0.0+local.9", "1.0.0+local.10", "1.0.0.post1.dev2", "1.0.0.post1", "1.0.1",
            ]
        ),
        Order(scheme: postgres, rising: ["9.6", "17.5", "18beta2", "18rc1", "18.0", "18.1"]),
        Order(scheme: stamps, rising: ["r4-b99", "r5-b9", "r5-b30"]),
    ])
    func ordersVersions(example: Order) throws {
        let versions = try example.rising.map { try example.scheme.version($0) }
        #expect(versions.reversed().sorted().map(\.text) == example.rising)
        for (left, right) in zip(versions, versions.dropFirst()) { #expect(left < right && !(right < left)) }
    }

    @Test(
        arguments: [
            (.numeric(count: 2), "26.7.1", "it has 3 numbers"), (.numeric(count: 2), "26", "it has 1 number"),
            (.numeric(count: 2), "26.07", "the number \"07\" has a leading zero"),
            (.numeric(count: 2), "26.x", "\"x\" is no number"),
            (monthly, "2026.7.1", "0M has 2 digits, not \"7\""), (monthly, "2026.13.1", "13 is no 0M"),
            (monthly, "2026.07", "expected \".\" behind 2 numbers"),
            (monthly, "2026.07.01", "MICRO has no leading zero"),
            (monthly, "2026.07.1x", "\"x\" is left over"),
            (.python(count: 3), "1.0", "it has 2"), (.python(count: 3), "1!1.0.0", "an epoch has no place"),
            (.python(count: 3), "1.0.0-SNAPSHOT", "left over"), (stamps, "r5", "the pattern does not match all of it"),
            (stamps, "xr5-b3", "the pattern does not match all of it"),
        ] as [(VersionScheme, String, String)]
    )
    func refuses(scheme: VersionScheme, text: String, problem: String) {
        let error = #expect(throws: VersionError.self) { try scheme.version(text) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: ["", "YYYY..MM", "YYYYMM", "YYYY.", "year", "MICRO.x"])
    func refusesFormats(text: String) {
        #expect(throws: VersionError.self) { try CalendarFormat(text) }
    }

    @Test(arguments: ["(", "no groups", "(?<prerelease>rc)"])
    func refusesPatterns(text: String) {
        #expect(throws: VersionError.self) { try VersionPattern(text) }
    }

    @Test func aGroupCalledBuildRanksBelowTheNumbers() throws {
        #expect(try Self.builds.version("r5-b30").lineNames.isEmpty)
        #expect(try Self.builds.version("r5-b9") < Self.builds.version("r5-b30"))
    }

    struct Development: Sendable, CustomTestStringConvertible {
        let scheme: VersionScheme
        let version: String
        let after: String
        let before: String
        var testDescription: String { "\(scheme.name) \(version)" }
    }

    @Test(arguments: [
        Development(
            scheme: .semantic,
            version: "2.1.106",
            after: "2.1.107-dev.4.g503a2eb",
            before: "2.1.106-dev.4.g503a2eb"
        ),
        Development(
            scheme: .python(count: 3),
            version: "1.2.3",
            after: "1.2.4.dev4+g503a2eb",
            before: "1.2.3.dev4+g503a2eb"
        ),
        Development(
            scheme: .python(count: 3),
            version: "1.2.3rc1",
            after: "1.2.3rc2.dev4+g503a2eb",
            before: "1.2.3rc1.dev4+g503a2eb"
        ),
        Development(
            scheme: monthly,
            version: "2026.07.1",
            after: "2026.07.1-4-g503a2eb",
            before: "2026.07.1-dev.4.g503a2eb"
        ),
        Development(scheme: stamps, version: "r5-b3", after: "r5-b3-4-g503a2eb", before: "r5-b3-dev.4.g503a2eb"),
    ])
    func namesBuildsBetweenReleases(example: Development) throws {
        let version = try example.scheme.version(example.version)
        let after = try example.scheme.development(after: version, commits: 4, shortHash: "503a2eb")
        let before = try example.scheme.development(before: version, commits: 4, shortHash: "503a2eb")
        #expect(after.text == example.after)
        #expect(before.text == example.before)
        for development in [after, before] {
            #expect(development.isDevelopment && !development.isStable)
            // What is written is read back as what it is.
            #expect(try example.scheme.version(development.text).isDevelopment)
        }
    }
}
