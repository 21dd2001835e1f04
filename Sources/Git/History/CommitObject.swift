/// The text of a commit object, read no further than it is asked for.
struct CommitObject {
    private let lines: Lines
    private let encoding: TextEncoding
    /// What the header says of the commit's parents.
    let parents: [CommitID]

    /// Where the parts of the text are.
    private struct Lines {
        var author = 0..<0
        var committer = 0..<0
        var message = 0..<0
    }

    /// Finds the parts; nil where it is no commit.
    init?(_ text: Span<UInt8>) {
        var place = 0
        guard let tree = text.nextLine(from: &place), Self.id(in: text, tree, after: "tree ") != nil else { return nil }
        var parents: [CommitID] = []
        var lines = Lines()
        var encoding = TextEncoding.unicode
        while let line = text.nextLine(from: &place), !line.isEmpty {
            if let parent = Self.id(in: text, line, after: "parent ") {
                parents.append(parent)
            } else if lines.author.isEmpty, text.has("author ", at: line) {
                lines.author = line.lowerBound + 7..<line.upperBound
            } else if lines.committer.isEmpty, text.has("committer ", at: line) {
                lines.committer = line.lowerBound + 10..<line.upperBound
            } else if text.has("encoding ", at: line) {
                encoding = TextEncoding(named: text.string(line.lowerBound + 9..<line.upperBound, .unicode))
            }
        }
        var start = place
        while start < text.count, text[start] == 0x0A { start += 1 }
        // A message ends at its first NUL, for git as well.
        var end = start
        while end < text.count, text[end] != 0 { end += 1 }
        lines.message = start..<end
        self.parents = parents
        self.lines = lines
        self.encoding = encoding
    }

    private static func id(in text: Span<UInt8>, _ line: Range<Int>, after word: StaticString) -> CommitID? {
        guard line.count == word.utf8CodeUnitCount + 40, text.has(word, at: line) else { return nil }
        return CommitID(hex: text, from: line.upperBound - 40)
    }

    func committerDate(in text: Span<UInt8>) -> Int64 { SignatureText(text, lines.committer).date.secondsSinceEpoch }

    func author(in text: Span<UInt8>) -> Signature { SignatureText(text, lines.author).signature(text, encoding) }

    func committer(in text: Span<UInt8>) -> Signature { SignatureText(text, lines.committer).signature(text, encoding) }

    func message(in text: Span<UInt8>) -> String { text.string(lines.message, encoding) }
}

/// A line such as `Ada <ada@example.com> 1783675800 +0200`.
private struct SignatureText {
    private let name: Range<Int>
    private let email: Range<Int>
    let date: GitDate

    init(_ text: Span<UInt8>, _ line: Range<Int>) {
        // Names are free text: the last brackets are those of the address.
        var close = line.upperBound
        while close > line.lowerBound, text[close - 1] != 0x3E { close -= 1 }
        var open = close
        while open > line.lowerBound, text[open - 1] != 0x3C { open -= 1 }
        guard open > line.lowerBound, close > open else {
            name = line
            email = line.upperBound..<line.upperBound
            date = GitDate(secondsSinceEpoch: 0, offsetMinutes: 0)
            return
        }
        name = Self.trimmed(text, line.lowerBound..<open - 1)
        email = Self.trimmed(text, open..<close - 1)
        var place = close
        let seconds = Self.number(text, &place, line.upperBound) ?? 0
        let zone = Self.number(text, &place, line.upperBound) ?? 0
        let minutes = abs(zone) <= 1400 ? zone / 100 * 60 + zone % 100 : 0
        date = GitDate(secondsSinceEpoch: seconds, offsetMinutes: Int(minutes))
    }

    func signature(_ text: Span<UInt8>, _ encoding: TextEncoding) -> Signature {
        let identity = Identity(name: text.string(name, encoding), email: text.string(email, encoding))
        return Signature(identity: identity, date: date)
    }

    /// Without white space and the marks that git takes off the ends of a name.
    private static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, isCrud(text[first]) { range = first + 1..<range.upperBound }
        while let last = range.last, isCrud(text[last]) { range = range.lowerBound..<last }
        return range
    }

    private static func isCrud(_ byte: UInt8) -> Bool {
        switch byte {
        case ...0x20, 0x22, 0x27, 0x2C, 0x2E, 0x3A, 0x3B, 0x3C, 0x3E, 0x5C: true
        default: false
        }
    }

    private static func number(_ text: Span<UInt8>, _ place: inout Int, _ end: Int) -> Int64? {
        while place < end, text[place] == 0x20 { place += 1 }
        guard place < end else { return nil }
        let isNegative = text[place] == 0x2D
        if isNegative || text[place] == 0x2B { place += 1 }
        var value: Int64 = 0
        let start = place
        while place < end, (0x30...0x39).contains(text[place]) {
            let (ten, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = ten.addingReportingOverflow(Int64(text[place] - 0x30))
            guard !isTooLarge, !isLarger else { return nil }
            value = sum
            place += 1
        }
        return place == start ? nil : isNegative ? -value : value
    }
}

extension Span<UInt8> {
    /// The line that begins at a place, which moves on to the next one; nil at the end.
    fileprivate func nextLine(from place: inout Int) -> Range<Int>? {
        guard place < count else { return nil }
        let start = place
        var end = start
        while end < count, self[end] != 0x0A { end += 1 }
        place = Swift.min(end + 1, count)
        return start..<end
    }

    /// Whether a word stands at the start of a range.
    fileprivate func has(_ word: StaticString, at range: Range<Int>) -> Bool {
        let length = word.utf8CodeUnitCount
        guard range.count >= length else { return false }
        for index in 0..<length where unsafe self[range.lowerBound + index] != word.utf8Start[index] { return false }
        return true
    }

    /// A part as text; bytes that the encoding has no character for are replaced.
    fileprivate func string(_ range: Range<Int>, _ encoding: TextEncoding) -> String {
        unsafe extracting(range).withUnsafeBufferPointer { bytes in
            encoding == .unicode
                ? unsafe String(decoding: bytes, as: UTF8.self) : encoding.decode(unsafe Array(bytes))
        }
    }
}
