extension HandlebarsProgram {
    /// Takes away the whitespace beside tags with `~`, and the lines on which a tag of a block stands alone.
    mutating func stripWhitespace(isRoot: Bool = false) {
        for index in body.indices {
            var effect = Effect()
            switch body[index] {
            case .content: continue
            case .output(_, _, let strip): effect.strip = strip
            case .comment(let strip): effect = Effect(strip: strip, isComment: true)
            case .block(var block):
                effect = block.stripWhitespace()
                body[index] = .block(block)
            }
            apply(effect, at: index, isRoot: isRoot)
        }
    }

    /// What a statement asks of the text around it.
    fileprivate struct Effect {
        var strip = HandlebarsStrip()
        var isComment = false
        var opensLine = false
        var closesLine = false
    }

    private mutating func apply(_ effect: Effect, at index: Int, isRoot: Bool) {
        let beginsLine = isLineStart(at: index, isRoot: isRoot)
        let endsLine = isLineEnd(at: index, isRoot: isRoot)
        if effect.strip.after { trimStart(at: index + 1, everything: true) }
        if effect.strip.before { trimEnd(at: index - 1, everything: true) }
        if effect.isComment, beginsLine, endsLine {
            trimStart(at: index + 1)
            trimEnd(at: index - 1)
        }
        guard case .block(var block) = body[index] else { return }
        if effect.opensLine, beginsLine {
            block.first.trimStart(at: 0)
            trimEnd(at: index - 1)
        }
        if effect.closesLine, endsLine {
            trimStart(at: index + 1)
            block.last.trimEnd(at: block.last.body.count - 1)
        }
        body[index] = .block(block)
    }

    /// Whether nothing but whitespace stands between the statement and the beginning of its line.
    fileprivate func isLineStart(at index: Int, isRoot: Bool = false) -> Bool {
        guard index > 0 else { return isRoot }
        guard case .content(let content) = body[index - 1] else { return false }
        let space = content.original.unicodeScalars.reversed().prefix { $0.isScriptSpace }
        return space.contains("\n") || isRoot && index == 1 && space.count == content.original.unicodeScalars.count
    }

    /// Whether nothing but whitespace stands between the statement and the end of its line.
    fileprivate func isLineEnd(at index: Int, isRoot: Bool = false) -> Bool {
        guard index + 1 < body.count else { return isRoot }
        guard case .content(let content) = body[index + 1] else { return false }
        let space = content.original.unicodeScalars.prefix { $0.isScriptSpace }
        return space.contains("\n")
            || isRoot && index + 2 == body.count && space.count == content.original.unicodeScalars.count
    }

    fileprivate mutating func trimStart(at index: Int, everything: Bool = false) {
        guard body.indices.contains(index), case .content(var content) = body[index],
            everything || !content.isStartTrimmed
        else { return }
        let scalars = content.value.unicodeScalars
        var rest = scalars.drop { everything ? $0.isScriptSpace : $0 == " " || $0 == "\t" }
        if !everything {
            if rest.starts(with: "\r\n".unicodeScalars) { rest = rest.dropFirst() }
            if rest.first == "\n" || rest.first == "\r" { rest = rest.dropFirst() }
        }
        content.isStartTrimmed = rest.startIndex != scalars.startIndex
        content.value = String(rest)
        body[index] = .content(content)
    }

    fileprivate mutating func trimEnd(at index: Int, everything: Bool = false) {
        guard body.indices.contains(index), case .content(var content) = body[index],
            everything || !content.isEndTrimmed
        else { return }
        let scalars = content.value.unicodeScalars
        let space = scalars.reversed().prefix { everything ? $0.isScriptSpace : $0 == " " || $0 == "\t" }
        content.isEndTrimmed = !space.isEmpty
        content.value = String(scalars.dropLast(space.count))
        body[index] = .content(content)
    }
}

extension HandlebarsBlock {
    fileprivate mutating func stripWhitespace() -> HandlebarsProgram.Effect {
        program?.stripWhitespace()
        inverse?.stripWhitespace()
        var effect = HandlebarsProgram.Effect()
        effect.strip = HandlebarsStrip(before: openStrip.before, after: closeStrip.after)
        effect.opensLine = first.isLineEnd(at: -1)
        if openStrip.after { first.trimStart(at: 0, everything: true) }
        guard program != nil, inverse != nil else {
            effect.closesLine = first.isLineStart(at: first.body.count)
            if closeStrip.before { first.trimEnd(at: first.body.count - 1, everything: true) }
            return effect
        }
        effect.closesLine = alternative.isLineStart(at: alternative.body.count)
        if inverseStrip.before { first.trimEnd(at: first.body.count - 1, everything: true) }
        if inverseStrip.after { alternative.trimStart(at: 0, everything: true) }
        if closeStrip.before { alternative.trimEnd(at: alternative.body.count - 1, everything: true) }
        if first.isLineStart(at: first.body.count), alternative.isLineEnd(at: -1) {
            first.trimEnd(at: first.body.count - 1)
            alternative.trimStart(at: 0)
        }
        return effect
    }

    /// What follows the opening tag.
    fileprivate var first: HandlebarsProgram {
        get { program ?? inverse ?? HandlebarsProgram(body: []) }
        set { if program != nil { program = newValue } else { inverse = newValue } }
    }

    /// What comes before the closing tag, unless that is an `{{else if …}}`.
    fileprivate var last: HandlebarsProgram {
        get { inverse ?? program ?? HandlebarsProgram(body: []) }
        set { if inverse != nil { inverse = newValue } else { program = newValue } }
    }

    /// What follows `{{else}}` or `{{else if …}}`, up to the next tag of this block.
    private var alternative: HandlebarsProgram {
        get {
            guard let inverse else { return HandlebarsProgram(body: []) }
            guard inverse.isChained, case .block(let chained) = inverse.body.first else { return inverse }
            return chained.first
        }
        set {
            if inverse?.isChained == true, case .block(var chained) = inverse?.body.first {
                chained.first = newValue
                inverse?.body[0] = .block(chained)
            } else {
                inverse = newValue
            }
        }
    }
}
