/// Reads the instructions off the lines of a file: joins continuations, skips comments, sets heredocs apart.
struct InstructionReader {
    private var lines: ArraySlice<SourceLine>
    private let escape: Unicode.Scalar
    /// The comments so far, each with its `#`, those between the lines of an instruction included.
    private(set) var comments: [SourceText] = []

    init(_ lines: [SourceLine], escape: Unicode.Scalar) {
        self.lines = lines[...]
        self.escape = escape
    }

    /// The next instruction; nil at the end of the file.
    mutating func next() throws(SyntaxError) -> Dockerfile.Instruction? {
        while let first = lines.popFirst() {
            guard !isLeftOut(first) else { continue }
            let (text, lastLine) = joinContinuations(of: first)
            guard let text else {
                throw SyntaxError(line: first.number, problem: "expected an instruction before the \(escape)")
            }
            let command = try Command(parsing: text, escape: escape)
            var end = lastLine
            var heredocs: [Dockerfile.Heredoc] = []
            for marker in command.heredocs(in: text) {
                let (heredoc, endLine) = try takeHeredoc(marker, of: first)
                heredocs.append(heredoc)
                end = endLine
            }
            return Dockerfile.Instruction(
                keyword: command.keyword,
                isTrigger: command.isTrigger,
                flags: command.flags,
                arguments: command.arguments,
                heredocs: heredocs,
                lines: first.number...end
            )
        }
        return nil
    }

    /// Whether a line is no part of an instruction: a comment, which is kept, or an empty one.
    private mutating func isLeftOut(_ line: SourceLine) -> Bool {
        if line.isComment, let comment = SourceText(line.scalars.trimmingWhitespace()) { comments.append(comment) }
        return line.isComment || line.isBlank
    }

    /// The text of an instruction without comments and empty lines in between, and the number of its last line.
    private mutating func joinContinuations(of first: SourceLine) -> (text: SourceText?, lastLine: Int) {
        var (part, continues) = first.splitContinuation(escape: escape)
        var scalars = Array(part)
        var last = first.number
        while continues, let line = lines.popFirst() {
            last = line.number
            guard !isLeftOut(line) else { continue }
            (part, continues) = line.splitContinuation(escape: escape)
            scalars += part
        }
        return (SourceText(scalars.trimmingWhitespace()), last)
    }

    private mutating func takeHeredoc(
        _ marker: HeredocMarker,
        of first: SourceLine
    ) throws(SyntaxError) -> (Dockerfile.Heredoc, endLine: Int) {
        let start = lines.first?.start
        let name = String(String.UnicodeScalarView(marker.name))
        while let line = lines.popFirst() {
            guard marker.isEnded(by: line) else { continue }
            let body = (start ?? line.start)..<line.start
            return (Dockerfile.Heredoc(name: name, ignoresTabs: marker.ignoresTabs, body: body), line.number)
        }
        throw SyntaxError(
            line: first.number,
            problem: "the heredoc \(name) does not end; expected a line with \(name) alone"
        )
    }
}
