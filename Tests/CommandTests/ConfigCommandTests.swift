import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

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

    @Test func everyKeyHasItsVariable() async throws {
        try await Checkout.with { checkout in
            let json = try await checkout.tagboat("config", "show", "--format", "json").standardOutput
            let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
            let documentation = try Program.source.appending("docs/configuration.md").readText()
            for value in report.values {
                #expect(documentation.contains("`\(value.key)`"), "\(value.key) is not in docs/configuration.md")
                let name = "TAGBOAT_" + value.key.uppercased().replacing(".", with: "_").replacing("-", with: "_")
                #expect(documentation.contains("`\(name)`"), "\(name) is not in docs/configuration.md")
            }
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

    @Test(arguments: [
        "README.md", "docs/configuration.md", "docs/monorepos.md", "docs/moving-tags.md", "docs/tag-rules.md",
        "docs/commits.md", "docs/linting.md",
    ])
    func whatTheDocumentationShowsIsValid(file: String) async throws {
        let text = try Program.source.appending(file).readText()
        let blocks = text.split(separator: "```yaml\n").dropFirst().compactMap { $0.split(separator: "```").first }
        #expect(!blocks.isEmpty)
        for block in blocks {
            try await Checkout.with { checkout in
                _ = try checkout.folder.write("tagboat.yaml", String(block))
                let result = try await checkout.tagboat("config", "check")
                #expect(result.exitCode == 0, "\(result.standardError)\n\(block)")
            }
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
