import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat lint --format sarif`: what SARIF 2.1.0 asks of a log, section by section.
///
/// scripts/check-sarif.sh holds the same output against the standard's own schema.
@Suite struct LintSARIFTests {
    private struct Log: Decodable {
        struct Message: Decodable { let text: String }
        struct Rule: Decodable {
            let id: String
            let shortDescription: Message
            let helpUri: String
        }
        struct Driver: Decodable {
            let name: String
            let semanticVersion: String
            let rules: [Rule]
        }
        struct Tool: Decodable { let driver: Driver }
        struct Region: Decodable, Equatable {
            let startLine: Int
            let startColumn: Int?
            let endLine: Int?
            let endColumn: Int?
        }
        struct Artifact: Decodable, Equatable {
            let uri: String
            let uriBaseId: String?
        }
        struct Physical: Decodable, Equatable {
            let artifactLocation: Artifact
            let region: Region?
        }
        struct Location: Decodable, Equatable { let physicalLocation: Physical }
        struct Suppression: Decodable {
            let kind: String
            let justification: String
        }
        struct Result: Decodable {
            let ruleId: String
            let ruleIndex: Int
            let level: String
            let message: Message
            let locations: [Location]
            let suppressions: [Suppression]
        }
        struct Notification: Decodable {
            let level: String
            let locations: [Location]
        }
        struct Invocation: Decodable {
            let executionSuccessful: Bool
            let toolExecutionNotifications: [Notification]
        }
        struct Run: Decodable {
            let tool: Tool
            let invocations: [Invocation]
            let columnKind: String
            let originalUriBaseIds: [String: [String: Message]]
            let results: [Result]
        }
        let schema: String
        let version: String
        let runs: [Run]

        enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case version, runs
        }
    }

    private func log(_ checkout: Checkout, _ files: String...) async throws -> Log.Run {
        let result = try await checkout.tagboat(["lint", "--no-resolve", "--format", "sarif"] + files)
        let log = try JSONDecoder().decode(Log.self, from: Data(result.standardOutput.utf8))
        #expect(log.version == "2.1.0" && log.schema.hasSuffix("/sarif-schema-2.1.0.json"))
        return try #require(log.runs.first)
    }

    @Test func resultsNameRuleAndPlace() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "a b/Döckerfile",
                "FROM alpine:latest\n# tagboat: ignore=no-tag -- by bake\nFROM ctx AS x\nRUN --mount=target=/🚢,from=y:1 z\n"
            )
            let run = try await log(checkout, "a b/Döckerfile")
            #expect(run.tool.driver.name == "tagboat" && !run.tool.driver.semanticVersion.isEmpty)
            #expect(run.columnKind == "unicodeCodePoints")
            let rules = run.tool.driver.rules
            #expect(Set(rules.map(\.id)).count == rules.count && rules.count == 17)
            #expect(
                rules.allSatisfy {
                    $0.helpUri.hasSuffix("docs/linting.md#\($0.id)") && !$0.shortDescription.text.isEmpty
                }
            )
            for result in run.results {
                #expect(rules[result.ruleIndex].id == result.ruleId)
                #expect(["error", "warning", "note"].contains(result.level))
                let artifact = try #require(result.locations.first).physicalLocation.artifactLocation
                #expect(artifact == .init(uri: "a%20b/D%C3%B6ckerfile", uriBaseId: "SRCROOT"))
                #expect(run.originalUriBaseIds[artifact.uriBaseId ?? ""] != nil)
            }
            #expect(run.results.map(\.ruleId) == ["latest-tag", "unpinned-stage", "no-tag", "unpinned-source"])
            #expect(run.results.map { $0.suppressions.first?.justification } == [nil, nil, "by bake", nil])
            #expect(run.results[2].suppressions.map(\.kind) == ["inSource"])
            let region = run.results[3].locations.first?.physicalLocation.region
            #expect(region == .init(startLine: 4, startColumn: 28, endLine: 4, endColumn: 31))
            #expect(run.invocations.map(\.executionSuccessful) == [true])
        }
    }

    @Test func filesThatAreNoneAreNotifications() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("Dockerfile", "FROM a\nRUM x\n")
            let run = try await log(checkout, "Dockerfile", "/absent/Dockerfile")
            #expect(run.results.isEmpty)
            let invocation = try #require(run.invocations.first)
            #expect(!invocation.executionSuccessful)
            let places = invocation.toolExecutionNotifications.compactMap(\.locations.first?.physicalLocation)
            #expect(places.map(\.artifactLocation.uri) == ["Dockerfile", "file:///absent/Dockerfile"])
            #expect(places.map(\.artifactLocation.uriBaseId) == ["SRCROOT", nil])
            #expect(places.map(\.region?.startLine) == [2, nil])
        }
    }
}
