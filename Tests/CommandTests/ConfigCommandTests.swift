import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

@testable import tagboat

/// `tagboat config`: origins, checks and the schema.
@Suite struct ConfigCommandTests {
    @Test func showsEveryValueWithItsOrigin() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "tagboat.yaml",
                "images:\n  - ghcr.io/acme/ui\nversion:\n  file: VERSION\npolicy:\n  yank: [2.1.107]\ntimeout: 5m\n"
            )
            let shown = try await checkout.tagboat(
                ["config", "show", "--tags", "version,latest", "--timeout", "1h"],
                environment: ["TAGBOAT_MODE": "release", "TAGBOAT_POLICY_HOLD": "{latest: 2.1.106}"]
            )
            let lines = shown.standardOutput.lines.map { $0.split(separator: " ", maxSplits: 1).map(\.description) }
            func row(_ key: String) -> String? { lines.first { $0.first == key }?.last?.trimmed }
            #expect(row("images")?.collapsed == "tagboat.yaml:2 [ghcr.io/acme/ui]")
            #expect(row("version.file")?.collapsed == "tagboat.yaml:4 VERSION")
            #expect(row("policy.yank")?.collapsed == "tagboat.yaml:6 [2.1.107]")
            #expect(row("timeout")?.collapsed == "flag --timeout 1h")
            #expect(row("tags")?.collapsed == "flag --tags [version, latest]")
            #expect(row("mode")?.collapsed == "environment TAGBOAT_MODE release")
            #expect(row("policy.hold")?.collapsed == "environment TAGBOAT_POLICY_HOLD { latest: 2.1.106 }")
            #expect(row("short-hash-length")?.collapsed == "default 7")
            let json = try await checkout.tagboat("config", "show", "--format", "json").standardOutput
            let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
            #expect(report.schema == "tagboat.config/1")
            let yank = Report.Value(key: "policy.yank", value: "[2.1.107]", origin: "tagboat.yaml:6")
            #expect(report.values.contains(yank))
            #expect(report.values.contains(Report.Value(key: "from", value: nil, origin: "default")))
        }
    }

    private struct Report: Decodable {
        struct Value: Decodable, Equatable {
            let key: String
            let value: String?
            let origin: String
        }

        let schema: String
        let values: [Value]
    }

    /// The table of docs/configuration.md says of every key what its definition does.
    @Test(arguments: ConfigurationKey.all.map(\.path))
    func isDocumented(path: String) throws {
        let key = try #require(ConfigurationKey.all.first { $0.path == path })
        let documentation = try Program.source.appending("docs/configuration.md").readText()
        let row = try #require(documentation.lines.first { $0.hasPrefix("| `\(path)` | ") }, "no row of the table")
        let columns = row.split(separator: " | ").map(String.init)
        try #require(columns.count >= 5)
        let help = try Program.source.appending("docs/commands.md").readText()
        let flags = columns[1].matches(of: /--[a-z-]+/).map { String($0.output) }
        for flag in flags { #expect(help.contains("\(flag)"), "no command has \(flag)") }
        for flag in (key.flag ?? "").split(separator: ", ") { #expect(flags.contains(String(flag))) }
        #expect(columns[2] == "`\(key.variable)`")
        guard let value = key.defaultText else {
            #expect(!columns[3].contains("`"), "there is no default")
            return
        }
        // What is longer is told in words.
        guard value.count <= 32 else { return }
        #expect("`\(columns[3])`".contains("`\(value)`"), "the default is \(value)")
    }

    /// The table has no row of a key that there is not.
    @Test func nothingElseIsDocumented() throws {
        let documentation = try Program.source.appending("docs/configuration.md").readText()
        let keys = Set(ConfigurationKey.all.map(\.path))
        for row in documentation.lines where row.contains(" | `TAGBOAT_") {
            let path = String(row.dropFirst(3).prefix { $0 != "`" })
            #expect(keys.contains(path) || path.hasPrefix("registries.HOST."), "there is no key \(path)")
        }
    }

    @Test func checksTheFile() async throws {
        try await Checkout.with { checkout in
            #expect(try await checkout.tagboat("config", "check").standardOutput.contains("0 keys are set\n"))
            _ = try checkout.folder.write("tagboat.yaml", "policy:\n  yank: [2.1]\n")
            let yank = try await checkout.tagboat("config", "check")
            #expect(yank.exitCode == 2)
            #expect(yank.standardError.hasPrefix("error: tagboat.yaml:2:10: \"2.1\" is not a semantic version"))
            _ = try checkout.folder.write("tagboat.yaml", "policy:\n  evidense: git\n")
            let slip = try await checkout.tagboat("config", "check")
            #expect(slip.exitCode == 2)
            #expect(slip.standardError.contains("tagboat.yaml:2:3: there is no key \"evidense\""))
            #expect(slip.standardError.contains("did you mean \"evidence\"?"))
        }
    }

    /// docs/tagboat.schema.json is what `config schema` prints, for editors to point at.
    @Test func theSchemaIsPublished() async throws {
        let printed = try await run(Program.path, ["config", "schema"]).requireSuccess().standardOutput
        let published = try Program.source.appending("docs/tagboat.schema.json").readText()
        #expect(printed == published, "run `make docs`")
    }
}

extension String {
    /// Every run of spaces as one.
    fileprivate var collapsed: String { split(separator: " ").joined(separator: " ") }
}
