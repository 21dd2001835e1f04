/// JSON whose keys keep their order, written as JavaScript's `JSON.stringify` writes it.
package indirect enum OrderedJSON: Hashable, Sendable {
    case string(String)
    case number(Int)
    case boolean(Bool)
    case list([OrderedJSON])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let key: String
        package let value: OrderedJSON

        package init(_ key: String, _ value: OrderedJSON) {
            self.key = key
            self.value = value
        }
    }

    /// An object of texts.
    package static func texts(_ pairs: [(key: String, value: String)]) -> OrderedJSON {
        .object(pairs.map { Member($0.key, .string($0.value)) })
    }

    /// A list of texts.
    package static func texts(_ texts: [String]) -> OrderedJSON { .list(texts.map { .string($0) }) }

    /// All in one line.
    package var compact: String {
        switch self {
        case .string(let text): Self.quoted(text)
        case .number(let number): "\(number)"
        case .boolean(let value): "\(value)"
        case .list(let items): "[" + items.map(\.compact).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\(Self.quoted($0.key)):\($0.value.compact)" }.joined(separator: ",") + "}"
        }
    }

    /// On many lines, two spaces deeper with each level.
    package var pretty: String { pretty(indent: "") }

    private func pretty(indent: String) -> String {
        let inner = indent + "  "
        func block(_ open: String, _ lines: [String], _ close: String) -> String {
            if lines.isEmpty { return open + close }
            return open + "\n" + lines.map { inner + $0 }.joined(separator: ",\n") + "\n" + indent + close
        }
        switch self {
        case .string, .number, .boolean: return compact
        case .list(let items): return block("[", items.map { $0.pretty(indent: inner) }, "]")
        case .object(let members):
            return block("{", members.map { "\(Self.quoted($0.key)): \($0.value.pretty(indent: inner))" }, "}")
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{8}": quoted += "\\b"
            case "\u{C}": quoted += "\\f"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
