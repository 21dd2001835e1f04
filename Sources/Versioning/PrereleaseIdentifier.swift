/// One dot-separated identifier of a prerelease: digits compare by value and rank below words (section 11.4).
///
/// Numeric identifiers keep their digits as text, so they may be of any length.
package struct PrereleaseIdentifier: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Takes a text that is already known to be a valid identifier.
    package init(unchecked text: String) {
        description = text
    }

    /// A numeric identifier.
    package init(_ number: Int) {
        description = String(number)
    }

    /// Whether the identifier consists of digits only.
    package var isNumeric: Bool { description.utf8.allSatisfy(\.isASCIIDigit) }
}

extension PrereleaseIdentifier: Comparable {
    package static func < (left: PrereleaseIdentifier, right: PrereleaseIdentifier) -> Bool {
        switch (left.isNumeric, right.isNumeric) {
        case (true, true):
            let (leftDigits, rightDigits) = (left.significantDigits, right.significantDigits)
            if leftDigits.count != rightDigits.count { return leftDigits.count < rightDigits.count }
            if leftDigits != rightDigits { return leftDigits.lexicographicallyPrecedes(rightDigits) }
            // Only build metadata may have leading zeros; the order must still tell `01` from `1`.
            return left.description.utf8.count < right.description.utf8.count
        case (true, false): return true
        case (false, true): return false
        case (false, false): return left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
        }
    }

    private var significantDigits: [UInt8] { Array(description.utf8.drop { $0 == UInt8(ascii: "0") }) }
}

extension UInt8 {
    var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// `[0-9A-Za-z-]`, the alphabet of identifiers (section 9).
    var isIdentifierCharacter: Bool {
        isASCIIDigit || self == UInt8(ascii: "-")
            || (self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z"))
            || (self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z"))
    }
}
