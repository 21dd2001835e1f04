/// Finds values in a YAML document of block style, as charts and package descriptions are written.
///
/// It goes by lines and indentation, and knows comments, quotes, block scalars, lists and several documents. It does
/// not look into collections of flow style (`{…}`, `[…]`), nor behind anchors and aliases.
struct YAMLScanner {
    private struct Level {
        let indent: Int
        let component: String
        let isItem: Bool
    }

    private var cursor: ByteCursor
    private var lineStart: Int
    private let wanted: [[String]]
    private var levels: [Level] = []
    private var values: [DocumentValue] = []
    /// The indentation below which a value without quotes goes on; nil behind other values.
    private var plainParent: Int?

    /// How deep keys may nest.
    static let deepest = 100

    /// The single values at or below some paths, in their order.
    static func values(in bytes: [UInt8], below wanted: [[String]]) throws(ScanFailure) -> [DocumentValue] {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw ScanFailure(place: nil, problem: "bytes that are not UTF-8 text")
        }
        var scanner = YAMLScanner(cursor: ByteCursor(bytes), wanted: wanted)
        while !scanner.cursor.isAtEnd { try scanner.line() }
        return scanner.values
    }

    private init(cursor: ByteCursor, wanted: [[String]]) {
        self.cursor = cursor
        lineStart = cursor.position
        self.wanted = wanted
    }

    private mutating func line() throws(ScanFailure) {
        lineStart = cursor.position
        cursor.skip { $0 == 0x20 }
        let indent = cursor.position - lineStart
        if let parent = plainParent {
            if isEndOfLine || (indent > parent && !cursor.isAt("#")) { return endLine() }
            plainParent = nil
        }
        if indent == 0, isMarker("---") || isMarker("...") {
            levels = []
            cursor.position += 3
            cursor.skipBlanks()
        }
        if cursor.isAt("%"), indent == 0 { cursor.skipLine() }
        try content(at: cursor.position - lineStart)
        endLine()
    }

    private func isMarker(_ marker: StaticString) -> Bool {
        cursor.isAt(marker) && (cursor.ahead(3).map(\.isSpace) ?? true)
    }

    private mutating func endLine() {
        cursor.skipLine()
        if !cursor.isAtEnd { cursor.position += 1 }
    }

    /// What stands in a line from a column on.
    private mutating func content(at firstIndent: Int) throws(ScanFailure) {
        var indent = firstIndent
        while cursor.isAt("-"), cursor.ahead(1).map(\.isSpace) ?? true {
            try openItem(at: indent)
            cursor.position += 1
            cursor.skipBlanks()
            indent = cursor.position - lineStart
        }
        guard let byte = cursor.next, !isEndOfLine, byte != UInt8(ascii: "#") else { return }
        let start = cursor.position
        if let key = try key() {
            while let last = levels.last, last.indent >= indent { levels.removeLast() }
            try push(Level(indent: indent, component: key, isItem: false))
            cursor.skipBlanks()
            try value()
        } else {
            // No key: an item of a list, a further line of a plain value, or a document that is a single value.
            cursor.position = start
            try value()
        }
    }

    private mutating func openItem(at indent: Int) throws(ScanFailure) {
        var index = 0
        while let last = levels.last, last.indent > indent || (last.indent == indent && last.isItem) {
            if last.indent == indent { index = (Int(last.component) ?? 0) + 1 }
            levels.removeLast()
        }
        try push(Level(indent: indent, component: String(index), isItem: true))
    }

    private mutating func push(_ level: Level) throws(ScanFailure) {
        guard levels.count < Self.deepest else { throw cursor.failure("more than \(Self.deepest) levels") }
        levels.append(level)
    }

    private var isEndOfLine: Bool { cursor.isAtEnd || cursor.isAt("\n") || cursor.isAt("\r") }

    /// A key with its colon; nil where the line has none.
    private mutating func key() throws(ScanFailure) -> String? {
        let text: String
        if cursor.isAt("\"") || cursor.isAt("'") {
            text = try quoted().text
            cursor.skipBlanks()
            guard cursor.isAt(":") else { return nil }
        } else {
            let start = cursor.position
            guard !"{[|>&*!?".utf8.contains(cursor.bytes[start]) else { return nil }
            while !isEndOfLine {
                if cursor.isAt(":"), cursor.ahead(1).map(\.isSpace) ?? true { break }
                if cursor.isAt("#"), cursor.position > start, cursor.bytes[cursor.position - 1].isBlank { return nil }
                cursor.position += 1
            }
            guard cursor.isAt(":") else { return nil }
            text = cursor.text(cursor.trimmed(start..<cursor.position))
        }
        guard cursor.ahead(1).map(\.isSpace) ?? true else { return nil }
        cursor.position += 1
        return text
    }

    private mutating func value() throws(ScanFailure) {
        // Tags and anchors stand before the value.
        while cursor.isAt("!") || cursor.isAt("&") {
            cursor.skip { !$0.isSpace }
            cursor.skipBlanks()
        }
        let start = cursor.position
        guard let byte = cursor.next, !isEndOfLine, byte != UInt8(ascii: "#") else { return }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let (range, text) = try quoted()
            found(range, text, .quoted)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            try flowCollection()
            found(start..<cursor.position, cursor.text(start..<cursor.position), .collection)
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            blockScalar()
            found(start..<cursor.position, "", .collection)
        default:
            while !isEndOfLine {
                if cursor.isAt("#"), cursor.position > start, cursor.bytes[cursor.position - 1].isBlank { break }
                cursor.position += 1
            }
            let range = cursor.trimmed(start..<cursor.position)
            found(range, cursor.text(range), byte == UInt8(ascii: "*") ? .other : .plain)
            plainParent = levels.last?.indent ?? -1
        }
    }

    private mutating func found(_ range: Range<Int>, _ text: String, _ style: DocumentValue.Style) {
        let path = levels.map(\.component)
        guard wanted.contains(where: { path.starts(with: $0) }) else { return }
        values.append(DocumentValue(path: path, range: range, text: text, style: style))
    }

    private mutating func quoted() throws(ScanFailure) -> (range: Range<Int>, text: String) {
        let opening = cursor.position
        let quote = cursor.bytes[opening]
        let isDouble = quote == UInt8(ascii: "\"")
        cursor.position += 1
        let start = cursor.position
        while let byte = cursor.next {
            if byte == quote {
                if !isDouble, cursor.ahead(1) == quote {
                    cursor.position += 2
                    continue
                }
                let range = start..<cursor.position
                cursor.position += 1
                return (range, cursor.text(range))
            }
            cursor.position += isDouble && byte == UInt8(ascii: "\\") ? 2 : 1
        }
        throw cursor.failure("expected the string's end", at: opening)
    }

    private mutating func flowCollection() throws(ScanFailure) {
        let start = cursor.position
        var depth = 0
        while let byte = cursor.next {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                // An apostrophe inside a word opens nothing.
                let before = cursor.bytes[cursor.position - 1]
                if before.isSpace || "{[,:".utf8.contains(before) {
                    _ = try quoted()
                    continue
                }
            case UInt8(ascii: "#") where cursor.bytes[cursor.position - 1].isSpace:
                cursor.skipLine()
                continue
            default: break
            }
            cursor.position += 1
            if depth == 0 { return }
        }
        throw cursor.failure("expected the end of the collection", at: start)
    }

    /// Passes over the lines of a block scalar: those that are blank or indented further than its key.
    private mutating func blockScalar() {
        let parent = levels.last?.indent ?? -1
        cursor.skipLine()
        while !cursor.isAtEnd {
            var ahead = cursor
            ahead.position += 1
            let start = ahead.position
            ahead.skip { $0 == 0x20 }
            let isBlank = ahead.isAtEnd || ahead.isAt("\n") || ahead.isAt("\r")
            guard isBlank || ahead.position - start > parent else { return }
            ahead.skipLine()
            cursor.position = ahead.position
        }
    }
}
