/// How versions are written, ranked and cut into lines.
package enum VersionScheme: Hashable, Sendable {
    /// Semantic Versioning 2.0.0.
    case semantic
    /// A fixed count of numbers, two to four, such as `26.7` or `1.2.3.4`, with an optional semantic prerelease.
    case numeric(count: Int)
    /// Calendar versions of a format such as `YYYY.0M.MICRO`.
    case calendar(CalendarFormat)
    /// Python's versions (PEP 440), of a fixed count of release numbers.
    case python(count: Int)
    /// Versions that a regular expression with named groups reads.
    case custom(VersionPattern)

    /// Reads a version.
    ///
    /// - Throws: `VersionError` that says what was expected.
    package func version(_ text: String) throws(VersionError) -> Version {
        if self != .semantic, let development = try developmentVersion(text) { return development }
        switch self {
        case .semantic:
            do {
                return Version(try SemanticVersion(parsing: text))
            } catch {
                throw VersionError(text, "a semantic version", error.problem)
            }
        case .numeric(let count): return try NumericVersion(text, count: count).version
        case .calendar(let format): return try format.version(text)
        case .python(let count): return try PythonVersion(parsing: text).version(numbers: count)
        case .custom(let pattern): return try pattern.version(text)
        }
    }

    /// A stable version and a prerelease, to see what a rule makes of such; empty where a scheme has no typical ones.
    package var examples: [Version] {
        switch self {
        case .semantic:
            [
                Version(SemanticVersion(9, 8, 7)),
                Version(SemanticVersion(9, 8, 7, prerelease: [PrereleaseIdentifier(unchecked: "rc")])),
            ]
        case .numeric(let count): Self.examples(count, prerelease: "-rc.1", in: self)
        case .python(let count): Self.examples(count, prerelease: "rc1", in: self)
        case .calendar, .custom: []
        }
    }

    private static func examples(_ count: Int, prerelease: String, in scheme: VersionScheme) -> [Version] {
        let numbers = (1...max(1, count)).map(String.init).joined(separator: ".")
        return [numbers, numbers + prerelease].compactMap { try? scheme.version($0) }
    }

    /// The scheme's name in the configuration.
    package var name: String {
        switch self {
        case .semantic: "semver"
        case .numeric: "numeric"
        case .calendar: "calver"
        case .python: "pep440"
        case .custom: "regex"
        }
    }
}
