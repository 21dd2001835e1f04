/// Text with quotes, escapes and variables, as BuildKit's `shell` package reads it in `ARG` and `FROM`.
struct ShellWord: Sendable {
    enum Part: Sendable {
        /// A character that stands for itself.
        case character(Unicode.Scalar)
        /// Text that was in single quotes or escaped.
        case literal(String)
        /// What was in double quotes.
        case quoted(ShellWord)
        case substitution(Substitution)
    }

    /// A variable in the text: `$name`, or `${name}` with an operation behind the name.
    struct Substitution: Sendable {
        let name: String
        let operation: Operation
        let line: Int
    }

    indirect enum Operation: Sendable {
        case value
        /// `-` and, where an empty value counts as none, `:-`.
        case fallback(ShellWord, replacesEmpty: Bool)
        /// `+` and, where an empty value counts as none, `:+`.
        case alternative(ShellWord, ignoresEmpty: Bool)
        /// `?` and, where an empty value counts as none, `:?`.
        case requirement(message: ShellWord, refusesEmpty: Bool)
        /// `#` and `%`; the pattern begins with a second one where the longest match goes.
        case removal(of: ShellWord, atStart: Bool)
        /// `/` and `//`.
        case replacement(of: ShellWord, with: ShellWord, everywhere: Bool)
        case unsupported(modifier: String)
    }

    let parts: [Part]

    /// Parses a whole text.
    init(parsing text: SourceText, escape: Unicode.Scalar) throws(SyntaxError) {
        var lexer = ShellLexer(text.scalars.map(\.value), escape: escape, line: text.line)
        parts = try lexer.word().parts
    }

    init(parts: [Part]) {
        self.parts = parts
    }

    /// The text without quotes and escapes; nil where there are variables in it.
    var literal: String? {
        var text = ""
        for part in parts {
            switch part {
            case .character(let scalar): text.unicodeScalars.append(scalar)
            case .literal(let literal): text += literal
            case .quoted(let word):
                guard let literal = word.literal else { return nil }
                text += literal
            case .substitution: return nil
            }
        }
        return text
    }

    /// The name of the variable that the whole text is the value of; nil for any other text.
    var variable: String? {
        guard parts.count == 1 else { return nil }
        switch parts[0] {
        case .quoted(let word): return word.variable
        case .substitution(let substitution):
            if case .value = substitution.operation { return substitution.name }
            return nil
        case .character, .literal: return nil
        }
    }
}
