/// Why a file is not a Dockerfile, or why the image that a stage is based on cannot be told.
package struct DockerfileError: Error, Equatable, Sendable, CustomStringConvertible {
    package let path: String
    /// The line, from 1; nil where the whole file is meant.
    package let line: Int?
    package let problem: String

    package var description: String {
        "\(path)\(line.map { ":\($0)" } ?? ""): \(problem)"
    }

    init(_ error: SyntaxError, path: String) {
        self.path = path
        line = error.line
        // The file's own words may hold what moves a terminal's cursor.
        let scalars = error.problem.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }
        problem = String(String.UnicodeScalarView(scalars))
    }
}

/// What is wrong at a line of the file, before the file's name is added.
struct SyntaxError: Error, Equatable, Sendable {
    /// The line, from 1; nil where the whole file is meant.
    let line: Int?
    let problem: String
}
