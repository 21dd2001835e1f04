/// A regular expression whose named groups say what in a version is a number, a prerelease or build metadata.
///
/// Every named group that matches digits is a number that ranks the version and ends a line, in the order in which
/// the groups stand; the groups `prerelease` and `build` are what they are called.
package struct VersionPattern: Hashable, Sendable {
    package let text: String
    private let groups: [String]

    private static let prerelease = "prerelease"
    private static let build = "build"

    /// Reads the expression.
    ///
    /// - Throws: `VersionError` where it is none, or has no number.
    package init(_ text: String) throws(VersionError) {
        do {
            _ = try Regex(text)
        } catch {
            throw VersionError(text, "a regular expression", "\(error)")
        }
        groups = Self.groupNames(in: text)
        self.text = text
        guard groups.contains(where: { ![Self.prerelease, Self.build].contains($0) }) else {
            throw VersionError(text, "a version pattern", "it needs a named group, such as (?<major>\\d+)")
        }
    }

    /// The names of groups in the order in which they stand.
    private static func groupNames(in text: String) -> [String] {
        var names: [String] = []
        var rest = text[...]
        while let opening = rest.firstRange(of: "(?<") {
            rest = rest[opening.upperBound...]
            // `(?<=` and `(?<!` look behind and name nothing.
            guard let first = rest.first, first != "=", first != "!" else { continue }
            names.append(String(rest.prefix { $0 != ">" }))
        }
        return names
    }

    func version(_ version: String) throws(VersionError) -> Version {
        let scheme = "a version of the pattern \(text)"
        // Compiled where it is used: a Regex can be neither compared nor sent elsewhere.
        let match: Regex<AnyRegexOutput>.Match?
        do {
            match = try Regex(text).matchingSemantics(.unicodeScalar).asciiOnlyDigits().wholeMatch(in: version)
        } catch {
            throw VersionError(version, scheme, "\(error)")
        }
        guard let match else { throw VersionError(version, scheme, "the pattern does not match all of it") }
        var numbers: [UInt64] = []
        var ends: [Int] = []
        var prerelease: [PrereleaseIdentifier] = []
        var build: [PrereleaseIdentifier] = []
        for name in groups {
            guard let group = match[name], let value = group.substring, let range = group.range else { continue }
            switch name {
            case Self.prerelease: prerelease = Self.identifiers(value)
            case Self.build: build = Self.identifiers(value)
            default:
                guard let number = UInt64(value) else {
                    throw VersionError(version, scheme, "the group \(name), \"\(value)\", is no number")
                }
                numbers.append(number)
                ends.append(version.utf8.distance(from: version.startIndex, to: range.upperBound))
            }
        }
        guard !numbers.isEmpty else { throw VersionError(version, scheme, "none of its groups holds a number") }
        return Version(
            text: version,
            numbers: numbers,
            numberEnds: ends,
            isStable: prerelease.isEmpty,
            isDevelopment: false,
            channel: prerelease.first { !$0.isNumeric }?.description,
            precedence: Version.precedence(prerelease: prerelease),
            build: build
        )
    }

    /// Words and numbers, also where nothing stands between them, so that `rc10` ranks above `rc9`.
    private static func identifiers(_ text: Substring) -> [PrereleaseIdentifier] {
        var parts: [String] = []
        var wasDigit: Bool?
        for character in text {
            guard character.isASCII, character.isLetter || character.isNumber else {
                wasDigit = nil
                continue
            }
            if wasDigit == character.isNumber, let last = parts.popLast() {
                parts.append(last + String(character))
            } else {
                parts.append(String(character))
            }
            wasDigit = character.isNumber
        }
        return parts.map(PrereleaseIdentifier.init(unchecked:))
    }
}
