/// How a programming language writes comments and strings.
struct SourceLanguage: Sendable {
    var lineComment: StaticString
    var hasBlockComments = false
    var nestsComments = false
    var hasTripleQuotes = false
    var hasSingleQuotes = true
    /// Swift's `#"…"#`.
    var hasRawStrings = false
    /// Ruby's `=begin` … `=end` and `__END__`.
    var isRuby = false

    static let groovy = SourceLanguage(lineComment: "//", hasBlockComments: true, hasTripleQuotes: true)
    static let kotlin = SourceLanguage(
        lineComment: "//",
        hasBlockComments: true,
        nestsComments: true,
        hasTripleQuotes: true
    )
    static let swift = SourceLanguage(
        lineComment: "//",
        hasBlockComments: true,
        nestsComments: true,
        hasTripleQuotes: true,
        hasSingleQuotes: false,
        hasRawStrings: true
    )
    static let python = SourceLanguage(lineComment: "#", hasTripleQuotes: true)
    static let elixir = SourceLanguage(lineComment: "#", hasTripleQuotes: true)
    static let ruby = SourceLanguage(lineComment: "#", isRuby: true)
}

/// A piece of source text.
struct SourceToken: Equatable {
    enum Kind: Equatable {
        case word
        /// The content of a string, without its quotes.
        case string
        case symbol(UInt8)
        case lineEnd
    }

    let kind: Kind
    let range: Range<Int>

    func isSymbol(_ scalar: Unicode.Scalar) -> Bool { kind == .symbol(UInt8(ascii: scalar)) }
}

/// Cuts source text into words, strings and symbols, and leaves comments out.
///
/// A quote that is not closed in its line is taken for a symbol, so that one stray quote (in a regular expression, say)
/// does not turn the rest of the file inside out.
struct SourceScanner {
    private var cursor: ByteCursor
    private let language: SourceLanguage
    private var tokens: [SourceToken] = []
    /// Up to where a quote is known not to be closed, so that no line is searched twice.
    private var unclosed: [UInt8: Int] = [:]

    static func tokens(in bytes: [UInt8], language: SourceLanguage) -> [SourceToken] {
        var scanner = SourceScanner(cursor: ByteCursor(bytes), language: language)
        if language.isRuby { scanner.skipRubyBlock() }
        while !scanner.cursor.isAtEnd { scanner.token() }
        return scanner.tokens
    }

    private init(cursor: ByteCursor, language: SourceLanguage) {
        self.cursor = cursor
        self.language = language
    }

    private mutating func add(_ kind: SourceToken.Kind, _ range: Range<Int>) {
        tokens.append(SourceToken(kind: kind, range: range))
    }

    private mutating func token() {
        let start = cursor.position
        guard let byte = cursor.next else { return }
        if byte == UInt8(ascii: "\n") {
            cursor.position += 1
            add(.lineEnd, start..<cursor.position)
            if language.isRuby { skipRubyBlock() }
        } else if byte.isSpace {
            cursor.position += 1
        } else if cursor.isAt(language.lineComment) {
            cursor.skipLine()
        } else if language.hasBlockComments, cursor.isAt("/*") {
            skipBlockComment()
        } else if byte.isWord {
            add(.word, cursor.skip(while: \.isWord))
        } else if byte == UInt8(ascii: "\"") || (byte == UInt8(ascii: "'") && language.hasSingleQuotes) {
            string(byte)
        } else if language.hasRawStrings, byte == UInt8(ascii: "#") {
            rawString()
        } else {
            cursor.position += 1
            add(.symbol(byte), start..<cursor.position)
        }
    }

    private mutating func skipBlockComment() {
        cursor.position += 2
        var depth = 1
        while depth > 0, !cursor.isAtEnd {
            if cursor.take("*/") {
                depth -= 1
            } else if language.nestsComments, cursor.take("/*") {
                depth += 1
            } else {
                cursor.position += 1
            }
        }
    }

    private mutating func skipRubyBlock() {
        if cursor.isAt("__END__") {
            cursor.position = cursor.bytes.count
        } else if cursor.isAt("=begin") {
            while !cursor.isAtEnd, !cursor.isAt("=end") {
                cursor.skipLine()
                if !cursor.isAtEnd { cursor.position += 1 }
            }
            cursor.skipLine()
        }
    }

    private mutating func string(_ quote: UInt8) {
        let opening = cursor.position
        if language.hasTripleQuotes, cursor.ahead(1) == quote, cursor.ahead(2) == quote {
            cursor.position += 3
            return tripleQuoted(quote)
        }
        guard opening >= unclosed[quote] ?? 0 else { return notAString(opening) }
        cursor.position += 1
        let start = cursor.position
        while let byte = cursor.next, byte != UInt8(ascii: "\n") {
            if byte == quote {
                add(.string, start..<cursor.position)
                cursor.position += 1
                return
            }
            cursor.position += byte == UInt8(ascii: "\\") && cursor.ahead(1) != UInt8(ascii: "\n") ? 2 : 1
        }
        unclosed[quote] = cursor.position
        notAString(opening)
    }

    private mutating func notAString(_ opening: Int) {
        cursor.position = opening + 1
        add(.symbol(cursor.bytes[opening]), opening..<(opening + 1))
    }

    private mutating func tripleQuoted(_ quote: UInt8) {
        let start = cursor.position
        while let byte = cursor.next {
            if byte == quote, cursor.ahead(1) == quote, cursor.ahead(2) == quote {
                add(.string, start..<cursor.position)
                cursor.position += 3
                return
            }
            cursor.position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        cursor.position = cursor.bytes.count
    }

    /// `#"…"#`, with as many signs at the end as at the start.
    private mutating func rawString() {
        let opening = cursor.position
        let signs = cursor.skip { $0 == UInt8(ascii: "#") }.count
        guard cursor.take("\"") else {
            for place in opening..<(opening + signs) { add(.symbol(UInt8(ascii: "#")), place..<(place + 1)) }
            return
        }
        let isMultiLine = cursor.take("\"\"")
        let start = cursor.position
        while let byte = cursor.next, isMultiLine || byte != UInt8(ascii: "\n") {
            let end = cursor.position
            if isMultiLine ? cursor.take("\"\"\"") : cursor.take("\"") {
                let closing = cursor.skip { $0 == UInt8(ascii: "#") }.count
                if closing >= signs { return add(.string, start..<end) }
            } else {
                cursor.position += 1
            }
        }
    }
}
