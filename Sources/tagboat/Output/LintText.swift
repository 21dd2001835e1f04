import Dockerfile
import Linting
import OCI

/// Findings in Dockerfiles, as people and editors read them: `PLACE:LINE:COLUMN: SEVERITY: PROBLEM [RULE]`.
struct LintText {
    let style: Style

    func render(_ report: LintReport) -> String {
        var lines: [String] = []
        for file in report.files {
            lines += file.updates.flatMap { self.lines($0, in: file, isDryRun: report.isDryRun) }
            guard case .file(let linted) = file.content else { continue }
            lines += file.open.flatMap { self.lines($0, in: file, linted.dockerfile) }
        }
        lines.append(summary(report))
        return lines.map { $0 + "\n" }.joined()
    }

    private func lines(_ finding: LintFinding, in file: LintReport.File, _ dockerfile: Dockerfile) -> [String] {
        let place = "\(PrintableText.escaped(file.path)):\(finding.start.line):\(finding.start.column):"
        let words =
            [paint(finding.severity) + ":"]
            + PrintableText.line(finding.problem).split(separator: " ").map(String.init) + [
                "[\(finding.rule.rawValue)]"
            ]
        var lines = filled([style.strong(place)] + words, plain: [place, "\(finding.severity.rawValue):"], indent: 4)
        let text = dockerfile.text(ofLine: finding.start.line)
        let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(finding.start.column - 1)))
        let excerpt = Excerpt(text, column: before.count + 1, width: WrappedText.width - 2)
        lines.append("  " + excerpt.line)
        lines.append("  " + String(repeating: " ", count: excerpt.caret) + mark(finding.severity))
        let hint = PrintableText.line(finding.hint).split(separator: " ").map(String.init)
        return lines
            + WrappedText.lines(hint, separator: " ", width: WrappedText.width - 8)
            .enumerated().map { ($0 == 0 ? "  hint: " : "        ") + $1 }
    }

    private func lines(_ update: DigestUpdate, in file: LintReport.File, isDryRun: Bool) -> [String] {
        let place = "\(PrintableText.escaped(file.path)):\(update.place.line):\(update.place.column):"
        let verb =
            isDryRun ? (update.old == nil ? "to pin:" : "to update:") : update.old == nil ? "pinned:" : "updated:"
        let image = PrintableText.escaped(ImageName.short(update.image))
        let change = (update.old.map { [$0.abbreviated, "->"] } ?? ["to"]) + [update.new.abbreviated]
        return filled([style.strong(place), style.good(verb), image] + change, plain: [place, verb], indent: 4)
    }

    /// Words in lines of the usual width.
    ///
    /// - Parameters:
    ///   - words: the words, of which the first ones may be painted.
    ///   - plain: the first words without paint, to count their columns.
    ///   - indent: how far further lines are indented.
    /// - Returns: the lines.
    private func filled(_ words: [String], plain: [String], indent: Int) -> [String] {
        let texts = plain + words.dropFirst(plain.count)
        var lines: [String] = []
        var (line, width) = ("", 0)
        for (word, text) in zip(words, texts) {
            let columns = DisplayWidth.of(text)
            let room = WrappedText.width - (lines.isEmpty ? 0 : indent)
            if width > 0, width + 1 + columns > room {
                lines.append(lines.isEmpty ? line : String(repeating: " ", count: indent) + line)
                (line, width) = (word, columns)
            } else {
                line += (width == 0 ? "" : " ") + word
                width += (width == 0 ? 0 : 1) + columns
            }
        }
        lines.append(lines.isEmpty ? line : String(repeating: " ", count: indent) + line)
        return lines
    }

    private func paint(_ severity: Severity) -> String {
        switch severity {
        case .error: style.bad(severity.rawValue)
        case .warning: style.notable(severity.rawValue)
        case .note, .off: style.strong(severity.rawValue)
        }
    }

    private func mark(_ severity: Severity) -> String { severity == .error ? style.bad("^") : style.notable("^") }

    private func summary(_ report: LintReport) -> String {
        let read = report.files.count - report.unreadable.count
        let counts = [
            Self.count(report.count(.error), "error"), Self.count(report.count(.warning), "warning"),
            Self.count(report.count(.note), "note"),
        ]
        .compactMap { $0 }
        let passed = report.files.reduce(0) { $0 + $1.findings.count - $1.open.count }
        let ignored = passed == 0 ? "" : " (\(passed) ignored)"
        return (Self.count(read, "file") ?? "no file") + ": "
            + (counts.isEmpty ? "no finding" : counts.joined(separator: ", ")) + ignored
    }

    private static func count(_ number: Int, _ word: String) -> String? {
        number == 0 ? nil : number == 1 ? "1 \(word)" : "\(number) \(word)s"
    }
}
