extension Dockerfile {
    /// A parser directive: a comment `# name=value` at the very top of the file.
    package struct Directive: Equatable, Sendable {
        package enum Name: String, Sendable {
            case syntax, escape, check
        }

        package let name: Name
        package let value: SourceText
    }
}

extension Dockerfile.Directive {
    /// The directives of a file: the first line that is none ends them.
    ///
    /// The frontend that reads the file begins with its first line. Who chooses the frontend, and the checks, passes
    /// over a line `#!…` before; so behind one there may be a syntax, but no escape character.
    static func leading(_ lines: [SourceLine]) throws(SyntaxError) -> [Dockerfile.Directive] {
        var directives: [Dockerfile.Directive] = []
        let isScript = lines.first?.isShebang ?? false
        for line in lines.dropFirst(isScript ? 1 : 0) {
            guard let directive = Dockerfile.Directive(line) else { break }
            if isScript, directive.name == .escape { continue }
            guard !directives.contains(where: { $0.name == directive.name }) else {
                throw SyntaxError(
                    line: line.number,
                    problem: "a second \(directive.name) directive; expected one at most"
                )
            }
            if directive.name == .escape, directive.value.text != "\\" && directive.value.text != "`" {
                throw SyntaxError(
                    line: line.number,
                    problem: "the escape character \"\(directive.value.text)\"; expected \\ or `"
                )
            }
            directives.append(directive)
        }
        return directives
    }

    private init?(_ line: SourceLine) {
        guard line.isComment, let content = SourceText(line.scalars.trimmingLeadingWhitespace().dropFirst()) else {
            return nil
        }
        let (before, after) = content.split(atFirst: "=")
        guard let word = SourceText(before.scalars.trimmingWhitespace()),
            let name = Name(rawValue: word.text.lowercased()),
            let after, let first = after.scalars.first
        else { return nil }
        self.init(name: name, value: SourceText(after.scalars.trimmingWhitespace(), after: first))
    }
}

extension Dockerfile {
    /// The image of the frontend that builds the file, where the file names one: the first word of `# syntax=`.
    package var frontend: SourceText? {
        directives.first { $0.name == .syntax }?.value.words.first
    }
}
