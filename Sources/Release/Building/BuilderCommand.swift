/// A command line of a builder, as a value: it can be shown, compared and run.
package struct BuilderCommand: Hashable, Sendable {
    package let program: String
    package let arguments: [String]
    /// Variables that it needs beside those that are there.
    package let environment: [String: String]
    /// Whether the build goes on where it fails: it makes use of what may not be there, and is not shown then.
    package let isOptional: Bool

    package init(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        isOptional: Bool = false
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.isOptional = isOptional
    }

    /// The words as a shell takes them, each still to be quoted: variables, the program, its arguments.
    package var assignments: [(name: String, value: String)] {
        environment.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
