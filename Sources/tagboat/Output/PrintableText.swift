/// Text of strangers, made harmless for a terminal.
enum PrintableText {
    /// The text on one line, with every character that steers a terminal, or the direction of writing, spelled out.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isForbidden) else { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where !isForbidden(scalar): result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x100: result += hex(scalar.value, "\\x", "", digits: 2)
            default: result += hex(scalar.value, "\\u{", "}", digits: 4)
            }
        }
    }

    /// The text on one line, with a space for each run of white space, then escaped.
    static func line(_ text: String) -> String {
        escaped(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }

    /// Whether a character is a control character, or one without an image that changes how others are shown.
    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        // Printable ASCII is most of what there is.
        if (0x20..<0x7F).contains(scalar.value) { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return true
        default: return false
        }
    }

    static func hex(_ value: UInt32, _ prefix: String, _ suffix: String, digits: Int) -> String {
        let text = String(value, radix: 16)
        return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text + suffix
    }
}
