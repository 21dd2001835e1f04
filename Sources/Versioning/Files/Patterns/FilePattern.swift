/// A regular expression that finds versions in a file, in time that is linear in the file's length.
///
/// It has what most engines have, besides looking around and references back, which have no linear search: groups,
/// alternatives, classes (of ASCII), `\d \w \s \b`, greedy and lazy repetition, and `(?i)` and `(?s)` at the start.
/// `^` and `$` are the ends of lines, CRLF among them. The version is the group named `version`, or the only group.
package struct FilePattern: Equatable, Sendable, CustomStringConvertible {
    package let description: String
    private let program: PatternProgram

    /// How many places a pattern may find, which keeps the search linear.
    static let mostMatches = 1000

    /// How many bytes an expression may have.
    static let longest = 2000

    /// Reads the expression.
    ///
    /// - Throws: `PatternError` where it is none, or does not say which group is the version.
    package init(_ text: String) throws(PatternError) {
        guard text.utf8.count <= Self.longest else {
            throw PatternError(
                pattern: "\(text.prefix(20))…",
                problem: "it is longer than \(Self.longest) bytes"
            )
        }
        var parser = PatternParser(text)
        let node = try parser.parse()
        let groups = parser.groups
        guard let version = groups.firstIndex(of: "version") ?? (groups.count == 1 ? 0 : nil) else {
            throw PatternError(
                pattern: text,
                problem: groups.isEmpty
                    ? "no group in it says where the version stands"
                    : "it has \(groups.count) groups and none is named version"
            )
        }
        guard let program = PatternProgram(node, capturing: version) else {
            throw PatternError(pattern: text, problem: "it is too large when its repetitions are written out")
        }
        self.program = program
        description = text
    }

    package static func == (left: FilePattern, right: FilePattern) -> Bool { left.description == right.description }

    /// Where versions stand in a file, from its start to its end.
    func places(in bytes: [UInt8]) throws(ScanFailure) -> [Range<Int>] {
        var matcher = PatternMatcher(program, ByteCursor(bytes))
        var places: [Range<Int>] = []
        while let match = matcher.nextMatch() {
            guard let version = match.group else {
                throw ScanFailure(
                    place: match.whole.lowerBound,
                    problem: "the pattern matches here, but its version group does not"
                )
            }
            places.append(version)
            guard places.count <= Self.mostMatches else {
                throw ScanFailure(place: nil, problem: "the pattern matches more than \(Self.mostMatches) times")
            }
        }
        return places
    }
}

/// Why a text is no pattern for files.
package struct PatternError: Error, Equatable, Sendable, CustomStringConvertible {
    package let pattern: String
    package let problem: String

    package var description: String { "\"\(pattern)\" is not a pattern for a version: \(problem)" }

    /// What to do about it.
    package var hint: String {
        "write a regular expression with one group, or one named version, such as 'release = \"(?<version>[^\"]+)\"'"
    }
}
