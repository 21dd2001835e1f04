/// A JSON document that is changed in one place and otherwise kept as it is: order, numbers, escapes, unknown keys.
package indirect enum JSONDocument: Equatable, Sendable {
    /// The members in their order, each key as it is written, with its quotes.
    case object([Member])
    case array([JSONDocument])
    /// A string, number, `true`, `false` or `null`, as it is written.
    case scalar([UInt8])

    /// A key with its value.
    package struct Member: Equatable, Sendable {
        let key: [UInt8]
        package var value: JSONDocument
    }

    /// Reads a document (RFC 8259); nil where it is none.
    package init?(parsing bytes: [UInt8]) {
        var parser = JSONParser(bytes)
        guard let document = parser.document() else { return nil }
        self = document
    }

    /// A string.
    package static func text(_ text: String) -> JSONDocument { .scalar(quoted(text)) }

    /// A whole number.
    package static func number(_ number: Int64) -> JSONDocument { .scalar(Array(String(number).utf8)) }

    /// The member of an object; setting nil takes it away, and a new one goes to the end.
    package subscript(key: String) -> JSONDocument? {
        get { members.first { $0.name == key }?.value }
        set {
            var members = self.members
            if let newValue {
                if let index = members.firstIndex(where: { $0.name == key }) {
                    members[index].value = newValue
                } else {
                    members.append(Member(key: Self.quoted(key), value: newValue))
                }
            } else {
                members.removeAll { $0.name == key }
            }
            self = .object(members)
        }
    }

    /// The members of an object; none of anything else.
    package var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The text of a string; nil for anything else.
    package var text: String? {
        if case .scalar(let bytes) = self { JSONParser.text(bytes) } else { nil }
    }

    /// The document in docker's own layout: a tab a level, no line end behind it.
    package func written(level: Int = 0) -> [UInt8] {
        func joined(_ parts: [[UInt8]], _ open: String, _ close: String) -> [UInt8] {
            guard !parts.isEmpty else { return Array((open + close).utf8) }
            let indentation = [UInt8(ascii: "\n")] + [UInt8](repeating: UInt8(ascii: "\t"), count: level + 1)
            let lines = parts.map { indentation + $0 }.joined(separator: [UInt8(ascii: ",")])
            return Array(open.utf8) + lines + indentation.dropLast() + Array(close.utf8)
        }
        return switch self {
        case .object(let members):
            joined(members.map { $0.key + Array(": ".utf8) + $0.value.written(level: level + 1) }, "{", "}")
        case .array(let items):
            joined(items.map { $0.written(level: level + 1) }, "[", "]")
        case .scalar(let bytes):
            bytes
        }
    }

    /// The document in one line, without white space.
    package var compact: [UInt8] {
        func joined(_ parts: [[UInt8]], _ open: String, _ close: String) -> [UInt8] {
            Array(open.utf8) + parts.joined(separator: [UInt8(ascii: ",")]) + Array(close.utf8)
        }
        return switch self {
        case .object(let members): joined(members.map { $0.key + [UInt8(ascii: ":")] + $0.value.compact }, "{", "}")
        case .array(let items): joined(items.map(\.compact), "[", "]")
        case .scalar(let bytes): bytes
        }
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var bytes = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default:
                bytes.append(byte)
            }
        }
        return bytes + [UInt8(ascii: "\"")]
    }
}

extension JSONDocument.Member {
    /// The key without quotes and escapes.
    package var name: String { JSONParser.text(key) ?? "" }
}
