import Yams

/// Every key with the value in force and its origin: docs/json.md, schema `tagboat.config/1`.
struct ConfigurationReport: Encodable {
    let schema = "tagboat.config/1"
    let values: [Value]

    struct Value: Encodable {
        let key: String
        /// As the file would write it, in one line; nil where there is none.
        let value: String?
        let origin: String

        enum CodingKeys: CodingKey { case key, value, origin }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(key, forKey: .key)
            try container.encode(value, forKey: .value)
            try container.encode(origin, forKey: .origin)
        }
    }

    /// Takes what the sources say, the nearest first.
    init(_ sources: [ConfigurationSource]) {
        values = ConfigurationKey.all.map { key in
            if let entry = sources.lazy.compactMap({ $0.entries[key.path] }).first {
                return Value(
                    key: key.path,
                    value: key.isSecret ? "<redacted>" : entry.node.inOneLine,
                    origin: entry.origin.description
                )
            }
            return Value(key: key.path, value: key.defaultText, origin: "default")
        }
    }

    var text: String {
        var table = Table()
        for value in values {
            table.add([
                Table.Cell(text: value.key), Table.Cell(text: value.origin), Table.Cell(text: value.value ?? "none"),
            ])
        }
        return table.lines.map { $0 + "\n" }.joined()
    }
}

extension ConfigurationNode {
    /// The value as YAML in flow style.
    fileprivate var inOneLine: String { Self.flow(node) }

    private static func flow(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar):
            return quote(scalar.string)
        case .sequence(let sequence):
            return "[" + sequence.map(flow).joined(separator: ", ") + "]"
        case .mapping(let mapping):
            if mapping.isEmpty { return "{}" }
            return "{ " + mapping.map { "\(flow($0.key)): \(flow($0.value))" }.joined(separator: ", ") + " }"
        case .alias(let alias):
            return "*" + alias.anchor.rawValue
        }
    }

    private static func quote(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "_./:@+-".utf8.contains(byte)
            } && !text.hasSuffix(":")
        if isPlain { return text }
        return "'" + text.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
    }
}
