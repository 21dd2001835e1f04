extension Dockerfile {
    /// Text behind an instruction, up to a line that holds the name alone: `RUN <<EOF`.
    package struct Heredoc: Equatable, Sendable {
        package let name: String
        /// Whether tabs at the start of each line do not count: `<<-EOF`.
        package let ignoresTabs: Bool
        /// Where the text stands, in bytes from the start of the file, without the line that ends it.
        package let body: Range<Int>
    }
}

/// What introduces a heredoc: `<<EOF`.
struct HeredocMarker {
    let name: [Unicode.Scalar]
    let ignoresTabs: Bool

    /// The heredocs that an instruction's line introduces.
    ///
    /// Where the quotes of the line do not match there are none. The escape character is `\` whatever the file says,
    /// since the shell reads the line.
    static func all(in line: SourceText) -> [HeredocMarker] {
        guard let words = try? words(of: line) else { return [] }
        return words.compactMap { HeredocMarker($0, line: line.line) }
    }

    /// The words of a line, with their quotes and escapes.
    private static func words(of line: SourceText) throws(SyntaxError) -> [[Unicode.Scalar]] {
        var lexer = ShellLexer(line.scalars.map(\.value), escape: "\\", line: line.line)
        var words: [[Unicode.Scalar]] = [[]]
        var start = 0
        while let part = try lexer.nextPart() {
            if case .character(let scalar) = part, scalar.isWhitespace {
                words.append([])
            } else {
                words[words.count - 1] += lexer.scalars[start..<lexer.position]
            }
            start = lexer.position
        }
        return words
    }

    /// Reads `<<NAME`, with a number before it and a `-` in it where the word has them.
    private init?(_ word: [Unicode.Scalar], line: Int) {
        var rest = word.drop { ("0"..."9").contains($0) }
        guard rest.starts(with: ["<", "<"]) else { return nil }
        rest = rest.dropFirst(2)
        ignoresTabs = rest.first == "-"
        rest = rest.dropFirst(ignoresTabs ? 1 : 0).drop(while: \.isSeparator)
        guard !rest.isEmpty, !rest.contains("<") else { return nil }

        var lexer = ShellLexer(Array(rest), escape: "\\", line: line)
        var name: [Unicode.Scalar] = []
        var start = 0
        while let part = try? lexer.nextPart() {
            switch part {
            case .character(let scalar): name.append(scalar)
            case .literal(let text): name += Array(text.unicodeScalars)
            case .quoted: name += lexer.scalars[start..<lexer.position].dropFirst().dropLast()
            case .substitution: name += lexer.scalars[start..<lexer.position]
            }
            start = lexer.position
        }
        self.name = name
    }

    /// Whether a line ends the heredoc.
    func isEnded(by line: SourceLine) -> Bool {
        let scalars = line.scalars.map(\.value)
        return (ignoresTabs ? scalars.drop { $0 == "\t" } : scalars[...]).elementsEqual(name)
    }
}
