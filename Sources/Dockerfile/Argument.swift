extension Dockerfile {
    /// A build argument that `ARG` declares.
    package struct Argument: Equatable, Sendable {
        package let name: String
        /// The default as written, quotes and variables included; nil without `=`.
        package let value: SourceText?
        /// The line, from 1.
        package let line: Int
    }
}

extension Dockerfile.Argument {
    /// The arguments of one `ARG` instruction, which may declare several.
    static func all(of instruction: Dockerfile.Instruction, escape: Unicode.Scalar) throws(SyntaxError) -> [Self] {
        var arguments: [Self] = []
        for word in instruction.arguments.quotedWords(escape: escape) {
            let (name, value) = word.split(atFirst: "=")
            guard !name.isEmpty else {
                throw SyntaxError(line: word.line, problem: "ARG with \"\(word.text)\"; expected a name before the =")
            }
            arguments.append(Self(name: name.text, value: value, line: word.line))
        }
        guard !arguments.isEmpty else {
            throw SyntaxError(
                line: instruction.lines.lowerBound,
                problem: "ARG without a name; expected ARG NAME or ARG NAME=VALUE"
            )
        }
        return arguments
    }
}

extension SourceText {
    /// The words, where white space in quotes and behind the escape character separates none.
    ///
    /// Quotes and escapes stay; an escape character at the very end goes.
    func quotedWords(escape: Unicode.Scalar) -> [SourceText] {
        var words: [[SourceScalar]] = [[]]
        var quote: Unicode.Scalar?
        var rest = scalars[...]
        while let next = rest.popFirst() {
            if quote == nil, next.value.isWhitespace {
                words.append([])
                continue
            }
            if next.value == escape, quote != "'" {
                guard let escaped = rest.popFirst() else { break }
                words[words.count - 1] += [next, escaped]
                continue
            }
            if next.value == quote {
                quote = nil
            } else if quote == nil, next.value == "'" || next.value == "\"" {
                quote = next.value
            }
            words[words.count - 1].append(next)
        }
        return words.compactMap { SourceText($0) }
    }
}
