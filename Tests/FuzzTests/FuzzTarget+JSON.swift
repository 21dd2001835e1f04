import FoundationEssentials
import OCI

extension FuzzTarget {
    static let json = FuzzTarget(name: "json", count: 12_000) { input in
        var text = input.jsonValue(level: 0)
        if input.oneIn(200) {
            let depth = 50 + input.below(40)
            text = String(repeating: "[", count: depth) + text + String(repeating: "]", count: depth)
        }
        let bytes = input.isDamaged() ? input.damaged(Array(text.utf8)) : Array(text.utf8)
        input.shown = bytes
        let document = JSONDocument(parsing: bytes)
        // Values may stand 64 levels deep; an empty list that deep opens one more.
        let depth = JSONGrammar.depth(bytes)
        guard let document else {
            return depth.map { $0 <= 64 } ?? false ? "it is refused, against the grammar" : nil
        }
        guard let depth, depth <= 65 else { return "it is accepted, against the grammar" }
        guard JSONDocument(parsing: document.compact) == document else { return "it does not survive printing" }
        guard JSONDocument(parsing: document.written()) == document else {
            return "it does not survive docker's layout"
        }
        return (try? JSONDecoder().decode(Skipped.self, from: Data(bytes))) != nil ? nil : "the decoder refuses it"
    }
}

/// Any JSON, looked at by the decoder and not kept.
private struct Skipped: Decodable {
    init(from decoder: any Decoder) throws {}
}

extension FuzzInput {
    mutating func jsonValue(level: Int) -> String {
        switch below(level > 3 ? 6 : 9) {
        case 0: return pick(["true", "false", "null"])
        case 1: return pick(["0", "-0", "1e9", "-1.5E+3", "9223372036854775808", word(.digits, upTo: 3)])
        case 2, 3: return FuzzInput.quoted(word(.text, upTo: 10))
        case 4:
            return pick(["\"\\u0041\"", "\"\\ud83d\\udea2\"", "\"\\ud83d\"", "\"\\n\\/\"", "\"\u{1F6A2}\"", "\"\""])
        case 5: return pick(["{}", "[]", " [ ] ", "\n1\t"])
        case 6:
            return "[" + (0...below(3)).map { _ in jsonValue(level: level + 1) }.joined(separator: pick([",", " , "]))
                + "]"
        default:
            return "{"
                + (0...below(3)).map { _ in
                    FuzzInput.quoted(word(.text, upTo: 5)) + pick([":", " : "]) + jsonValue(level: level + 1)
                }
                .joined(separator: pick([",", ", "])) + "}"
        }
    }
}
