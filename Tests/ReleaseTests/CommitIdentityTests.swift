import Git
import Release
import SystemPackage
import Tagging
import TestSupport
import Testing

@Suite struct CommitIdentityTests {
    /// What stands in the environment and the configuration, and who commits then by git's own words.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        var environment: [String: String] = [:]
        var configuration: [String: String] = [:]
    }

    static let person = ["user.name": "Ada", "user.email": "ada@example.com"]
    static let date = ["GIT_AUTHOR_DATE": "@1783675800 +0530", "GIT_COMMITTER_DATE": "Fri, 10 Jul 2026 09:30:00 -0330"]

    @Test(arguments: [
        Case(testDescription: "user.name", environment: date, configuration: person),
        Case(
            testDescription: "author.name and committer.email go before",
            environment: date,
            configuration: person.merging(["author.name": "Grace", "committer.email": "ci@example.com"]) { $1 }
        ),
        Case(
            testDescription: "variables go before all",
            environment: date.merging([
                "GIT_AUTHOR_NAME": "Grace", "GIT_AUTHOR_EMAIL": "g@example.com", "GIT_COMMITTER_NAME": "CI",
            ]) { $1 },
            configuration: person.merging(["author.name": "Nobody", "committer.name": "Nobody"]) { $1 }
        ),
        Case(
            testDescription: "EMAIL comes last",
            environment: date.merging(["EMAIL": "mail@example.com"]) { $1 },
            configuration: ["user.name": "Ada"]
        ),
        Case(
            testDescription: "a command line's configuration",
            environment: date.merging([
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Env",
            ]) { $1 },
            configuration: person
        ),
        Case(
            testDescription: "ISO dates",
            environment: [
                "GIT_AUTHOR_DATE": "2026-07-10T09:30:00+02:00", "GIT_COMMITTER_DATE": "2026-07-10 09:30:00 +0200",
            ],
            configuration: person
        ),
    ])
    func agreesWithGit(sample: Case) async throws {
        try await Workshop.with { workshop in
            for (key, value) in sample.configuration { try await workshop.git("config", key, value) }
            let base = ["HOME": workshop.folder.string, "GIT_CONFIG_GLOBAL": "/dev/null", "TZ": "UTC"]
            let environment = base.merging(sample.environment) { $1 }
            let git = try GitRepository(discoveringFrom: workshop.folder.appending("app").string)
            let identity = try await CommitIdentity(
                in: git,
                environment: environment,
                now: Timestamp(secondsSinceEpoch: 1)
            )
            for (variable, signature) in [
                ("GIT_AUTHOR_IDENT", identity.author), ("GIT_COMMITTER_IDENT", identity.committer),
            ] {
                var all: [String: String?] = environment.mapValues { $0 }
                for name in ["NAME", "EMAIL", "DATE"] {
                    for role in ["AUTHOR", "COMMITTER"] where environment["GIT_\(role)_\(name)"] == nil {
                        all["GIT_\(role)_\(name)"] = .some(nil)
                    }
                }
                let theirs = try await run(
                    "git",
                    ["var", variable],
                    in: workshop.folder.appending("app"),
                    environment: all
                ).requireSuccess().standardOutput
                let offset = signature.date.offsetMinutes
                let zone = "\(abs(offset) / 60 * 100 + abs(offset) % 60)"
                let ours =
                    "\(signature.identity.name) <\(signature.identity.email)> \(signature.date.secondsSinceEpoch) "
                    + (offset < 0 ? "-" : "+") + String(repeating: "0", count: 4 - zone.count) + zone
                #expect(theirs == ours + "\n")
            }
        }
    }

    @Test func withoutADateItIsNow() async throws {
        try await Workshop.with { workshop in
            let git = try GitRepository(discoveringFrom: workshop.folder.appending("app").string)
            let environment = [
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "a@example.com",
                "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "a@example.com",
            ]
            let now = Timestamp(secondsSinceEpoch: 1_783_675_800)
            let identity = try await CommitIdentity(in: git, environment: environment, now: now)
            #expect(identity.author.date == GitDate(secondsSinceEpoch: 1_783_675_800, offsetMinutes: 0))
            await #expect(throws: CommitIdentityError.self) {
                let bad = environment.merging(["GIT_COMMITTER_DATE": "yesterday"]) { $1 }
                _ = try await CommitIdentity(in: git, environment: bad, now: now)
            }
            await #expect(throws: CommitIdentityError.self) {
                _ = try await CommitIdentity(in: git, environment: ["GIT_CONFIG_GLOBAL": "/dev/null"], now: now)
            }
        }
    }

    @Test(arguments: [
        "", "@x", "2026-07-10T09:30:00+0", "1 +9999x", "Fri, 10 Foo 2026 09:30:00 +0000", "2026-13-10T00:00:00Z",
    ])
    func otherTextsAreNoDates(text: String) {
        #expect(CommitDate.parse(text) == nil)
    }
}
