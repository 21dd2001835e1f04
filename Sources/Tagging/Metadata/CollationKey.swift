/// The order of texts that people expect, and that JavaScript's `localeCompare` has: punctuation before digits before
/// letters, and case only where nothing else differs (Unicode Collation Algorithm, root collation, for ASCII).
struct CollationKey: Comparable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The characters that are neither letters nor digits, in their order.
    private static let punctuation = Array("\t\n\u{B}\u{C}\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$".unicodeScalars)

    private static func primary(_ scalar: Unicode.Scalar) -> UInt32 {
        if let index = punctuation.firstIndex(of: scalar) { return UInt32(index) }
        let value = scalar.value
        // Letters of both cases weigh the same here.
        return 0x100 + ((0x41...0x5A).contains(value) ? value + 0x20 : value)
    }

    static func < (left: CollationKey, right: CollationKey) -> Bool {
        let first = left.text.unicodeScalars.map(primary)
        let second = right.text.unicodeScalars.map(primary)
        if first != second { return first.lexicographicallyPrecedes(second) }
        // Lower case comes first.
        return right.text.utf8.lexicographicallyPrecedes(left.text.utf8)
    }

    static func == (left: CollationKey, right: CollationKey) -> Bool { left.text == right.text }
}
