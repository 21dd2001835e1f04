/// Splits a template into tokens.
///
/// The rules are those of handlebars.js, tried in its order; they count in Unicode scalars.
struct HandlebarsLexer {
    let text: String
    let scalars: [Unicode.Scalar]
    var position = 0
    private var mode = Mode.content
    private var tokens: [HandlebarsToken] = []

    private enum Mode {
        case content
        /// After `\{{`: text up to the next tag.
        case escaped
        case tag
        case raw(depth: Int)
    }

    private init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    /// The tokens of a template, up to `end` or to the first `invalid` one.
    static func tokens(of text: String) throws(HandlebarsError) -> [HandlebarsToken] {
        var lexer = HandlebarsLexer(text)
        while lexer.position < lexer.scalars.count, lexer.tokens.last?.kind != .invalid {
            switch lexer.mode {
            case .content: try lexer.readContent()
            case .escaped: try lexer.readEscaped()
            case .tag: try lexer.readTag()
            case .raw(let depth): try lexer.readRaw(depth: depth)
            }
        }
        lexer.tokens.append(HandlebarsToken(kind: .end, text: "", offset: lexer.position))
        return lexer.tokens
    }

    // MARK: Text outside of tags

    private mutating func readContent() throws(HandlebarsError) {
        var end = position
        while end < scalars.count, scalars[end] != "\0", !starts(with: "{{", at: end) { end += 1 }
        guard end < scalars.count, scalars[end] != "\0" else {
            guard end > position else { throw nul(at: end) }
            emit(.content, upTo: end)
            return
        }
        let content = scalars[position..<end]
        let backslashes = content.reversed().prefix { $0 == "\\" }.count
        // One backslash escapes the tag, two stand for one in front of it.
        mode = backslashes == 1 ? .escaped : .tag
        let shown = backslashes == 0 ? content : content.dropLast()
        if !shown.isEmpty { emit(.content, string(shown), upTo: end) }
        position = end
    }

    private mutating func readEscaped() throws(HandlebarsError) {
        var end = position + 2
        while end < scalars.count,
            !starts(with: "{{", at: end), !starts(with: "\\{{", at: end), !starts(with: "\\\\{{", at: end)
        {
            if scalars[end] == "\0" { throw nul(at: end) }
            end += 1
        }
        emit(.content, upTo: end)
        mode = .content
    }

    private mutating func readRaw(depth: Int) throws(HandlebarsError) {
        if starts(with: "{{{{", at: position), position + 4 < scalars.count, scalars[position + 4] != "/" {
            emit(.content, upTo: position + 4)
            mode = .raw(depth: depth + 1)
            return
        }
        if starts(with: "{{{{/", at: position) {
            let name = scalars[(position + 5)...].prefix { $0.isHandlebarsName }
            if !name.isEmpty, starts(with: "}}}}", at: name.endIndex) {
                let end = name.endIndex + 4
                if depth > 1 {
                    emit(.content, upTo: end)
                    mode = .raw(depth: depth - 1)
                } else {
                    emit(.endRawBlock, string(name), upTo: end)
                    mode = .content
                }
                return
            }
        }
        var end = position + 1
        while end < scalars.count, !starts(with: "{{{{", at: end) { end += 1 }
        guard end < scalars.count else {
            throw HandlebarsError("the raw block is not closed", at: position, in: text)
        }
        if let index = scalars[position..<end].firstIndex(of: "\0") { throw nul(at: index) }
        emit(.content, upTo: end)
    }

    private func nul(at offset: Int) -> HandlebarsError {
        HandlebarsError("the character NUL cannot stand in a template", at: offset, in: text)
    }

    // MARK: Tags

    private mutating func readTag() throws(HandlebarsError) {
        position = skipSpace(position)
        guard position < scalars.count else { return }
        if starts(with: "{{", at: position) {
            try readTagStart()
        } else if let (kind, end) = tagEnd() {
            emit(kind, upTo: end)
            mode = kind == .closeRawBlock ? .raw(depth: 1) : .content
        } else {
            let (kind, text, end) = try readOperand()
            emit(kind, text, upTo: end)
        }
    }

    private func tagEnd() -> (HandlebarsToken.Kind, end: Int)? {
        let forms: [(String, HandlebarsToken.Kind)] = [
            ("}}}}", .closeRawBlock), ("}}}", .closeUnescaped), ("}~}}", .closeUnescaped), ("}}", .close),
            ("~}}", .close),
        ]
        return forms.first { starts(with: $0.0, at: position) }.map { ($0.1, position + $0.0.utf8.count) }
    }

    private mutating func readTagStart() throws(HandlebarsError) {
        if starts(with: "{{{{", at: position) { return emit(.openRawBlock, upTo: position + 4) }
        let sign = starts(with: "~", at: position + 2) ? position + 3 : position + 2
        if starts(with: "!", at: sign) { return try readComment(sign: sign) }
        if let (kind, end) = elseTag(sign: sign) {
            emit(kind, upTo: end)
            if kind == .inverse { mode = .content }
            return
        }
        let forms: [(String, HandlebarsToken.Kind)] = [
            (">", .openPartial), ("#>", .openPartialBlock), ("#*", .openBlock), ("#", .openBlock),
            ("/", .openEndBlock), ("^", .openInverse), ("{", .openUnescaped), ("&", .open), ("*", .open), ("", .open),
        ]
        for (form, kind) in forms where starts(with: form, at: sign) {
            return emit(kind, upTo: sign + form.utf8.count)
        }
    }

    /// The tokens `{{^}}`, `{{else}}` and `{{else`, of which the first two are whole tags.
    private func elseTag(sign: Int) -> (HandlebarsToken.Kind, end: Int)? {
        let start = skipSpace(sign)
        let isElse = starts(with: "else", at: start)
        guard isElse || starts(with: "^", at: sign) else { return nil }
        let name = isElse ? start + 4 : sign + 1
        var end = skipSpace(name)
        if starts(with: "~", at: end) { end += 1 }
        if starts(with: "}}", at: end) { return (.inverse, end + 2) }
        guard isElse, name == scalars.count || !scalars[name].isWordCharacter else { return nil }
        return (.openInverseChain, name)
    }

    private mutating func readComment(sign: Int) throws(HandlebarsError) {
        let isLong = starts(with: "!--", at: sign)
        let ends = isLong ? ["--}}", "--~}}"] : ["}}"]
        for start in sign..<scalars.count {
            for end in ends where starts(with: end, at: start) {
                emit(.comment, upTo: start + end.utf8.count)
                mode = .content
                return
            }
        }
        throw HandlebarsError("the comment is not closed by \"\(ends[0])\"", at: position, in: text)
    }

    // MARK: Reading

    func starts(with prefix: String, at start: Int) -> Bool {
        var index = start
        for scalar in prefix.unicodeScalars {
            guard index < scalars.count, scalars[index] == scalar else { return false }
            index += 1
        }
        return true
    }

    func skipSpace(_ start: Int) -> Int {
        var index = start
        while index < scalars.count, scalars[index].isScriptSpace { index += 1 }
        return index
    }

    func string(_ slice: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(slice))
    }

    private mutating func emit(_ kind: HandlebarsToken.Kind, _ text: String? = nil, upTo end: Int) {
        tokens.append(HandlebarsToken(kind: kind, text: text ?? string(scalars[position..<end]), offset: position))
        position = end
    }
}
