/// The grammar of JSON (RFC 8259), read independently of our parser: whether a text is a document, and how deep.
struct JSONGrammar {
    private let bytes: [UInt8]
    private var place = 0
    private var deepest = 0

    /// How many levels of objects and arrays there are; nil for what is no document.
    static func depth(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var grammar = JSONGrammar(bytes)
        guard grammar.isDocument() else { return nil }
        return grammar.deepest
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// One loop with a stack of its own instead of recursion, as unlike our parser as can be.
    private mutating func isDocument() -> Bool {
        var open: [UInt8] = []
        while true {
            // A value starts here.
            blanks()
            let byte = next()
            if byte == 0x7B || byte == 0x5B {
                place += 1
                open.append(byte == 0x7B ? 0x7D : 0x5D)
                deepest = max(deepest, open.count)
                blanks()
                if next() != open.last {
                    if byte == 0x7B, !key() { return false }
                    continue
                }
            } else if !(byte == 0x22 ? string() : literal() || number()) {
                return false
            }
            // A value ends here; so do perhaps those around it.
            var goesOn = false
            while !goesOn {
                blanks()
                guard let end = open.last else { return place == bytes.count }
                if next() == end {
                    place += 1
                    open.removeLast()
                } else if next() == 0x2C {
                    place += 1
                    if end == 0x7D {
                        blanks()
                        if !key() { return false }
                    }
                    goesOn = true
                } else {
                    return false
                }
            }
        }
    }

    private func next() -> UInt8 { place < bytes.count ? bytes[place] : 0 }

    private mutating func blanks() {
        while [0x20, 0x09, 0x0A, 0x0D].contains(next()) { place += 1 }
    }

    private mutating func key() -> Bool {
        guard string() else { return false }
        blanks()
        defer { place += 1 }
        return next() == 0x3A
    }

    private mutating func literal() -> Bool {
        for word in ["true", "false", "null"] where bytes[place...].starts(with: word.utf8) {
            place += word.utf8.count
            return true
        }
        return false
    }

    private mutating func digits() -> Int {
        let start = place
        while (0x30...0x39).contains(next()) { place += 1 }
        return place - start
    }

    private mutating func number() -> Bool {
        if next() == 0x2D { place += 1 }
        let isZero = next() == 0x30
        let whole = digits()
        guard whole == 1 || (whole > 1 && !isZero) else { return false }
        if next() == 0x2E {
            place += 1
            guard digits() > 0 else { return false }
        }
        if next() | 0x20 == 0x65 {
            place += 1
            if next() == 0x2B || next() == 0x2D { place += 1 }
            guard digits() > 0 else { return false }
        }
        return true
    }

    /// A string; a half of a surrogate pair alone is no character.
    private mutating func string() -> Bool {
        guard next() == 0x22 else { return false }
        place += 1
        while place < bytes.count, next() >= 0x20 {
            let byte = next()
            place += 1
            if byte == 0x22 { return true }
            guard byte == 0x5C else { continue }
            let escape = next()
            place += 1
            if escape == 0x75 {
                guard let unit = unit(), !(0xDC00...0xDFFF).contains(unit) else { return false }
                guard (0xD800...0xDBFF).contains(unit) else { continue }
                guard next() == 0x5C else { return false }
                place += 1
                guard next() == 0x75 else { return false }
                place += 1
                guard let low = self.unit(), (0xDC00...0xDFFF).contains(low) else { return false }
            } else if !"\"\\/bfnrt".utf8.contains(escape) {
                return false
            }
        }
        return false
    }

    private mutating func unit() -> Int? {
        let digits = bytes[place...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ ReferenceGrammar.isHex($0 | ($0 >= 0x41 ? 0x20 : 0)) }) else {
            return nil
        }
        place += 4
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
