import OCI
import Testing

@testable import Tagging

@Suite struct LastReleaseTests {
    struct Case: Sendable {
        let version: String
        let tags: [String]
        let found: String?
        var variant = Variant.only
    }

    @Test(arguments: [
        Case(version: "2.1.106", tags: [], found: nil),
        Case(version: "2.1.106", tags: ["latest", "6be23cd", "20260705"], found: nil),
        // The narrowest line wins, though another one is higher.
        Case(version: "2.1.107", tags: ["2.1.106", "2.1.9", "2.2.0", "3.0.0", "2.1", "latest"], found: "2.1.106"),
        // The first one of a line follows the line around it.
        Case(version: "2.2.0", tags: ["2.1.106", "1.9.0", "3.0.0"], found: "2.1.106"),
        Case(version: "3.0.0", tags: ["2.1.106", "1.9.0"], found: "2.1.106"),
        // What comes later is nothing that the build follows.
        Case(version: "2.1.106", tags: ["2.1.107", "3.0.0"], found: nil),
        Case(version: "2.1.106", tags: ["2.1.106", "2.1.105"], found: "2.1.106"),
        Case(version: "2.1.107", tags: ["2.1.107-dev.4.g503a2eb", "2.1.105"], found: "2.1.105"),
        // A build of a changed work tree is no release.
        Case(version: "2.1.107", tags: ["2.1.107-dev.4.g503a2eb-dirty", "2.1.105"], found: "2.1.105"),
        // A variant follows its own kind.
        Case(
            version: "2.1.107",
            tags: ["2.1.106", "2.1.105-slim"],
            found: "2.1.105-slim",
            variant: Variant(name: "slim", suffix: "slim")
        ),
    ])
    func theLineComesFirst(_ example: Case) throws {
        let policy = TagPolicy(
            rules: presets("version", "minor", "latest"),
            variants: example.variant == .only ? [] : [example.variant]
        )
        let release = try LastRelease(
            before: try version(example.version),
            in: try example.tags.map { try OCI.Tag($0) },
            variant: example.variant,
            naming: try TagNaming(policy: policy, context: sampleContext)
        )
        #expect(release?.tag.name == example.found)
    }

    @Test func whatIsYankedIsLeftOut() throws {
        var policy = TagPolicy(rules: presets("version"))
        policy.lines.yanked = [try version("2.1.106")]
        let tags = try ["2.1.106", "2.1.105"].map { try OCI.Tag($0) }
        let naming = try TagNaming(policy: policy, context: sampleContext)
        let release = try LastRelease(before: try version("2.1.107"), in: tags, variant: .only, naming: naming)
        #expect(release?.tag.name == "2.1.105")
    }
}
