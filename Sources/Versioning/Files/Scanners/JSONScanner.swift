/// Finds values in a JSON document (RFC 8259), and refuses what is none.
struct JSONScanner {
    private var cursor: ByteCursor
    private let wanted: [[String]]
    private var path: [String] = []
    private var values: [DocumentValue] = []

    /// How many objects and lists may stand in one another.
    static let deepest = 100

    /// The single values at or below some paths, in their order.
    static func values(in bytes: [UInt8], below wanted: [[String]]) throws(ScanFailure) -> [DocumentValue] {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw ScanFailure(place: nil, problem: "bytes that are not UTF-8 text")
        }
        var scanner = JSONScanner(cursor: ByteCursor(bytes), wanted: wanted)
        try scanner.value()
        scanner.skipSpace()
        guard scanner.cursor.isAtEnd else { throw scanner.cursor.failure("expected the end of the document") }
        return scanner.values
    }

    private init(cursor: ByteCursor, wanted: [[String]]) {
        self.cursor = cursor
        self.wanted = wanted
    }

    private mutating func skipSpace() { cursor.skip(while: \.isSpace) }

    private mutating func value() throws(ScanFailure) {
        skipSpace()
        guard path.count <= Self.deepest else { throw cursor.failure("more than \(Self.deepest) levels") }
        switch cursor.next {
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try list()
        case UInt8(ascii: "\""):
            let (range, text) = try string()
            found(range, text, .quoted)
        default:
            let range = try literal()
            found(range, cursor.text(range), .other)
        }
    }

    private mutating func found(_ range: Range<Int>, _ text: String, _ style: DocumentValue.Style) {
        guard wanted.contains(where: { path.starts(with: $0) }) else { return }
        values.append(DocumentValue(path: path, range: range, text: text, style: style))
    }

    private mutating func object() throws(ScanFailure) {
        let start = cursor.position
        cursor.position += 1
        skipSpace()
        guard !cursor.take("}") else { return found(start..<cursor.position, "{}", .collection) }
        repeat {
            skipSpace()
            guard cursor.isAt("\"") else { throw cursor.failure("expected a key in double quotes") }
            path.append(try string().text)
            skipSpace()
            guard cursor.take(":") else { throw cursor.failure("expected a colon behind the key") }
            try value()
            path.removeLast()
            skipSpace()
        } while cursor.take(",")
        guard cursor.take("}") else { throw cursor.failure("expected a comma or the end of the object") }
    }

    private mutating func list() throws(ScanFailure) {
        let start = cursor.position
        cursor.position += 1
        skipSpace()
        guard !cursor.take("]") else { return found(start..<cursor.position, "[]", .collection) }
        var index = 0
        repeat {
            path.append(String(index))
            try value()
            path.removeLast()
            index += 1
            skipSpace()
        } while cursor.take(",")
        guard cursor.take("]") else { throw cursor.failure("expected a comma or the end of the list") }
    }

    private mutating func literal() throws(ScanFailure) -> Range<Int> {
        let start = cursor.position
        if cursor.take("true") || cursor.take("false") || cursor.take("null") { return start..<cursor.position }
        _ = cursor.take("-")
        let isZero = cursor.isAt("0")
        let whole = cursor.skip(while: \.isASCIIDigit)
        guard whole.count == 1 || (whole.count > 1 && !isZero) else {
            throw cursor.failure("expected a value", at: start)
        }
        if cursor.take("."), cursor.skip(while: \.isASCIIDigit).isEmpty {
            throw cursor.failure("expected digits behind the point")
        }
        if cursor.isAt("e") || cursor.isAt("E") {
            cursor.position += 1
            if cursor.isAt("+") || cursor.isAt("-") { cursor.position += 1 }
            guard !cursor.skip(while: \.isASCIIDigit).isEmpty else { throw cursor.failure("expected an exponent") }
        }
        return start..<cursor.position
    }

    private mutating func string() throws(ScanFailure) -> (range: Range<Int>, text: String) {
        cursor.position += 1
        let start = cursor.position
        var text: [UInt8]?
        while let byte = cursor.next, byte >= 0x20 {
            if byte == UInt8(ascii: "\"") {
                let range = start..<cursor.position
                cursor.position += 1
                return (range, text.map { String(decoding: $0, as: UTF8.self) } ?? cursor.text(range))
            }
            if byte == UInt8(ascii: "\\") {
                if text == nil { text = Array(cursor.bytes[start..<cursor.position]) }
                text?.append(contentsOf: String(try escape()).utf8)
            } else {
                text?.append(byte)
                cursor.position += 1
            }
        }
        throw cursor.failure("expected the string's end", at: start)
    }

    private mutating func escape() throws(ScanFailure) -> Unicode.Scalar {
        let start = cursor.position
        cursor.position += 1
        guard let byte = cursor.next else { throw cursor.failure("expected the string's end") }
        cursor.position += 1
        let plain: [UInt8: Unicode.Scalar] = [
            0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n", 0x72: "\r", 0x74: "\t",
        ]
        if let scalar = plain[byte] { return scalar }
        guard byte == UInt8(ascii: "u"), let unit = codeUnit() else {
            throw cursor.failure("there is no such escape", at: start)
        }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // Half of a pair: the other half must follow (section 7).
        guard (0xD800...0xDBFF).contains(unit), cursor.take("\\u"), let low = codeUnit(),
            (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw cursor.failure("half of a surrogate pair is no character", at: start) }
        return scalar
    }

    private mutating func codeUnit() -> UInt32? {
        guard cursor.bytes.count - cursor.position >= 4 else { return nil }
        let digits = cursor.position..<(cursor.position + 4)
        guard cursor.bytes[digits].allSatisfy({ $0.isASCIIDigit || (0x61...0x66).contains($0 | 0x20) }) else {
            return nil
        }
        cursor.position += 4
        return UInt32(cursor.text(digits), radix: 16)
    }
}
