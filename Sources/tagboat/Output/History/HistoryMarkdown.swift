import Changes
import OCI
import Tagging
import Versioning

/// A history as a Markdown table; what moved is bold.
struct HistoryMarkdown {
    private let markdown = MarkdownText()

    /// Renders a history.
    func render(_ name: String, _ extract: HistoryExtract) -> String {
        var lines = ["**\(text(name))**: \(HistoryText.counts(extract))"]
        guard !extract.releases.isEmpty else { return lines[0] + "\n" }
        lines.append("")
        lines.append(row(["release", "created"] + extract.tags.map { "`\($0.tag)`" }))
        lines.append("|" + String(repeating: "---|", count: extract.tags.count + 2))
        for (release, cells) in zip(extract.releases, extract.rows) {
            let heading = ReleaseHeading(extract.history.releases[release], of: extract.history)
            let words = cells.map { cell in
                let version = cell.image.map { text(extract.history.images[$0].version.text) } ?? ""
                return cell.isMove ? "**\(version)**" : version
            }
            lines.append(row([text(heading.text), heading.day ?? ""] + words))
        }
        let today = extract.tags.map { text($0.today.word) + ($0.today.isInPlace ? "" : " \\*") }
        lines.append(row(["today", ""] + today))
        return (lines + list(HistoryNotes(extract).all)).joined(separator: "\n") + "\n"
    }

    /// Renders what the tags meant at a moment.
    func render(_ name: String, _ moment: HistoryMoment, _ extract: HistoryExtract) -> String {
        let history = extract.history
        var lines = ["**\(text(name))** \(text(MomentText.heading(moment, in: history)))", ""]
        let meanings = MomentText.chosen(moment, extract)
        lines.append(row(["tag", "meant", "since", "digest"]))
        lines.append("|---|---|---|---|")
        for meaning in meanings {
            let image = meaning.image.map { history.images[$0] }
            lines.append(
                row([
                    "`\(meaning.tag)`", image.map { text($0.version.text) } ?? "",
                    image?.created.map(TimeText.minute) ?? "", image?.digest.map { "`\($0)`" } ?? "",
                ])
            )
        }
        let notes = MomentText.notes(moment, meanings, extract)
        return (lines + list(notes)).joined(separator: "\n") + "\n"
    }

    private func row(_ cells: [String]) -> String {
        "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
    }

    private func list(_ notes: [String]) -> [String] {
        notes.isEmpty ? [] : [""] + notes.map { "- \(text($0))" }
    }

    /// Text that Markdown shows as it is; a table's cells end at no bar of it.
    private func text(_ text: String) -> String {
        // What versions are made of means nothing to Markdown inside of a line.
        if text.utf8.allSatisfy({ $0.isVersionCharacter }) { return text }
        return markdown.line(PrintableText.line(text)).replacing("|", with: "\\|").replacing("\\\\|", with: "\\|")
    }
}

extension UInt8 {
    fileprivate var isVersionCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"):
            true
        default: false
        }
    }
}
