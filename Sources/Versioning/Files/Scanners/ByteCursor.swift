/// A place in a file's bytes that moves forward.
struct ByteCursor {
    let bytes: [UInt8]
    var position: Int

    /// Starts at the first byte, or behind a byte order mark.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    var isAtEnd: Bool { position >= bytes.count }
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// A byte further on; nil behind the end.
    func ahead(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    func isAt(_ word: StaticString) -> Bool {
        guard word.utf8CodeUnitCount <= bytes.count - position else { return false }
        return word.withUTF8Buffer { word in
            for (offset, byte) in word.enumerated() where bytes[position + offset] != byte { return false }
            return true
        }
    }

    mutating func take(_ word: StaticString) -> Bool {
        guard isAt(word) else { return false }
        position += word.utf8CodeUnitCount
        return true
    }

    /// Moves over bytes of a kind, and says which they were.
    @discardableResult
    mutating func skip(while kind: (UInt8) -> Bool) -> Range<Int> {
        let start = position
        while let byte = next, kind(byte) { position += 1 }
        return start..<position
    }

    /// Moves behind the next occurrence of a word.
    ///
    /// - Returns: where the word starts; nil where it does not occur, and then the cursor is at the end.
    @discardableResult
    mutating func skip(behind word: StaticString) -> Int? {
        while !isAtEnd {
            if isAt(word) {
                defer { position += word.utf8CodeUnitCount }
                return position
            }
            position += 1
        }
        return nil
    }

    mutating func skipBlanks() { skip(while: \.isBlank) }

    /// Moves to the end of the line, before its line feed.
    mutating func skipLine() { skip { $0 != UInt8(ascii: "\n") } }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The range without white space at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start].isSpace { start += 1 }
        while end > start, bytes[end - 1].isSpace { end -= 1 }
        return start..<end
    }

    func failure(_ problem: String, at place: Int? = nil, hint: String? = nil) -> ScanFailure {
        ScanFailure(place: min(place ?? position, bytes.count), problem: problem, hint: hint)
    }
}

extension UInt8 {
    /// A space or a tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    /// White space, line ends among it.
    var isSpace: Bool { isBlank || self == 0x0A || self == 0x0D }
    /// A part of a name in most languages; every character beyond ASCII is taken for one.
    var isWord: Bool { isASCIILetter || isASCIIDigit || self == UInt8(ascii: "_") || self >= 0x80 }
    var isASCIILetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
