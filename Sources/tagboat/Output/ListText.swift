import OCI
import Registry
import Tagging

/// The images of a repository as people read them: one line for each, with all its tags.
struct ListText {
    let style: Style
    /// The moment that ages count back from; nil for dates alone.
    let now: Timestamp?

    /// Renders a list.
    ///
    /// - Parameters:
    ///   - name: the repository.
    ///   - images: the images to show.
    ///   - total: how many there are.
    /// - Returns: the text.
    func render(_ name: String, _ images: [ListedImage], of total: Int) -> String {
        let tags = images.reduce(0) { $0 + $1.tags.count }
        let shown = total > images.count ? ", the first of \(total)" : ""
        let counts = "\(count(images.count, "image"))\(shown), \(count(tags, "tag"))"
        var lines = [style.strong(PrintableText.escaped(name)) + ": " + counts]
        guard !images.isEmpty else { return lines[0] + "\n" }
        let rows = [header] + images.map(row)
        let layout = Layout(rows)
        lines.append("")
        for (index, row) in rows.enumerated() { lines += layout.lines(row, isHeader: index == 0, style: style) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    // MARK: Rows

    fileprivate struct Row {
        let tags: [String]
        /// The columns between tags and digest.
        let cells: [Cell]
        let digest: String
        /// What stands below the row.
        var notes: [String] = []
    }

    fileprivate struct Cell {
        let text: String
        var isRight = false
    }

    private var header: Row {
        var cells = [Cell(text: "created")]
        if now != nil { cells.append(Cell(text: "age")) }
        return Row(
            tags: ["tags"],
            cells: cells + [Cell(text: "size", isRight: true), Cell(text: "for")],
            digest: "digest"
        )
    }

    private func row(_ image: ListedImage) -> Row {
        var cells = [Cell(text: image.created.map(now == nil ? TimeText.minute : TimeText.day) ?? "-")]
        if let now { cells.append(Cell(text: image.created.map { TimeText.age(of: $0, at: now) } ?? "-")) }
        cells.append(Cell(text: image.size.map(ByteCount.text) ?? "-", isRight: true))
        cells.append(Cell(text: platforms(image)))
        var notes: [String] = []
        if let type = image.artifactType { notes.append(PrintableText.escaped(type)) }
        if let problem = image.problem { notes.append(PrintableText.escaped(problem)) }
        return Row(
            tags: image.tags.map(name),
            cells: cells,
            digest: image.digest.map { String($0.hex.prefix(12)) } ?? "-",
            notes: notes
        )
    }

    private func name(_ tag: ListedTag) -> String {
        // Nobody reads 64 characters of a hash; the other formats have them.
        guard case .referrer(let referrer) = tag.role else { return tag.tag.name }
        let subject = referrer.subject
        return "\(subject.algorithm.rawValue)-\(subject.hex.prefix(12))…\(referrer.kind.rawValue)"
    }

    private func platforms(_ image: ListedImage) -> String {
        if image.kind == .artifact { return "artifact" }
        return image.platforms.isEmpty ? "-" : PlatformText.short(image.platforms.map(\.platform))
    }
}

/// Columns of a width that fits 80 characters: the tags get what the others leave.
private struct Layout {
    private let widths: [Int]
    private let tagWidth: Int

    init(_ rows: [ListText.Row]) {
        widths = (rows.first?.cells.indices ?? 0..<0).map { column in
            rows.map { $0.cells[column].text.count }.max() ?? 0
        }
        let others = widths.reduce(0) { $0 + $1 + 2 } + 2 + (rows.map(\.digest.count).max() ?? 0)
        let room = max(16, WrappedText.width - others)
        // As wide as the widest group, so that short tags leave no gap.
        let natural = rows.map { row in row.tags.reduce(-2) { $0 + $1.count + 2 } }
        tagWidth = min(room, natural.max() ?? 0)
    }

    func lines(_ row: ListText.Row, isHeader: Bool, style: Style) -> [String] {
        var tags = WrappedText.lines(row.tags, separator: ", ", width: tagWidth)
        var before: [String] = []
        if tags.contains(where: { $0.count > tagWidth }) {
            // A tag that takes more than its column pushes the rest down.
            before = WrappedText.lines(row.tags, separator: ", ", width: WrappedText.width)
            tags = [""]
        }
        var first = [tags[0].padded(to: tagWidth)]
        for (cell, width) in zip(row.cells, widths) {
            first.append(cell.isRight ? cell.text.paddedLeft(to: width) : cell.text.padded(to: width))
        }
        if isHeader { first = first.map { style.faint($0) } }
        first.append(style.faint(row.digest))
        let rest = tags.dropFirst().map { "  " + $0 }
        let notes = row.notes.flatMap { note -> [String] in
            let words = note.split(separator: " ").map(String.init)
            return WrappedText.lines(words, separator: " ", width: WrappedText.width - 2)
        }.map { "  " + style.notable($0) }
        return before + [first.joined(separator: "  ")] + rest + notes
    }
}
