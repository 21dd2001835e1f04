/// Finds the values of build arguments, variables and labels in a Dockerfile.
///
/// It knows the escape directive, lines that go on, comments between them, quotes and heredocs.
struct DockerfileScanner {
    struct Assignment: Equatable {
        /// ARG, ENV or LABEL.
        let instruction: String
        let name: String
        /// Where the value stands, without its quotes; nil where it is put together from several pieces.
        let range: Range<Int>?
        /// Where the name starts.
        let start: Int
    }

    private var cursor: ByteCursor
    private var escape = UInt8(ascii: "\\")
    private var assignments: [Assignment] = []

    static func assignments(in bytes: [UInt8]) -> [Assignment] {
        var scanner = DockerfileScanner(cursor: ByteCursor(bytes))
        scanner.directives()
        while !scanner.cursor.isAtEnd { scanner.instruction() }
        return scanner.assignments
    }

    private init(cursor: ByteCursor) { self.cursor = cursor }

    /// `# escape=` and its like, which stand before everything else.
    private mutating func directives() {
        while cursor.isAt("#") {
            let start = cursor.position
            cursor.position += 1
            cursor.skipBlanks()
            let name = cursor.text(cursor.skip(while: \.isWord)).lowercased()
            cursor.skipBlanks()
            guard !name.isEmpty, cursor.take("=") else {
                cursor.position = start
                return
            }
            cursor.skipBlanks()
            if name == "escape", cursor.isAt("`") { escape = UInt8(ascii: "`") }
            nextLine()
        }
    }

    private mutating func nextLine() {
        cursor.skipLine()
        if !cursor.isAtEnd { cursor.position += 1 }
    }

    /// The offsets of an instruction's bytes, without line ends, comments and the escapes before them.
    private mutating func logicalLine() -> [Int] {
        var offsets: [Int] = []
        while !cursor.isAtEnd {
            let line = cursor.skip { $0 != UInt8(ascii: "\n") }
            if !cursor.isAtEnd { cursor.position += 1 }
            let content = cursor.trimmed(line)
            if content.isEmpty || cursor.bytes[content.lowerBound] == UInt8(ascii: "#") {
                if offsets.isEmpty { return [] }
                continue
            }
            guard cursor.bytes[content.upperBound - 1] == escape else { return offsets + line.dropLast(isReturn(line)) }
            offsets += line.lowerBound..<(content.upperBound - 1)
        }
        return offsets
    }

    private func isReturn(_ line: Range<Int>) -> Int { cursor.bytes[line].last == 0x0D ? 1 : 0 }

    private mutating func instruction() {
        let offsets = logicalLine()
        let words = self.words(offsets)
        guard let first = words.first else { return }
        let name = text(first, offsets).uppercased()
        switch name {
        case "ARG": addPairs(name, words.dropFirst(), offsets)
        case "ENV", "LABEL": addPairsOrOne(name, words, offsets)
        case "RUN", "COPY", "ADD": skipHeredocs(words.dropFirst().map { text($0, offsets) })
        default: break
        }
    }

    /// ENV and LABEL take pairs, or a name and, behind a space, one value.
    private mutating func addPairsOrOne(_ instruction: String, _ words: [Range<Int>], _ offsets: [Int]) {
        guard words.count > 2, !text(words[1], offsets).contains("=") else {
            return addPairs(instruction, words.dropFirst(), offsets)
        }
        let value = words[2].lowerBound..<words[words.count - 1].upperBound
        let name = Self.unquoted(text(words[1], offsets))
        add(instruction, name, value, offsets, start: offsets[words[1].lowerBound])
    }

    /// Ranges of `offsets` between white space; quotes hold together what is in them.
    private func words(_ offsets: [Int]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        var quote: UInt8?
        var index = 0
        while index < offsets.count {
            let byte = cursor.bytes[offsets[index]]
            if quote == nil, byte.isSpace {
                if let begun = start { words.append(begun..<index) }
                start = nil
            } else {
                if start == nil { start = index }
                if byte == escape, quote != UInt8(ascii: "'") {
                    index += 1
                } else if byte == quote {
                    quote = nil
                } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                }
            }
            index += 1
        }
        if let start { words.append(start..<offsets.count) }
        return words
    }

    private func text(_ word: Range<Int>, _ offsets: [Int]) -> String {
        String(decoding: offsets[word].map { cursor.bytes[$0] }, as: UTF8.self)
    }

    private mutating func addPairs(_ instruction: String, _ words: ArraySlice<Range<Int>>, _ offsets: [Int]) {
        for word in words {
            guard let equals = word.first(where: { cursor.bytes[offsets[$0]] == UInt8(ascii: "=") }) else { continue }
            let name = Self.unquoted(text(word.lowerBound..<equals, offsets))
            add(instruction, name, (equals + 1)..<word.upperBound, offsets, start: offsets[word.lowerBound])
        }
    }

    private mutating func add(
        _ instruction: String,
        _ name: String,
        _ value: Range<Int>,
        _ offsets: [Int],
        start: Int
    ) {
        var value = value
        if let first = value.first, value.count > 1 {
            let quote = cursor.bytes[offsets[first]]
            let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
            if isQuoted, cursor.bytes[offsets[value.upperBound - 1]] == quote {
                value = (value.lowerBound + 1)..<(value.upperBound - 1)
            }
        }
        var range: Range<Int>?
        if let first = value.first, let last = value.last {
            let span = offsets[first]..<(offsets[last] + 1)
            // Pieces in quotes, and a value that goes on in the next line, have no place of their own.
            let isWhole = span.count == value.count && !cursor.bytes[span].contains { "\"'".utf8.contains($0) }
            range = isWhole ? span : nil
        } else if value.lowerBound > 0 {
            let end = offsets[value.lowerBound - 1] + 1
            range = end..<end
        }
        assignments.append(Assignment(instruction: instruction, name: name, range: range, start: start))
    }

    private static func unquoted(_ text: String) -> String {
        guard text.utf8.count > 1, let first = text.first, first == text.last, first == "\"" || first == "'" else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }

    /// Passes over the bodies of heredocs that an instruction opens: words such as `<<EOF`, `<<-"END"` or `3<<X`.
    private mutating func skipHeredocs(_ words: [String]) {
        for word in words {
            let bytes = Array(word.utf8)
            let sign = bytes.prefix(while: \.isASCIIDigit).count
            guard bytes.dropFirst(sign).starts(with: "<<".utf8) else { continue }
            var name = bytes.dropFirst(sign + 2)
            let stripsTabs = name.first == UInt8(ascii: "-")
            if stripsTabs { name = name.dropFirst() }
            let delimiter = Array(Self.unquoted(String(decoding: name, as: UTF8.self)).utf8)
            guard !delimiter.isEmpty, delimiter.allSatisfy({ $0.isWord || $0 == UInt8(ascii: "-") }) else { continue }
            var isInside = true
            while isInside, !cursor.isAtEnd {
                var line = cursor.skip { $0 != UInt8(ascii: "\n") }
                line = line.lowerBound..<(line.upperBound - isReturn(line))
                if !cursor.isAtEnd { cursor.position += 1 }
                let content = cursor.bytes[line]
                isInside = !(stripsTabs ? content.drop { $0 == 0x09 } : content).elementsEqual(delimiter)
            }
        }
    }
}
