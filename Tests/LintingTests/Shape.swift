import Testing

/// A Dockerfile of the shape of a public project's, with what is in it and what the rules say of it.
struct Shape: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The names of its stages, empty without one.
    let stages: [String]
    /// The images that it names: line and whole name; `?` for one that nobody can tell.
    let images: [String]
    /// Line and rule.
    let findings: [String]
    let text: String

    init(_ name: String, stages: [String], images: [String], findings: [String], _ text: String) {
        testDescription = name
        self.stages = stages
        self.images = images
        self.findings = findings
        self.text = text
    }

    static let all = compiled + interpreted + runtimes + builders

    /// A digest that stands in some of them.
    static let digest = "sha256:" + String(repeating: "0a", count: 32)
}
