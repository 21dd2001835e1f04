package import Versioning

/// A version to compare others with; written with fewer numbers, it stands for its whole line.
package struct VersionBound: Hashable, Sendable {
    private let version: Version?
    private let numbers: [UInt64]

    /// Reads `2.1.106`, or `2.1` for everything that begins with these numbers; nil for what is neither.
    package init?(_ text: String, scheme: VersionScheme) {
        let bare = text.hasPrefix("v") ? String(text.dropFirst()) : text
        if let version = try? scheme.version(bare) {
            self.version = version
            numbers = version.numbers
            return
        }
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt64($0) : nil }
        guard numbers.count == parts.count else { return nil }
        version = nil
        self.numbers = numbers
    }

    /// How a version compares with the bound: below, within its line or equal, above.
    func comparison(of other: Version) -> Comparison {
        if let version { return other == version ? .equal : other < version ? .below : .above }
        // As many numbers as are written count.
        for (index, number) in numbers.enumerated() {
            let own = index < other.numbers.count ? other.numbers[index] : 0
            if own != number { return own < number ? .below : .above }
        }
        return .equal
    }
}

/// How a value stands to a bound.
enum Comparison: Hashable, Sendable {
    case below, equal, above

    init<Value: Comparable>(_ value: Value, to bound: Value) {
        self = value == bound ? .equal : value < bound ? .below : .above
    }
}
