import Changes

/// Findings in commit messages, as people and editors read them: `PLACE:LINE:COLUMN: PROBLEM`.
struct CheckText {
    let style: Style

    /// The text; empty for a message without findings, so that a hook stays silent.
    func render(_ check: CommitCheck, isRange: Bool) -> String {
        var lines = check.messages.flatMap { message in message.findings.flatMap { self.lines($0, in: message) } }
        if isRange { lines.append(summary(check)) }
        return lines.map { $0 + "\n" }.joined()
    }

    private func lines(_ finding: CommitFinding, in message: CommitCheck.Message) -> [String] {
        let place = "\(PrintableText.escaped(message.name)):\(finding.line):\(finding.column):"
        var lines = [style.strong(place) + " " + style.bad(PrintableText.escaped(finding.problem))]
        if !finding.text.isEmpty {
            let excerpt = Excerpt(finding.text, column: finding.column, width: WrappedText.width - 2)
            lines.append("  " + excerpt.line)
            lines.append("  " + String(repeating: " ", count: excerpt.caret) + style.bad("^"))
        }
        let words = PrintableText.line(finding.hint).split(separator: " ").map(String.init)
        let hint = WrappedText.lines(words, separator: " ", width: WrappedText.width - 8)
        return lines + hint.enumerated().map { ($0 == 0 ? "  hint: " : "        ") + $1 }
    }

    private func summary(_ check: CommitCheck) -> String {
        let count = check.messages.count
        let findings = check.messages.reduce(0) { $0 + $1.findings.count }
        let messages = count == 1 ? "1 message" : "\(count) messages"
        let skipped = check.skipped == 0 ? "" : " (\(check.skipped) passed over)"
        switch findings {
        case 0: return "\(messages)\(skipped), no finding"
        case 1: return "\(messages)\(skipped), 1 finding"
        default: return "\(messages)\(skipped), \(findings) findings"
        }
    }
}

/// The part of a line around a column, and where the column is to be marked.
struct Excerpt {
    let line: String
    /// How many columns of the terminal stand before the mark.
    let caret: Int

    /// Cuts the line.
    ///
    /// - Parameters:
    ///   - text: the line.
    ///   - column: the character to mark, from 1; one behind the last may be marked, too.
    ///   - width: how many columns of the terminal there are.
    init(_ text: String, column: Int, width: Int) {
        let cells = text.map { PrintableText.escaped(String($0)) }.map { (text: $0, width: DisplayWidth.of($0)) }
        let mark = min(max(column - 1, 0), cells.count)
        var start = 0
        // Half of the width stands before the mark, unless the line begins nearer.
        let before = cells[..<mark].reduce(0) { $0 + $1.width }
        if before + (mark < cells.count ? cells[mark].width : 1) > width - 1 {
            var room = width / 2
            start = mark
            while start > 0, cells[start - 1].width <= room - 1 {
                start -= 1
                room -= cells[start].width
            }
        }
        var shown = start > 0 ? "…" : ""
        var used = start > 0 ? 1 : 0
        caret = used + cells[start..<mark].reduce(0) { $0 + $1.width }
        for index in start..<cells.count {
            let isLast = index == cells.count - 1
            guard used + cells[index].width <= width - (isLast ? 0 : 1) else {
                shown += "…"
                break
            }
            shown += cells[index].text
            used += cells[index].width
        }
        line = shown
    }
}
