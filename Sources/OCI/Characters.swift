extension UInt8 {
    var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isLowercaseLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
    var isUppercaseLetter: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
    var isAlphanumeric: Bool { isASCIIDigit || isLowercaseLetter || isUppercaseLetter }
    var isLowercaseHex: Bool { isASCIIDigit || (self >= UInt8(ascii: "a") && self <= UInt8(ascii: "f")) }
}

extension StringProtocol {
    /// The text before the first occurrence of a character, and the text behind it; nil where it does not occur.
    func split(atFirst separator: Character) -> (before: SubSequence, after: SubSequence?) {
        guard let index = firstIndex(of: separator) else { return (self[...], nil) }
        return (self[..<index], self[self.index(after: index)...])
    }
}

extension String {
    /// The text for messages, which may be a server's: without control characters, and of bounded length.
    var onOneLine: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.prefix(400).map { $0.properties.generalCategory == .control ? "?" : $0 }
            )
        )
    }
}
