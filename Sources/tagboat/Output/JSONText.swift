import FoundationEssentials

/// JSON for machines and people: keys sorted, two spaces, one line end.
enum JSONText {
    static func render(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return withoutControls(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
    }

    /// JSON lets most control characters stand as they are, which a terminal would obey.
    private static func withoutControls(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isForbidden) else { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            if isForbidden(scalar) {
                for unit in scalar.utf16 { result += PrintableText.hex(UInt32(unit), "\\u", "", digits: 4) }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n" && PrintableText.isForbidden(scalar)
    }
}
