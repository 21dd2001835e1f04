/// A text as YAML writes it on one line.
enum YAMLWord {
    /// The text as it is where YAML takes it for that text, else in double quotes (YAML 1.2.2, 7.3).
    static func quote(_ text: String) -> String {
        isPlain(text) ? text : doubleQuoted(text)
    }

    /// Whether nothing in a plain text means anything to YAML, nor makes it a number, a date or another word.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "."), !text.hasSuffix(":") else {
            return false
        }
        let reserved = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", ".nan", ".inf"]
        guard !reserved.contains(text.lowercased()) else { return false }
        // A letter or a dot in front does not make a number: .5 does.
        if first == UInt8(ascii: "."), text.utf8.dropFirst().allSatisfy({ isDigit($0) || "eE.+-".utf8.contains($0) }) {
            return text == "." || text == ".."
        }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "._-/@+:".utf8.contains($0) }
            && !text.contains(": ")
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func doubleQuoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where !PrintableText.isForbidden(scalar): quoted.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x100: quoted += PrintableText.hex(scalar.value, "\\x", "", digits: 2)
            case _ where scalar.value < 0x10000: quoted += PrintableText.hex(scalar.value, "\\u", "", digits: 4)
            default: quoted += PrintableText.hex(scalar.value, "\\U", "", digits: 8)
            }
        }
        return quoted + "\""
    }
}
