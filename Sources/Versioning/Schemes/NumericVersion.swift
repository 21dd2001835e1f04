/// A version of a fixed count of numbers between dots, with an optional semantic prerelease and build metadata.
struct NumericVersion {
    let version: Version

    init(_ text: String, count: Int) throws(VersionError) {
        let scheme = "a version of \(count) numbers"
        let (withPrerelease, build) = text.split(atFirst: "+")
        let (core, prerelease) = withPrerelease.split(atFirst: "-")
        let digits = core.split(separator: ".", omittingEmptySubsequences: false)
        guard digits.count == count else {
            throw VersionError(text, scheme, "it has \(digits.count == 1 ? "1 number" : "\(digits.count) numbers")")
        }
        var numbers: [UInt64] = []
        var ends: [Int] = []
        for part in digits {
            guard !part.isEmpty, part.utf8.allSatisfy(\.isASCIIDigit), let number = UInt64(part) else {
                throw VersionError(text, scheme, "\"\(part)\" is no number")
            }
            guard part == "0" || !part.hasPrefix("0") else {
                throw VersionError(text, scheme, "the number \"\(part)\" has a leading zero")
            }
            numbers.append(number)
            ends.append((ends.last.map { $0 + 1 } ?? 0) + part.utf8.count)
        }
        let suffix = try VersionSuffix(prerelease: prerelease, build: build, of: text, scheme: scheme)
        version = Version(text: text, numbers: numbers, numberEnds: ends, suffix: suffix)
    }
}

extension Version {
    /// A version of numbers with an optional semantic prerelease and build metadata.
    init(text: String, numbers: [UInt64], numberEnds: [Int], suffix: VersionSuffix) {
        self.init(
            text: text,
            numbers: numbers,
            numberEnds: numberEnds,
            isStable: suffix.prerelease.isEmpty,
            isDevelopment: false,
            channel: suffix.channel,
            precedence: Self.precedence(prerelease: suffix.prerelease),
            build: suffix.build
        )
    }
}

/// The part of a version behind its numbers, by the rules of Semantic Versioning: `-rc.1+build.7`.
struct VersionSuffix {
    let prerelease: [PrereleaseIdentifier]
    let build: [PrereleaseIdentifier]
    let channel: String?

    init(
        prerelease: Substring?,
        build: Substring?,
        of text: String,
        scheme: String
    ) throws(VersionError) {
        // A semantic version around it, so that there is one grammar for these identifiers.
        let probe = "0.0.0" + (prerelease.map { "-" + $0 } ?? "") + (build.map { "+" + $0 } ?? "")
        do {
            let parsed = try SemanticVersion(parsing: probe)
            self.prerelease = parsed.prerelease
            self.build = parsed.buildMetadata.map(PrereleaseIdentifier.init(unchecked:))
            channel = parsed.channel
        } catch {
            throw VersionError(text, scheme, error.problem)
        }
    }
}
