/// Why a text is not a semantic version.
package struct SemanticVersionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text that was given.
    package let text: String
    /// What is wrong with it, as the end of a sentence.
    package let problem: String

    package var description: String { "\"\(text)\" is not a semantic version: \(problem)" }
}

extension SemanticVersion {
    /// Parses by the grammar of Semantic Versioning 2.0.0, to the letter: no `v`, no white space, no missing part.
    ///
    /// - Throws: `SemanticVersionError` with the first thing that is wrong. A major, minor or patch number above
    ///   18446744073709551615 is refused.
    package init(parsing text: String) throws(SemanticVersionError) {
        guard !text.isEmpty else { throw SemanticVersionError(text: text, problem: "it is empty") }
        let (versionAndPrerelease, build) = text.split(atFirst: "+")
        let (core, prerelease) = versionAndPrerelease.split(atFirst: "-")

        let numbers = core.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3 else {
            throw SemanticVersionError(text: text, problem: "expected three numbers, MAJOR.MINOR.PATCH")
        }
        let names = ["major", "minor", "patch"]
        var values: [UInt64] = []
        for (name, digits) in zip(names, numbers) {
            values.append(try Self.number(digits, name: name, in: text))
        }

        var prereleaseIdentifiers: [PrereleaseIdentifier] = []
        if let prerelease {
            prereleaseIdentifiers = try Self.identifiers(prerelease, of: .prerelease, in: text)
                .map(PrereleaseIdentifier.init(unchecked:))
        }
        var buildIdentifiers: [String] = []
        if let build {
            buildIdentifiers = try Self.identifiers(build, of: .buildMetadata, in: text)
        }
        self.init(
            values[0],
            values[1],
            values[2],
            prerelease: prereleaseIdentifiers,
            buildMetadata: buildIdentifiers
        )
    }

    private enum IdentifierList: String {
        case prerelease
        case buildMetadata = "build metadata"
    }

    private static func number(
        _ digits: Substring,
        name: String,
        in text: String
    ) throws(SemanticVersionError) -> UInt64 {
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isASCIIDigit) else {
            throw SemanticVersionError(text: text, problem: "the \(name) number \"\(digits)\" must be digits")
        }
        guard digits == "0" || !digits.hasPrefix("0") else {
            throw SemanticVersionError(text: text, problem: "the \(name) number \"\(digits)\" has a leading zero")
        }
        guard let value = UInt64(digits) else {
            throw SemanticVersionError(text: text, problem: "the \(name) number is larger than \(UInt64.max)")
        }
        return value
    }

    private static func identifiers(
        _ list: Substring,
        of kind: IdentifierList,
        in text: String
    ) throws(SemanticVersionError) -> [String] {
        var identifiers: [String] = []
        for identifier in list.split(separator: ".", omittingEmptySubsequences: false) {
            guard !identifier.isEmpty else {
                throw SemanticVersionError(text: text, problem: "its \(kind.rawValue) has an empty identifier")
            }
            guard identifier.utf8.allSatisfy(\.isIdentifierCharacter) else {
                throw SemanticVersionError(
                    text: text,
                    problem:
                        "the \(kind.rawValue) identifier \"\(identifier)\" may hold only letters, digits and hyphens"
                )
            }
            let isNumeric = identifier.utf8.allSatisfy(\.isASCIIDigit)
            guard kind == .buildMetadata || !isNumeric || identifier == "0" || !identifier.hasPrefix("0") else {
                throw SemanticVersionError(
                    text: text,
                    problem: "the \(kind.rawValue) identifier \"\(identifier)\" has a leading zero"
                )
            }
            identifiers.append(String(identifier))
        }
        return identifiers
    }
}

extension StringProtocol {
    /// The text before the first occurrence of a character, and the text behind it; nil where it does not occur.
    func split(atFirst separator: Character) -> (before: SubSequence, after: SubSequence?) {
        guard let index = firstIndex(of: separator) else { return (self[...], nil) }
        return (self[..<index], self[self.index(after: index)...])
    }
}
