/// Why a version cannot be read from a file, or written into it.
package struct VersionFileError: Error, Equatable, Sendable, CustomStringConvertible {
    package let path: String
    /// The line, from 1; nil where the whole file is meant.
    package let line: Int?
    package let problem: String
    /// What to do about it.
    package let hint: String

    init(path: String, line: Int?, problem: String, hint: String = Self.versionFileHint) {
        self.path = path
        self.line = line
        self.problem = problem
        self.hint = hint
    }

    package var description: String {
        "\(path)\(line.map { ":\($0)" } ?? ""): \(problem)"
    }

    private static let versionFileHint =
        "a VERSION file holds one version such as 2.1.106 on a line of its own, besides blank lines and # comments"
}
