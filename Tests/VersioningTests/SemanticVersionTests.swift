import Testing

@testable import Versioning

@Suite struct SemanticVersionTests {
    /// The valid examples of semver.org's own test list, and the edges of the grammar.
    @Test(arguments: [
        "0.0.0", "0.0.4", "1.2.3", "10.20.30", "1.1.2-prerelease+meta", "1.1.2+meta", "1.1.2+meta-valid", "1.0.0-alpha",
        "1.0.0-beta", "1.0.0-alpha.beta", "1.0.0-alpha.beta.1", "1.0.0-alpha.1", "1.0.0-alpha0.valid",
        "1.0.0-alpha.0valid", "1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay", "1.0.0-rc.1+build.1",
        "2.0.0-rc.1+build.123", "1.2.3-beta", "10.2.3-DEV-SNAPSHOT", "1.2.3-SNAPSHOT-123", "2.0.0+build.1848",
        "2.0.1-alpha.1227", "1.0.0-alpha+beta", "1.2.3----RC-SNAPSHOT.12.9.1--.12+788", "1.2.3----R-S.12.9.1--.12+meta",
        "1.2.3----RC-SNAPSHOT.12.9.1--.12", "1.0.0+0.build.1-rc.10000aaa-kk-0.1", "1.0.0-0A.is.legal",
        "18446744073709551615.0.0", "1.0.0-99999999999999999999999999999", "1.0.0+001", "1.0.0--", "1.0.0-0",
    ])
    func printsWhatItParses(text: String) throws {
        #expect(try SemanticVersion(parsing: text).description == text)
    }

    /// The invalid examples of semver.org's own test list, and what people write by mistake.
    @Test(arguments: [
        "", "1", "1.2", "1.2.3-0123", "1.2.3-0123.0123", "1.1.2+.123", "+invalid", "-invalid", "-invalid+invalid",
        "-invalid.01", "alpha", "alpha.beta", "alpha.beta.1", "alpha.1", "alpha+beta", "alpha_beta", "alpha.",
        "alpha..",
        "beta", "1.0.0-alpha_beta", "-alpha.", "1.0.0-alpha..", "1.0.0-alpha..1", "01.1.1", "1.01.1", "1.1.01",
        "1.2.3.DEV", "1.2-SNAPSHOT", "1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788", "1.2-RC-SNAPSHOT",
        "-1.0.3-gamma+b7718",
        "+justmeta", "9.8.7+meta+meta", "9.8.7-whatever+meta+meta", "v1.2.3", " 1.2.3", "1.2.3 ", "1.2.3\n", "1..3",
        "1.2.3-", "1.2.3+", "１.2.3", "1.2.3-é", "18446744073709551616.0.0",
        "99999999999999999999999.999999999999999.99",
    ])
    func refusesWhatTheGrammarDoesNotAllow(text: String) {
        #expect(throws: SemanticVersionError.self) { try SemanticVersion(parsing: text) }
    }

    @Test func theErrorNamesTheTextAndTheProblem() {
        #expect(throws: SemanticVersionError(text: "1.02.3", problem: "the minor number \"02\" has a leading zero")) {
            try SemanticVersion(parsing: "1.02.3")
        }
        let tooLarge = "the major number is larger than 18446744073709551615"
        #expect(throws: SemanticVersionError(text: "18446744073709551616.0.0", problem: tooLarge)) {
            try SemanticVersion(parsing: "18446744073709551616.0.0")
        }
    }

    /// Section 11 of the specification, in its own order, with identifiers beyond any machine integer.
    @Test func ordersByPrecedence() throws {
        let ascending = try [
            "0.0.0-0", "0.0.0", "0.9.0", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-99999999999999999999",
            "1.0.0-100000000000000000000", "1.0.0-Alpha", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "1.10.0", "2.0.0", "10.0.0",
        ].map { try SemanticVersion(parsing: $0) }
        for (index, lower) in ascending.enumerated() {
            for (other, higher) in ascending.enumerated() {
                #expect((lower < higher) == (index < other), "\(lower) and \(higher)")
                let expected: SemanticVersion.Precedence = index < other ? .lower : index == other ? .equal : .higher
                #expect(lower.precedence(comparedTo: higher) == expected)
            }
        }
    }

    @Test func buildMetadataHasNoPrecedenceButAnOrder() throws {
        let nine = try SemanticVersion(parsing: "1.0.0+9")
        let ten = try SemanticVersion(parsing: "1.0.0+10")
        #expect(nine.precedence(comparedTo: ten) == .equal)
        #expect(nine != ten)
        #expect(nine < ten && !(ten < nine))
    }

    @Test(arguments: [
        ("2.1.106", BumpLevel.patch, "2.1.107"), ("2.1.106", .minor, "2.2.0"), ("2.1.106", .major, "3.0.0"),
        ("2.2.0-rc.1", .patch, "2.2.0"), ("2.2.0-rc.1", .minor, "2.2.0"), ("2.2.1-rc.1", .minor, "2.3.0"),
        ("3.0.0-rc.1", .major, "3.0.0"), ("3.1.0-rc.1", .major, "4.0.0"), ("1.0.0+b7", .patch, "1.0.1"),
        ("0.0.0", .minor, "0.1.0"),
    ])
    func bumps(version: String, level: BumpLevel, expected: String) throws {
        let old = try SemanticVersion(parsing: version)
        let new = try old.bumped(by: level)
        #expect(new.description == expected)
        #expect(old < new)
    }

    @Test func refusesToBumpTheLargestNumber() throws {
        let version = SemanticVersion(1, 2, .max)
        #expect(throws: SemanticVersionError.self) { try version.bumped(by: .patch) }
    }
}

@Suite struct DevelopmentVersionTests {
    @Test func ranksBetweenTheReleasesAroundIt() throws {
        let before = try SemanticVersion(parsing: "2.1.106")
        let fourth = try DevelopmentVersion(after: before, commits: 4, shortHash: "503a2eb").version
        let tenth = try DevelopmentVersion(after: before, commits: 10, shortHash: "0123456").version
        #expect(fourth.description == "2.1.107-dev.4.g503a2eb")
        #expect(try before < fourth && fourth < tenth && tenth < SemanticVersion(parsing: "2.1.107"))
    }

    @Test func followsAPrerelease() throws {
        let candidate = try SemanticVersion(parsing: "2.2.0-rc.1")
        let next = try SemanticVersion(parsing: "2.2.0-rc.2")
        let version = try DevelopmentVersion(after: candidate, commits: 3, shortHash: "503a2eb").version
        #expect(version.description == "2.2.0-rc.1.dev.3.g503a2eb")
        #expect(candidate < version && version < next)
    }

    @Test(arguments: ["2.1.106", "2.2.0-rc.1", "2.2.0-alpha", "2.2.0-1"])
    func ranksBelowAVersionThatIsToCome(next: String) throws {
        let next = try SemanticVersion(parsing: next)
        #expect(DevelopmentVersion(before: next, commits: 7, shortHash: "503a2eb").version < next)
    }

    @Test(arguments: [
        ("2.1.107-dev.4.g503a2eb", true), ("2.2.0-rc.1.dev.3.g503a2eb", true), ("2.2.0-0.dev.3.gabcdef0", true),
        ("2.2.0-dev.4", false), ("2.2.0-dev.x.g503a2eb", false), ("2.2.0-dev.4.gxyz1234", false), ("2.2.0", false),
        ("2.2.0-dev.4.g503a2eb.1", false), ("2.2.0-dev", false),
    ])
    func isRecognised(text: String, isDevelopment: Bool) throws {
        #expect(try SemanticVersion(parsing: text).isDevelopment == isDevelopment)
    }

    @Test(
        arguments: [
            ("1.0.0", nil), ("1.0.0-rc.1", "rc"), ("1.0.0-rc1", "rc"), ("1.0.0-beta", "beta"), ("1.0.0-1", nil),
            ("1.0.0-1.alpha", "alpha"), ("1.0.0-pre-2", "pre"),
        ] as [(String, String?)]
    )
    func channelIsTheFirstWord(text: String, channel: String?) throws {
        #expect(try SemanticVersion(parsing: text).channel == channel)
    }
}
