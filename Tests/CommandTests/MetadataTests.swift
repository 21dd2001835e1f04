import ArgumentParser
import FoundationEssentials
import SystemPackage
import Tagging
import TestSupport
import Testing

@testable import tagboat

/// What `tagboat metadata` works out, beside what docker/metadata-action did with the same inputs.
///
/// `Recorded/metadata-action.json` holds runs of the action at commit dc802804 with a clock that stood at
/// 2026-07-10T09:30:00Z: environment, event and outcome. Outputs that a case does not name were not recorded. Cases
/// marked `refused` are those in which the action gives a tag that no registry takes, and tagboat an error.
@Suite struct RecordedMetadataTests {
    struct Case: Decodable {
        let name: String
        let environment: [String: String]
        /// The event's payload, as JSON.
        let event: String
        let outcome: Outcome
    }

    struct Outcome: Decodable {
        let exitCode: Int?
        let refused: Bool?
        let version, tags, labels, annotations, json: String?
        let tagNames: String?
        let bakeFile, bakeFileTags, bakeFileLabels, bakeFileAnnotations: String?
        let warnings: [String]?

        enum CodingKeys: String, CodingKey {
            case exitCode, refused, version, tags, labels, annotations, json, warnings
            case tagNames = "tag-names"
            case bakeFile = "bake-file"
            case bakeFileTags = "bake-file-tags"
            case bakeFileLabels = "bake-file-labels"
            case bakeFileAnnotations = "bake-file-annotations"
        }
    }

    @Test func agreesWithTheAction() async throws {
        let file = Program.source.appending("Tests/CommandTests/Recorded/metadata-action.json")
        let cases = try JSONDecoder().decode([Case].self, from: Data(try file.readBytes()))
        #expect(cases.count > 900)
        for example in cases {
            // The other tests share these threads.
            await Task.yield()
            guard example.outcome.exitCode == 0 else {
                // A label that cannot be worked out fails after the tags, in the action.
                #expect(throws: (any Error).self, "\(example.name)") { try Self.run(example) }
                continue
            }
            try Self.compare(example)
        }
    }

    private static func compare(_ example: Case) throws {
        let (metadata, settings) = try run(example)
        let outcome = example.outcome
        func check(_ name: String, _ actual: String, _ expected: String?) {
            guard let expected else { return }
            #expect(actual == expected, "\(example.name): \(name)")
        }
        check("version", metadata.version, outcome.version)
        check("tags", metadata.tags.joined(separator: settings.separators.tags), outcome.tags)
        check("tag-names", metadata.tagNames.joined(separator: settings.separators.tags), outcome.tagNames)
        check("labels", metadata.labels.joined(separator: settings.separators.labels), outcome.labels)
        check(
            "annotations",
            metadata.annotations.joined(separator: settings.separators.annotations),
            outcome.annotations
        )
        check("json", metadata.json.compact, outcome.json)
        check("bake-file", metadata.bakeDefinition(.all).pretty, outcome.bakeFile)
        check("bake-file-tags", metadata.bakeDefinition(.tags).pretty, outcome.bakeFileTags)
        check("bake-file-labels", metadata.bakeDefinition(.labels).pretty, outcome.bakeFileLabels)
        check("bake-file-annotations", metadata.bakeDefinition(.annotations).pretty, outcome.bakeFileAnnotations)
        let ofRules = outcome.warnings?.filter { !$0.hasPrefix("No Docker ") }
        #expect(metadata.warnings.map(\.description) == ofRules ?? [], "\(example.name): warnings")
    }

    private static func run(_ example: Case) throws -> (Metadata, MetadataSettings) {
        var environment = example.environment
        environment["GITHUB_ACTIONS"] = "true"
        environment["GITHUB_SERVER_URL"] = "https://github.com"
        let settings = try MetadataSettings(try MetadataOptions.parse([]), environment: environment)
        let build = try #require(try BuildContext(environment: environment, eventPayload: Array(example.event.utf8)))
        let now = try #require(Timestamp(rfc3339: "2026-07-10T09:30:00Z"))
        let context = RuleContext(
            build: build,
            date: now,
            commitDate: build.commitDate ?? now,
            shortHashLength: settings.shortHashLength
        )
        return (try Metadata(settings.inputs, context: context), settings)
    }
}
