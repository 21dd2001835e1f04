import FoundationEssentials

/// Reads JSON (RFC 8259) into a document whose parts stay as they are written.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    /// How deep objects and arrays may lie in each other, so that no file exhausts the stack.
    private static let deepest = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The text of a string as it is written, with its quotes.
    static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.first == UInt8(ascii: "\"") else { return nil }
        return try? JSONDecoder().decode([String].self, from: Data([UInt8(ascii: "[")] + bytes + [UInt8(ascii: "]")]))
            .first
    }

    /// The whole document; nil where anything is wrong with it.
    mutating func document() -> JSONDocument? {
        guard String(validating: bytes, as: UTF8.self) != nil, let value = value(level: 0) else { return nil }
        skipBlanks()
        return position == bytes.count ? value : nil
    }

    private mutating func value(level: Int) -> JSONDocument? {
        skipBlanks()
        guard level <= Self.deepest, position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "{"): return object(level: level)
        case UInt8(ascii: "["): return array(level: level)
        case UInt8(ascii: "\""): return string().map { .scalar($0) }
        default: return word().map { .scalar($0) }
        }
    }

    private mutating func object(level: Int) -> JSONDocument? {
        position += 1
        var members: [JSONDocument.Member] = []
        if take("}") { return .object([]) }
        repeat {
            skipBlanks()
            guard let key = string(), take(":"), let value = value(level: level + 1) else { return nil }
            members.append(JSONDocument.Member(key: key, value: value))
        } while take(",")
        return take("}") ? .object(members) : nil
    }

    private mutating func array(level: Int) -> JSONDocument? {
        position += 1
        var items: [JSONDocument] = []
        if take("]") { return .array([]) }
        repeat {
            guard let item = value(level: level + 1) else { return nil }
            items.append(item)
        } while take(",")
        return take("]") ? .array(items) : nil
    }

    private mutating func string() -> [UInt8]? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
        guard position <= bytes.count else { return nil }
        let string = Array(bytes[start..<position])
        // Escapes and control characters are judged by the decoder.
        return Self.text(string) == nil ? nil : string
    }

    /// A number, `true`, `false` or `null`.
    private mutating func word() -> [UInt8]? {
        let start = position
        while position < bytes.count, !" \t\r\n,:{}[]\"".utf8.contains(bytes[position]) { position += 1 }
        let word = Array(bytes[start..<position])
        guard !word.isEmpty else { return nil }
        let isLiteral = ["true", "false", "null"].contains { Array($0.utf8) == word }
        return isLiteral || Self.isNumber(word) ? word : nil
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?` (RFC 8259, section 6).
    private static func isNumber(_ word: [UInt8]) -> Bool {
        var rest = word[...]
        func digits() -> Int {
            let count = rest.prefix { (0x30...0x39).contains($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let hasLeadingZero = rest.first == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !hasLeadingZero || whole == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }
}
