import OCI
import Tagging
import Versioning

/// A history as people read it on a terminal: a line for each release, a column for each moving tag.
struct HistoryText {
    let style: Style
    /// Whether all columns are shown, however long the lines get.
    let isWide: Bool

    /// Renders a history.
    ///
    /// - Parameters:
    ///   - name: the repository.
    ///   - extract: what is shown of it.
    /// - Returns: the text.
    func render(_ name: String, _ extract: HistoryExtract) -> String {
        var lines = [style.strong(PrintableText.escaped(name)) + ": " + Self.counts(extract)]
        guard !extract.releases.isEmpty else { return lines[0] + "\n" }
        let columns = columns(of: extract)
        let chosen = isWide ? Array(columns.indices) : Self.fitting(columns, extract)
        lines.append("")
        lines += table(Self.headings(extract), chosen.map { columns[$0] })
        let left = columns.indices.filter { !chosen.contains($0) }.map { columns[$0].tag.tag.name }
        var notes = HistoryNotes(extract).all
        if !left.isEmpty {
            let few = left.prefix(6).joined(separator: ", ") + (left.count > 6 ? " …" : "")
            notes.insert(
                "\(left.count) more tag\(left.count == 1 ? "" : "s") that moved longer ago: \(few) "
                    + "(--wide shows all, --line chooses)",
                at: 0
            )
        }
        if !notes.isEmpty { lines.append("") }
        for note in notes { lines += Self.wrapped(note) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// How many releases and tags there are.
    static func counts(_ extract: HistoryExtract) -> String {
        let total = extract.history.releases.count
        let shown = extract.releases.count
        let releases = shown == total ? "\(total) release\(total == 1 ? "" : "s")" : "\(shown) of \(total) releases"
        return "\(releases), \(extract.tags.count) moving tag\(extract.tags.count == 1 ? "" : "s")"
    }

    /// A sentence in lines of the terminal's width.
    static func wrapped(_ note: String) -> [String] {
        let words = note.split(separator: " ").map(String.init)
        let lines = WrappedText.lines(words, separator: " ", width: WrappedText.width - 2)
        return lines.enumerated().map { $0 == 0 ? $1 : "  " + $1 }
    }

    // MARK: Columns

    /// A tag's column: its cells from top to bottom.
    private struct Column {
        let tag: TagHistory.MovingTag
        let cells: [(text: String, isMove: Bool)]
        let today: String

        var width: Int { max(tag.tag.name.count, today.count, cells.map(\.text.count).max() ?? 0) }
    }

    private func columns(of extract: HistoryExtract) -> [Column] {
        let rows = extract.rows
        return extract.tags.enumerated().map { index, tag in
            let cells = rows.map { row -> (text: String, isMove: Bool) in
                let version = row[index].image.map { extract.history.images[$0].version.text }
                return (text: version ?? "-", isMove: row[index].isMove)
            }
            let today = tag.today.word + (tag.today.isInPlace ? "" : " *")
            return Column(tag: tag, cells: cells, today: today)
        }
    }

    private static func headings(_ extract: HistoryExtract) -> [ReleaseHeading] {
        extract.releases.map { ReleaseHeading(extract.history.releases[$0], of: extract.history) }
    }

    /// The columns that fit the terminal: those that moved last.
    private static func fitting(_ columns: [Column], _ extract: HistoryExtract) -> [Int] {
        let headings = headings(extract)
        var room = WrappedText.width - max(7, headings.map(\.text.count).max() ?? 0)
        room -= 2 + (headings.contains { $0.day != nil } ? 10 : 7)
        // What is out of place is told below in any case, so only the last move counts.
        let moves = columns.map { column in column.tag.events.last { $0.isMove }?.image ?? -1 }
        let byMove = columns.indices.sorted { left, right in
            moves[left] == moves[right] ? left > right : moves[left] > moves[right]
        }
        var chosen: [Int] = []
        for column in byMove {
            room -= columns[column].width + 2
            // One column is shown even where it is too wide.
            if room < 0, !chosen.isEmpty { break }
            chosen.append(column)
        }
        return chosen.sorted()
    }

    private func table(_ headings: [ReleaseHeading], _ columns: [Column]) -> [String] {
        var table = Table()
        let names = ["release", "created"] + columns.map(\.tag.tag.name)
        table.add(names.map { Table.Cell(text: $0, paint: style.faint) })
        for (row, heading) in headings.enumerated() {
            var cells = [Table.Cell(text: heading.text), Table.Cell(text: heading.day ?? "-")]
            for column in columns {
                let cell = column.cells[row]
                cells.append(Table.Cell(text: cell.text) { cell.isMove ? style.strong($0) : style.faint($0) })
            }
            table.add(cells)
        }
        var last = [Table.Cell(text: "today"), Table.Cell(text: "")]
        for column in columns {
            let isInPlace = column.tag.today.isInPlace
            last.append(Table.Cell(text: column.today) { isInPlace ? style.good($0) : style.bad($0) })
        }
        table.add(last)
        return table.lines
    }
}
