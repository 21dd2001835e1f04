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
        self.problem = Self.printable(problem)
        self.hint = hint
    }

    package var description: String {
        "\(path)\(line.map { ":\($0)" } ?? ""): \(problem)"
    }

    /// What a file holds is shown, but in one line, and not all of a long one.
    private static func printable(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(500).map { scalar in
            scalar.properties.generalCategory == .control || scalar.value == 0x2028 || scalar.value == 0x2029
                ? "\u{FFFD}" : scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static let versionFileHint =
        "a VERSION file holds one version such as 2.1.106 on a line of its own, besides blank lines and # comments"
}
