import Tagging
import Testing

let commit = "4f2a9c0d1e8b7a6f5c4d3e2b1a0f9e8d7c6b5a49"

/// What a CI system's variables must come out as.
struct ContextCase: Sendable, CustomTestStringConvertible {
    let name: String
    var environment: [String: String]
    var event = "push"
    var ref: String
    var baseRef = ""
    var defaultBranch: String?

    var testDescription: String { name }

    /// Checks what depends on the case.
    func check(system: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
        let context = try #require(try BuildContext(environment: environment), sourceLocation: sourceLocation)
        #expect(context.system == system, sourceLocation: sourceLocation)
        #expect(context.event == event, sourceLocation: sourceLocation)
        #expect(context.ref == ref, sourceLocation: sourceLocation)
        #expect(context.baseRef == baseRef, sourceLocation: sourceLocation)
        #expect(context.defaultBranch == defaultBranch, sourceLocation: sourceLocation)
        #expect(context.payloadDefaultBranch == defaultBranch, sourceLocation: sourceLocation)
    }
}

/// A system's variables that are the same in every case.
struct SystemSample: Sendable {
    let variables: [String: String]

    func with(_ more: [String: String]) -> [String: String] {
        variables.merging(more) { _, new in new }
    }
}
