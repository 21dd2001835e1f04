/// Recognises a JSON array of strings, the form of an instruction that no shell reads.
struct JSONArray {
    private var rest: ArraySlice<Unicode.Scalar>

    /// Whether a text is such an array and nothing else.
    static func isStrings(_ text: SourceText) -> Bool {
        var array = JSONArray(rest: text.scalars.map(\.value)[...])
        return array.takeStrings() && array.rest.isEmpty
    }

    private mutating func takeStrings() -> Bool {
        guard take("[") else { return false }
        if take("]") { return true }
        repeat {
            guard takeString() else { return false }
        } while take(",")
        return take("]")
    }

    private mutating func takeString() -> Bool {
        guard rest.popFirst() == "\"" else { return false }
        while let next = rest.popFirst() {
            switch next {
            case "\"":
                skipWhitespace()
                return true
            case "\\":
                guard takeEscaped() else { return false }
            case ..<" ": return false
            default: break
            }
        }
        return false
    }

    private mutating func takeEscaped() -> Bool {
        switch rest.popFirst() {
        case "\"", "\\", "/", "b", "f", "n", "r", "t": return true
        case "u":
            let digits = rest.prefix(4)
            rest = rest.dropFirst(4)
            return digits.count == 4 && digits.allSatisfy { $0.isASCII && $0.properties.isHexDigit }
        default: return false
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipWhitespace()
        guard rest.first == scalar else { return false }
        rest = rest.dropFirst()
        skipWhitespace()
        return true
    }

    private mutating func skipWhitespace() {
        rest = rest.drop { [" ", "\t", "\n", "\r"].contains($0) }
    }
}
