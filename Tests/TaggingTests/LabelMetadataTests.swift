import OCI
import Testing
import Versioning

@testable import Tagging

/// Base images, legacy keys and expressions in labels.
@Suite struct LabelMetadataTests {
    private func labels(
        base: BaseImage? = nil,
        custom: [String: String] = [:],
        isLegacy: Bool = false
    ) throws -> [String: String] {
        let version = try version("2.1.106")
        var context = sampleContext
        context.facts = ["version": version.text, "tree": "0123456"]
        var subject = LabelSet.Subject(version: version, tag: try version.tag(), commit: sampleCommit)
        subject.title = "ui"
        subject.base = base
        let set = try LabelSet(subject, custom: custom, context: context, isLegacy: isLegacy)
        return Dictionary(uniqueKeysWithValues: set.labels.map { ($0.key, $0.value) })
    }

    @Test func nameTheBaseImage() throws {
        let base = BaseImage(name: "docker.io/library/alpine:3.22", digest: try digest(7))
        let labels = try labels(base: base)
        #expect(labels["org.opencontainers.image.base.name"] == "docker.io/library/alpine:3.22")
        #expect(try labels["org.opencontainers.image.base.digest"] == digest(7).description)
        #expect(try self.labels(base: BaseImage(name: "x", digest: nil))[LabelKey.baseDigest] == nil)
    }

    @Test func fillInExpressions() throws {
        let labels = try labels(custom: [
            "support": "https://help.example.com/{{version}}?tree={{{tree}}}",
            "built": "{{commit_date 'dddd, D MMMM YYYY'}}",
        ])
        #expect(labels["support"] == "https://help.example.com/2.1.106?tree=0123456")
        #expect(labels["built"] == "Friday, 10 July 2026")
        #expect(throws: TagRuleError.self) { try self.labels(custom: ["x": "{{#if"]) }
    }

    @Test func anEmptyOneTakesItsKeyAway() throws {
        #expect(try labels(custom: [LabelKey.title: ""])[LabelKey.title] == nil)
    }

    @Test func addTheLegacyKeysOnRequest() throws {
        let labels = try labels(custom: [LabelKey.vendor: "Acme"], isLegacy: true)
        #expect(labels["org.label-schema.schema-version"] == "1.0")
        #expect(labels["org.label-schema.vcs-ref"] == sampleCommit.hash)
        #expect(labels["org.label-schema.build-date"] == "2026-07-10T09:30:00Z")
        #expect(labels["org.label-schema.name"] == "ui")
        #expect(labels["org.label-schema.vendor"] == "Acme")
        #expect(labels["org.label-schema.usage"] == nil)
        #expect(try !self.labels().keys.contains { $0.hasPrefix("org.label-schema") })
    }
}
