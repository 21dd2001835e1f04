/// The first line of a message: `type(scope)!: description` (items 1, 4, 5 and 13).
struct CommitHeader: Hashable {
    let type: String
    let scope: String?
    let isBreaking: Bool
    let description: String

    /// Reads the line.
    ///
    /// - Parameters:
    ///   - line: the line.
    ///   - isForgiving: whether more than one space may stand behind the colon.
    /// - Throws: `CommitMessageError` with the first thing that is wrong.
    init(_ line: MessageLine, isForgiving: Bool = false) throws(CommitMessageError) {
        var reader = HeaderReader(line, isForgiving: isForgiving)
        type = try reader.type()
        scope = try reader.scope()
        isBreaking = try reader.mark()
        description = try reader.description()
    }
}

/// Goes through the line once.
///
/// By scalars, not by characters: a combining mark behind the colon must not hide it.
private struct HeaderReader {
    let line: MessageLine
    let isForgiving: Bool
    private var rest: Substring.UnicodeScalarView

    init(_ line: MessageLine, isForgiving: Bool) {
        self.line = line
        self.isForgiving = isForgiving
        rest = line.text.unicodeScalars
    }

    mutating func type() throws(CommitMessageError) -> String {
        let start = rest.startIndex
        guard let first = rest.first else {
            throw error("the message is empty", hint: "write TYPE: DESCRIPTION, such as feat: show thumbnails")
        }
        guard !first.isSpace else {
            throw error("white space stands before the type", hint: "begin the line with the type")
        }
        rest = rest.drop { $0.isTypeScalar }
        let word = line.text[start..<rest.startIndex]
        // A word alone may be anything, but "feat" is a type.
        let isFollowed = rest.first.map { "(:!".unicodeScalars.contains($0) }
        guard first.properties.isAlphabetic, isFollowed ?? KnownTypes.names.contains(word.lowercased()) else {
            throw missingType(word: word)
        }
        if let stranger = Alphabet.stranger(in: word) {
            rest = line.text[stranger...].unicodeScalars
            throw error(
                "the type mixes alphabets: this letter is \(Alphabet.name(of: line.text.unicodeScalars[stranger]))",
                hint: "write the type with letters of one alphabet; another \"\(word)\" may look the same"
            )
        }
        return word.lowercased()
    }

    mutating func scope() throws(CommitMessageError) -> String? {
        guard rest.first == "(" else { return nil }
        let open = rest.startIndex
        rest.removeFirst()
        guard let close = rest.firstIndex(of: ")") else {
            rest = line.text[open...].unicodeScalars
            throw error("the scope is not closed", hint: "write the scope in parentheses, as in feat(parser): …")
        }
        if let nested = rest[..<close].firstIndex(of: "(") {
            rest = rest[nested...]
            throw error("the scope holds a parenthesis", hint: "write a noun, as in feat(parser): …")
        }
        let scope = rest[..<close]
        guard let first = scope.first else {
            throw error("the scope is empty", hint: "write a noun into the parentheses, or leave them out")
        }
        if first.isSpace || (scope.last?.isSpace ?? false) {
            throw error("white space stands at the edge of the scope", hint: "write (\(Substring(scope).words))")
        }
        rest = rest[close...].dropFirst()
        return String(scope)
    }

    mutating func mark() throws(CommitMessageError) -> Bool {
        guard rest.first == "!" else { return false }
        rest.removeFirst()
        if rest.first == "(" {
            throw error("the scope stands behind the !", hint: "put the ! right before the colon, as in feat(api)!: …")
        }
        if rest.first == "!" { throw error("there is more than one !", hint: "write one ! before the colon") }
        return true
    }

    mutating func description() throws(CommitMessageError) -> String {
        guard rest.first == ":" else {
            let isSpaced = rest.first?.isSpace == true && rest.drop(while: \.isSpace).first == ":"
            throw isSpaced
                ? error("white space stands before the colon", hint: "put the colon right behind what precedes it")
                : error("a colon is missing here", hint: "write a colon and a space before the description")
        }
        rest.removeFirst()
        guard let first = rest.first else {
            throw error("the description is missing", hint: "say behind the colon what the change does")
        }
        guard first == " " else {
            throw error("a space is missing behind the colon", hint: "write a colon and one space")
        }
        rest.removeFirst()
        if rest.first?.isSpace == true {
            guard isForgiving else {
                throw error("the description begins with white space", hint: "write one space behind the colon")
            }
            rest = rest.drop(while: \.isSpace)
        }
        return String(rest)
    }

    /// There is no type with a colon; where a word seems to be meant as one, the place behind it is what is wrong.
    private mutating func missingType(word: Substring) -> CommitMessageError {
        let general = "write TYPE: DESCRIPTION or TYPE(SCOPE): DESCRIPTION, such as feat: show thumbnails"
        guard !isForgiving else {
            // Nobody reads this one: most histories have many such messages.
            return CommitMessageError(line: line.number, column: 1, problem: "there is no type", hint: general)
        }
        let afterSpace = rest.drop(while: \.isSpace)
        if !word.isEmpty, let next = afterSpace.first, ":(!".unicodeScalars.contains(next),
            afterSpace.startIndex != rest.startIndex
        {
            return error("white space stands behind the type", hint: "write \(word)\(next)… without it")
        }
        let meant = KnownTypes.suggestion(for: String(word), among: KnownTypes.names)
        guard let meant, rest.first?.isSpace == true, !afterSpace.isEmpty else {
            rest = line.text.unicodeScalars
            return error("the message does not begin with a type and a colon", hint: general)
        }
        let description = Substring(afterSpace).words
        let example = description.count > 40 ? description.prefix(39) + "…" : description[...]
        return error("a colon is missing behind the type", hint: "did you mean \"\(meant): \(example)\"?")
    }

    private func error(_ problem: String, hint: String) -> CommitMessageError {
        line.error(at: rest.startIndex, problem, hint: hint)
    }
}

/// Types may be words of any language, but not of two at once: a Cyrillic а in `feаt` would go unnoticed.
private enum Alphabet {
    /// The first letter that does not belong with the word's first one.
    static func stranger(in word: Substring) -> String.Index? {
        guard !word.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let letters = word.unicodeScalars.indices.filter { word.unicodeScalars[$0].properties.isAlphabetic }
        guard let first = letters.first else { return nil }
        let isLatin = isLatin(word.unicodeScalars[first])
        return letters.first { Self.isLatin(word.unicodeScalars[$0]) != isLatin }
    }

    static func name(of scalar: Unicode.Scalar) -> String {
        let number = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
        return scalar.properties.name.map { "\(code) \($0)" } ?? code
    }

    /// Basic Latin to Latin Extended-B, Latin Extended Additional.
    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x250 || (0x1E00...0x1EFF).contains(scalar.value)
    }
}

extension Unicode.Scalar {
    var isSpace: Bool { value == 0x20 || value == 0x09 }

    /// Letters, digits and marks of any alphabet, hyphen and underscore.
    fileprivate var isTypeScalar: Bool {
        switch value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: return true
        case ..<0x80: return false
        default:
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
                .spacingMark, .decimalNumber:
                return !properties.isDefaultIgnorableCodePoint
            default: return false
            }
        }
    }
}

extension Substring {
    /// The words with one space between them.
    fileprivate var words: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
