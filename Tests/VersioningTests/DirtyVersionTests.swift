import Testing

@testable import Versioning

/// Development versions of a changed work tree: their hash has `-dirty` behind it, whatever the scheme.
@Suite struct DirtyVersionTests {
    struct Case: Sendable {
        let scheme: VersionScheme
        let release: String
        let after: String
        let before: String
    }

    @Test(arguments: [
        Case(
            scheme: .semantic,
            release: "2.1.106",
            after: "2.1.107-dev.4.g503a2eb-dirty",
            before: "2.1.106-dev.4.g503a2eb-dirty"
        ),
        Case(
            scheme: .numeric(count: 2),
            release: "26.7",
            after: "26.7-4-g503a2eb-dirty",
            before: "26.7-dev.4.g503a2eb-dirty"
        ),
        Case(
            scheme: .python(count: 3),
            release: "1.2.3",
            after: "1.2.4.dev4+g503a2eb.dirty",
            before: "1.2.3.dev4+g503a2eb.dirty"
        ),
    ])
    func saysSo(_ example: Case) throws {
        let release = try example.scheme.version(example.release)
        let hash = "503a2eb-dirty"
        let after = try example.scheme.development(after: release, commits: 4, shortHash: hash)
        let before = try example.scheme.development(before: release, commits: 4, shortHash: hash)
        #expect(after.text == example.after)
        #expect(before.text == example.before)
        // Read back, it is a snapshot still.
        for text in [after.text, before.text] { #expect(try example.scheme.version(text).isDevelopment, "\(text)") }
    }

    @Test(arguments: [
        "2.1.107-dev.4.g503a2eb-clean", "2.1.107-dev.4.g-dirty", "2.1.107-dev.4.gxyzz-dirty", "2.1.107-dirty",
    ])
    func nothingElseIs(_ text: String) throws {
        #expect(try !SemanticVersion(parsing: text).isDevelopment)
    }
}
