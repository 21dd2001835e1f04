/// A version that can be released: its text, its rank among the others, and the lines that it belongs to.
///
/// A `VersionScheme` makes it. Versions of one scheme are in order; versions of two schemes must not be compared.
package struct Version: Sendable {
    /// The version as people write it.
    package let text: String
    /// The numbers that rank the version and make its lines, widest first: 2, 1 and 106.
    package let numbers: [UInt64]
    /// Whether the version is meant for everyone, so that stable moving tags may hold it.
    package let isStable: Bool
    /// Whether the version is a snapshot between two releases, which no moving version tag may hold.
    package let isDevelopment: Bool
    /// The channel of a prerelease, such as `rc`; nil for a stable version and for a prerelease without a word.
    package let channel: String?
    /// The names of the lines that the version belongs to by its numbers, widest first: `2` and `2.1`.
    package let lineNames: [String]
    /// Where each number ends in the text, in UTF-8 bytes from its start.
    let numberEnds: [Int]
    /// What ranks versions of equal numbers.
    let precedence: [PrereleaseIdentifier]
    /// What tells versions of equal rank apart, so that every set has one highest member.
    let build: [PrereleaseIdentifier]

    init(
        text: String,
        numbers: [UInt64],
        numberEnds: [Int],
        isStable: Bool,
        isDevelopment: Bool,
        channel: String?,
        precedence: [PrereleaseIdentifier],
        build: [PrereleaseIdentifier]
    ) {
        self.text = text
        self.numbers = numbers
        self.numberEnds = numberEnds
        self.isStable = isStable
        self.isDevelopment = isDevelopment
        self.channel = channel
        self.precedence = precedence
        self.build = build
        lineNames = numberEnds.dropLast().map { Self.prefix(of: text, length: $0) }
    }

    /// The text up to and including one of its numbers, counted from 1: `2.1` for the second one of `2.1.106`.
    package func prefix(numbers count: Int) -> String? {
        guard count > 0, count <= numberEnds.count else { return nil }
        return Self.prefix(of: text, length: numberEnds[count - 1])
    }

    private static func prefix(of text: String, length: Int) -> String {
        String(decoding: Array(text.utf8.prefix(length)), as: UTF8.self)
    }
}

extension Version {
    /// A semantic version.
    package init(_ version: SemanticVersion) {
        let numbers = [version.major, version.minor, version.patch]
        var ends: [Int] = []
        for number in numbers { ends.append((ends.last.map { $0 + 1 } ?? 0) + "\(number)".utf8.count) }
        self.init(
            text: version.description,
            numbers: numbers,
            numberEnds: ends,
            isStable: version.isStable,
            isDevelopment: version.isDevelopment,
            channel: version.channel,
            precedence: Self.precedence(prerelease: version.prerelease),
            build: version.buildMetadata.map(PrereleaseIdentifier.init(unchecked:))
        )
    }

    /// Ranks a prerelease below the version that it leads to (Semantic Versioning, section 11.3).
    static func precedence(prerelease: [PrereleaseIdentifier]) -> [PrereleaseIdentifier] {
        prerelease.isEmpty ? [PrereleaseIdentifier(1)] : [PrereleaseIdentifier(0)] + prerelease
    }
}

extension Version: Hashable {
    package static func == (left: Version, right: Version) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Version: CustomStringConvertible {
    package var description: String { text }
}

extension Version: Comparable {
    package static func < (left: Version, right: Version) -> Bool {
        for index in 0..<max(left.numbers.count, right.numbers.count) {
            // An absent number counts as zero, as in PEP 440.
            let numbers = (
                index < left.numbers.count ? left.numbers[index] : 0,
                index < right.numbers.count ? right.numbers[index] : 0
            )
            if numbers.0 != numbers.1 { return numbers.0 < numbers.1 }
        }
        for (left, right) in [(left.precedence, right.precedence), (left.build, right.build)] where left != right {
            return left.lexicographicallyPrecedes(right)
        }
        return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}
