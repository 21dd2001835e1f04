/// A command of a console block, with what the page says that it prints.
struct TranscriptEntry: Sendable, Equatable {
    /// The command, of one line or more.
    let command: String
    /// The lines of its output.
    let output: [String]
    /// The line of the page.
    let line: Int

    /// Whether the page shows that the command fails.
    var showsFailure: Bool { output.contains { $0.hasPrefix("error: ") || $0.contains(": error: ") } }
}

/// A console block: commands behind `$ `, each followed by its output.
enum Transcript {
    /// Splits a block into its commands.
    ///
    /// A command goes on to the next line after a backslash, within quotes, and up to the end of a here-document.
    ///
    /// - Throws: `PageError` where the block does not begin with a command.
    static func entries(of block: CodeBlock, page: String) throws(PageError) -> [TranscriptEntry] {
        var entries: [TranscriptEntry] = []
        var lines = Array(block.lines.enumerated())[...]
        while let (offset, first) = lines.popFirst() {
            guard first.hasPrefix("$ ") else {
                if first.isEmpty { continue }
                throw PageError(description: "\(page):\(block.line + offset): output without a command")
            }
            var command = String(first.dropFirst(2))
            while !isComplete(command), let (_, more) = lines.popFirst() { command += "\n" + more }
            var output: [String] = []
            while let (_, next) = lines.first, !next.hasPrefix("$ ") {
                output.append(next)
                lines.removeFirst()
            }
            while output.last == "" { output.removeLast() }
            entries.append(TranscriptEntry(command: command, output: output, line: block.line + offset))
        }
        return entries
    }

    /// Whether a shell would run the command rather than read on.
    static func isComplete(_ command: String) -> Bool {
        let lines = command.split(separator: "\n", omittingEmptySubsequences: false)
        if let marker = lines.first?.split(separator: "<<").dropFirst().first {
            let word = marker.filter { $0 != "'" && $0 != "\"" }.prefix { !$0.isWhitespace }
            return lines.dropFirst().contains { $0 == word }
        }
        var quote: Character?
        var isEscaped = false
        for character in command {
            if isEscaped {
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "#" {
                break
            }
        }
        return quote == nil && !isEscaped
    }
}
