/// Takes text apart by the rules of BuildKit's `shell` package.
struct ShellLexer {
    let scalars: [Unicode.Scalar]
    private(set) var position = 0
    private let escape: Unicode.Scalar
    private let line: Int

    init(_ scalars: [Unicode.Scalar], escape: Unicode.Scalar, line: Int) {
        self.scalars = scalars
        self.escape = escape
        self.line = line
    }

    /// The text up to an end character, which is taken too, or the whole rest.
    ///
    /// - Parameters:
    ///   - end: the character that ends the text; nil for the end of the input.
    ///   - keepsEscapes: whether escape characters stay, as patterns need them.
    /// - Returns: the text without the end character.
    /// - Throws: `SyntaxError` where quotes or braces do not match, or a `${…}` is not one that Dockerfiles have.
    mutating func word(until end: Unicode.Scalar? = nil, keepsEscapes: Bool = false) throws(SyntaxError) -> ShellWord {
        var parts: [ShellWord.Part] = []
        while let next = peek {
            if next == end {
                position += 1
                return ShellWord(parts: parts)
            }
            parts.append(try part(startingWith: next, keepsEscapes))
        }
        if let end { throw error("the \(end) of a ${…} is missing") }
        return ShellWord(parts: parts)
    }

    /// The next part of the text; nil at its end.
    mutating func nextPart() throws(SyntaxError) -> ShellWord.Part? {
        guard let next = peek else { return nil }
        return try part(startingWith: next, false)
    }

    private mutating func part(
        startingWith first: Unicode.Scalar,
        _ keepsEscapes: Bool
    ) throws(SyntaxError) -> ShellWord.Part {
        position += 1
        switch first {
        case "'": return .literal(try singleQuoted())
        case "\"": return .quoted(try doubleQuoted(keepsEscapes))
        case "$": return try substitution().map(ShellWord.Part.substitution) ?? .character("$")
        case "<": return heredocMarker()
        case escape:
            let kept = keepsEscapes ? String(escape) : ""
            return .literal(kept + (take().map { String($0) } ?? ""))
        default: return .character(first)
        }
    }

    private mutating func singleQuoted() throws(SyntaxError) -> String {
        var text = ""
        while let next = take() {
            if next == "'" { return text }
            text.unicodeScalars.append(next)
        }
        throw error("the closing single quote is missing")
    }

    private mutating func doubleQuoted(_ keepsEscapes: Bool) throws(SyntaxError) -> ShellWord {
        var parts: [ShellWord.Part] = []
        while let next = take() {
            switch next {
            case "\"": return ShellWord(parts: parts)
            case "$": parts.append(try substitution().map(ShellWord.Part.substitution) ?? .character("$"))
            case escape:
                // Only these three are escaped in double quotes; before any other character the escape is text.
                let escaped = peek.flatMap { ["\"", "$", escape].contains($0) ? $0 : nil }
                if escaped != nil { position += 1 }
                if keepsEscapes { parts.append(.character(escape)) }
                parts.append(.character(escaped ?? escape))
            default: parts.append(.character(next))
            }
        }
        throw error("the closing double quote is missing")
    }

    /// `<<` and the white space behind it belong together: they introduce the name of a heredoc.
    private mutating func heredocMarker() -> ShellWord.Part {
        guard peek == "<" else { return .character("<") }
        position += 1
        var text = "<<"
        while let next = peek, [" ", "\t", "\r"].contains(next) {
            text.unicodeScalars.append(next)
            position += 1
        }
        return .literal(text)
    }

    /// What follows a `$`; nil where the `$` stands for itself.
    private mutating func substitution() throws(SyntaxError) -> ShellWord.Substitution? {
        guard peek == "{" else {
            let name = takeName()
            return name.isEmpty ? nil : ShellWord.Substitution(name: name, operation: .value, line: line)
        }
        position += 1
        guard let next = peek, !["{", "}", ":"].contains(next) else {
            throw error("${ without the name of a variable")
        }
        let name = takeName()
        return ShellWord.Substitution(name: name, operation: try operation(), line: line)
    }

    private mutating func operation() throws(SyntaxError) -> ShellWord.Operation {
        let first = take()
        if first == "}" { return .value }
        let countsEmpty = first == ":"
        guard let modifier = countsEmpty ? take() : first else { throw error("the } of a ${…} is missing") }
        switch modifier {
        case "-": return .fallback(try word(until: "}"), replacesEmpty: countsEmpty)
        case "+": return .alternative(try word(until: "}"), ignoresEmpty: countsEmpty)
        case "?": return .requirement(message: try word(until: "}"), refusesEmpty: countsEmpty)
        case "#" where !countsEmpty, "%" where !countsEmpty:
            return .removal(of: try word(until: "}", keepsEscapes: true), atStart: modifier == "#")
        case "/" where !countsEmpty:
            let everywhere = peek == "/"
            if everywhere { position += 1 }
            return .replacement(
                of: try word(until: "/", keepsEscapes: true),
                with: try word(until: "}", keepsEscapes: true),
                everywhere: everywhere
            )
        case _ where countsEmpty && modifier != "#" && modifier != "%":
            // BuildKit reads on to the closing brace, and refuses only where the value is needed.
            _ = try word(until: "}")
            return .unsupported(modifier: ":\(modifier)")
        default:
            throw error("${…} with the modifier \(countsEmpty ? ":" : "")\(modifier), which Dockerfiles do not have")
        }
    }

    /// The name of a variable: letters, digits and `_`, only digits, or one of the shell's special parameters.
    private mutating func takeName() -> String {
        var name = String.UnicodeScalarView()
        guard let first = peek else { return "" }
        if !first.isDigit, "@*#?-$!".unicodeScalars.contains(first) {
            position += 1
            return String(first)
        }
        while let next = peek, next.isDigit || !first.isDigit && (next.isLetter || next == "_") {
            name.append(next)
            position += 1
        }
        return String(name)
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take() -> Unicode.Scalar? {
        guard let next = peek else { return nil }
        position += 1
        return next
    }

    private func error(_ problem: String) -> SyntaxError { SyntaxError(line: line, problem: problem) }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { properties.generalCategory == .decimalNumber }

    fileprivate var isLetter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }
}
