/// Finds values in a TOML document (toml.io, 1.0.0).
///
/// It knows tables, dotted and quoted keys, all four kinds of strings, comments, lists and inline tables; it does not
/// judge numbers and dates, nor whether a table is defined twice.
struct TOMLScanner {
    private var cursor: ByteCursor
    private let wanted: [[String]]
    /// The table at hand, with the numbers of lists of tables in it.
    private var table: [String] = []
    private var path: [String] = []
    /// How many tables each list of tables has.
    private var counts: [[String]: Int] = [:]
    private var values: [DocumentValue] = []
    private var depth = 0

    /// How many keys may lead to a value, and how many lists and inline tables may stand in one another.
    static let deepest = 64

    /// The single values at or below some paths, in their order.
    static func values(in bytes: [UInt8], below wanted: [[String]]) throws(ScanFailure) -> [DocumentValue] {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw ScanFailure(place: nil, problem: "bytes that are not UTF-8 text")
        }
        var scanner = TOMLScanner(cursor: ByteCursor(bytes), wanted: wanted)
        try scanner.document()
        return scanner.values
    }

    private init(cursor: ByteCursor, wanted: [[String]]) {
        self.cursor = cursor
        self.wanted = wanted
    }

    private mutating func document() throws(ScanFailure) {
        while true {
            skipSpaceAndComments()
            guard !cursor.isAtEnd else { return }
            if cursor.isAt("[") {
                try header()
            } else {
                path = table
                try keyAndValue()
            }
            cursor.skipBlanks()
            if cursor.isAt("#") { cursor.skipLine() }
            if cursor.isAt("\r") { cursor.position += 1 }
            guard cursor.isAtEnd || cursor.isAt("\n") else { throw cursor.failure("expected the end of the line") }
        }
    }

    private mutating func skipSpaceAndComments() {
        while true {
            cursor.skip(while: \.isSpace)
            guard cursor.isAt("#") else { return }
            cursor.skipLine()
        }
    }

    /// `[table]` or `[[list of tables]]`.
    private mutating func header() throws(ScanFailure) {
        cursor.position += 1
        let isList = cursor.take("[")
        let keys = try dottedKey()
        guard cursor.take("]"), !isList || cursor.take("]") else {
            throw cursor.failure("expected the end of the table's name")
        }
        var resolved: [String] = []
        for (index, key) in keys.enumerated() {
            resolved.append(key)
            if isList, index == keys.count - 1 { counts[resolved, default: 0] += 1 }
            // A name inside a list of tables means the list's last table.
            if let count = counts[resolved] { resolved.append(String(count - 1)) }
        }
        table = resolved
    }

    private mutating func keyAndValue() throws(ScanFailure) {
        let keys = try dottedKey()
        guard cursor.take("=") else { throw cursor.failure("expected = behind the key") }
        path += keys
        try value()
        path.removeLast(keys.count)
    }

    private mutating func dottedKey() throws(ScanFailure) -> [String] {
        var keys: [String] = []
        repeat {
            cursor.skipBlanks()
            if cursor.isAt("\"") || cursor.isAt("'") {
                keys.append(try string().text)
            } else {
                let range = cursor.skip { $0.isIdentifierCharacter || $0 == UInt8(ascii: "_") }
                guard !range.isEmpty else { throw cursor.failure("expected a key") }
                keys.append(cursor.text(range))
            }
            cursor.skipBlanks()
            guard keys.count <= Self.deepest else { throw cursor.failure("more than \(Self.deepest) keys in a row") }
        } while cursor.take(".")
        return keys
    }

    private mutating func value() throws(ScanFailure) {
        cursor.skipBlanks()
        switch cursor.next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let (range, text) = try string()
            found(range, text, .quoted)
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            guard depth < Self.deepest else { throw cursor.failure("more than \(Self.deepest) levels") }
            depth += 1
            if cursor.isAt("[") { try list() } else { try inlineTable() }
            depth -= 1
        default:
            let range = cursor.trimmed(cursor.skip { !",]}#\n".utf8.contains($0) })
            guard !range.isEmpty else { throw cursor.failure("expected a value") }
            found(range, cursor.text(range), .other)
        }
    }

    private mutating func found(_ range: Range<Int>, _ text: String, _ style: DocumentValue.Style) {
        guard wanted.contains(where: { path.starts(with: $0) }) else { return }
        values.append(DocumentValue(path: path, range: range, text: text, style: style))
    }

    private mutating func list() throws(ScanFailure) {
        let start = cursor.position
        cursor.position += 1
        var index = 0
        while true {
            skipSpaceAndComments()
            if cursor.take("]") { break }
            path.append(String(index))
            try value()
            path.removeLast()
            index += 1
            skipSpaceAndComments()
            guard cursor.isAt("]") || cursor.take(",") else {
                throw cursor.failure("expected a comma or the end of the list")
            }
        }
        if index == 0 { found(start..<cursor.position, "[]", .collection) }
    }

    /// An inline table; line ends in it are legal since TOML 1.1.
    private mutating func inlineTable() throws(ScanFailure) {
        let start = cursor.position
        cursor.position += 1
        var isEmpty = true
        while true {
            skipSpaceAndComments()
            if cursor.take("}") { break }
            isEmpty = false
            try keyAndValue()
            skipSpaceAndComments()
            guard cursor.isAt("}") || cursor.take(",") else {
                throw cursor.failure("expected a comma or the end of the inline table")
            }
        }
        if isEmpty { found(start..<cursor.position, "{}", .collection) }
    }

    private mutating func string() throws(ScanFailure) -> (range: Range<Int>, text: String) {
        let opening = cursor.position
        let isLiteral = cursor.isAt("'")
        if isLiteral ? cursor.take("'''") : cursor.take("\"\"\"") {
            return try multiLineString(isLiteral: isLiteral, opening: opening)
        }
        cursor.position += 1
        let start = cursor.position
        while let byte = cursor.next, byte != UInt8(ascii: "\n") {
            if byte == (isLiteral ? UInt8(ascii: "'") : UInt8(ascii: "\"")) {
                let range = start..<cursor.position
                cursor.position += 1
                return (range, isLiteral ? cursor.text(range) : try unescaped(range))
            }
            cursor.position += !isLiteral && byte == UInt8(ascii: "\\") ? 2 : 1
        }
        throw cursor.failure("expected the string's end", at: opening)
    }

    private mutating func multiLineString(
        isLiteral: Bool,
        opening: Int
    ) throws(ScanFailure) -> (range: Range<Int>, text: String) {
        let start = cursor.position
        while let byte = cursor.next {
            if isLiteral ? cursor.isAt("'''") : cursor.isAt("\"\"\"") {
                // Up to two quotes may stand before the three that end the string.
                cursor.position += 3
                for _ in 0..<2 where cursor.next == byte { cursor.position += 1 }
                let end = cursor.position - 3
                return (start..<end, isLiteral ? cursor.text(start..<end) : try unescaped(start..<end))
            }
            cursor.position += !isLiteral && byte == UInt8(ascii: "\\") ? 2 : 1
        }
        throw cursor.failure("expected the string's end", at: opening)
    }

    /// The text of a basic string.
    private func unescaped(_ range: Range<Int>) throws(ScanFailure) -> String {
        guard cursor.bytes[range].contains(UInt8(ascii: "\\")) else { return cursor.text(range) }
        let plain: [UInt8: Unicode.Scalar] = [
            0x22: "\"", 0x5C: "\\", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n", 0x72: "\r", 0x74: "\t", 0x65: "\u{1B}",
        ]
        var text: [UInt8] = []
        var place = range.lowerBound
        while place < range.upperBound {
            let byte = cursor.bytes[place]
            place += 1
            guard byte == UInt8(ascii: "\\"), place < range.upperBound else {
                text.append(byte)
                continue
            }
            let letter = cursor.bytes[place]
            place += 1
            if let scalar = plain[letter] {
                text += String(scalar).utf8
            } else if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "U") {
                let end = min(range.upperBound, place + (letter == UInt8(ascii: "u") ? 4 : 8))
                guard let scalar = UInt32(cursor.text(place..<end), radix: 16).flatMap(Unicode.Scalar.init) else {
                    throw cursor.failure("there is no such escape", at: place - 2)
                }
                text += String(scalar).utf8
                place = end
            } else if letter.isSpace {
                // A backslash at the end of a line takes away the white space that follows.
                while place < range.upperBound, cursor.bytes[place].isSpace { place += 1 }
            } else {
                throw cursor.failure("there is no such escape", at: place - 2)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
