import OCI
import Tagging
import Versioning

/// A history as a picture (SVG 1.1): a lane for each moving tag, with a bar for each version that it meant.
///
/// A release that leaves the tag of a wider line where it was, has a ring on that tag's bar.
struct HistoryPicture {
    private let name: String
    private let extract: HistoryExtract
    private let rows: [[HistoryExtract.Cell]]
    private let headings: [ReleaseHeading]
    /// Which of the columns are backports.
    private let late: [Bool]
    private let layout: PictureLayout
    private let colours: [String: Int]
    private let yanked: Set<Version>

    /// Prepares a picture.
    ///
    /// - Parameters:
    ///   - name: what it is a picture of.
    ///   - extract: what is shown of it.
    ///   - axis: what the width stands for.
    init(_ name: String, _ extract: HistoryExtract, axis: PictureAxis) {
        let history = extract.history
        self.name = PrintableText.line(name)
        self.extract = extract
        rows = extract.rows
        headings = extract.releases.map { ReleaseHeading(history.releases[$0], of: history) }
        let backports = history.backports
        late = extract.releases.map { backports.contains($0) }
        yanked = Set(history.releases.filter(\.isYanked).map(\.version))
        colours = Self.colours(history)
        layout = PictureLayout(
            extract,
            headings: headings,
            titleWidth: self.name.count,
            important: Self.important(extract, rows, late: late),
            axis: axis
        )
    }

    /// The document, and the element to stand in a page: they are the same.
    var text: String {
        let notes = notes
        let height = layout.lanesBottom + 34 + Double(notes.count) * 17 + PictureLayout.margin
        let width = layout.width
        var parts = [
            Markup.element("title", [("id", "history-title")], Markup.escaped("Moving tags of \(name)")),
            Markup.element("desc", [("id", "history-text")], Markup.escaped(summary)),
            "<style>\n\(PictureStyle.sheet)\n</style>", hatch,
            Markup.element(
                "rect",
                [("class", "paper"), ("x", "0.5"), ("y", "0.5")]
                    + size(width - 1, height - 1) + [("rx", "10")]
            ),
        ]
        parts += title + columns + today
        for group in layout.groups {
            parts.append(label(group.name, at: PictureLayout.margin, group.top, "word"))
        }
        for lane in layout.lanes { parts += bars(lane) }
        parts += legend
        for (line, note) in notes.enumerated() {
            parts.append(
                label(note, at: PictureLayout.margin, layout.lanesBottom + 48 + Double(line) * 17, "word")
            )
        }
        let root: [(String, String)] = [
            ("xmlns", "http://www.w3.org/2000/svg"), ("class", "tagboat-history"), ("role", "img"),
            ("aria-labelledby", "history-title history-text"),
            ("viewBox", "0 0 \(Markup.number(width)) \(Markup.number(height))"),
        ]
        return Markup.element("svg", root + size(width, height), "\n" + parts.joined(separator: "\n") + "\n") + "\n"
    }

    // MARK: What is shown how

    /// The picture in words.
    private var summary: String {
        let ends = extract.tags.compactMap { tag in
            tag.last.map { "\(tag.tag) went to \(extract.history.images[$0].version)" }
        }
        return HistoryText.counts(extract) + ". In the end " + ends.joined(separator: ", ") + "."
    }

    /// A colour for each widest line, by the rank of its first version.
    private static func colours(_ history: TagHistory) -> [String: Int] {
        var colours: [String: Int] = [:]
        for version in Set(history.images.map(\.version)).sorted() {
            let line = version.lineNames.first ?? version.text
            if colours[line] == nil { colours[line] = colours.count }
        }
        return colours.mapValues { $0 % PictureStyle.colours }
    }

    private func colour(of version: Version) -> String {
        "c\(colours[version.lineNames.first ?? version.text] ?? 0)"
    }

    /// The columns to name first: the last one, backports, and those at which most tags moved.
    private static func important(
        _ extract: HistoryExtract,
        _ rows: [[HistoryExtract.Cell]],
        late: [Bool]
    ) -> [Int] {
        let weights = rows.enumerated().map { column, cells in
            (column == rows.count - 1 ? 1000 : 0) + (late[column] ? 4 : 0) + cells.count(where: \.isMove)
        }
        return rows.indices.sorted { weights[$0] == weights[$1] ? $0 < $1 : weights[$0] > weights[$1] }
    }

    private var notes: [String] {
        let width = Int((layout.width - 2 * PictureLayout.margin) / 7)
        let lines = HistoryNotes(extract).all.flatMap { note in
            WrappedText.lines(note.split(separator: " ").map(String.init), separator: " ", width: width)
        }
        return lines.count > 8 ? Array(lines.prefix(7)) + ["…"] : lines
    }

    // MARK: Parts

    private var hatch: String {
        let line = Markup.element("path", [("class", "hatch"), ("d", "M0 6L6 0")])
        let attributes = [("id", "history-yanked"), ("patternUnits", "userSpaceOnUse")] + size(6, 6)
        return Markup.element("defs", [], Markup.element("pattern", attributes, line))
    }

    private var title: [String] {
        let days = headings.compactMap(\.day)
        var line = HistoryText.counts(extract)
        if let first = days.min(), let last = days.max() {
            line += first == last ? " · \(first)" : " · \(first) to \(last)"
        }
        return [
            label(WrappedText.cut(name, to: 90), at: PictureLayout.margin, 34, "name"),
            label(line, at: PictureLayout.margin, 53, "word"),
        ]
    }

    /// The names of the releases, and the lines below them.
    private var columns: [String] {
        var parts: [String] = []
        for (column, heading) in headings.enumerated() {
            let left = layout.starts[column]
            let width = layout.end(of: column) - left
            if late[column] {
                let band = [("class", "band"), ("x", Markup.number(left)), ("y", Markup.number(layout.headBottom - 2))]
                parts.append(
                    Markup.element("rect", band + size(max(1.5, width), layout.lanesBottom - layout.headBottom + 4))
                )
            }
            if layout.named.contains(column) {
                let from = layout.headBottom - (layout.heading == .level ? 42 : 4)
                parts.append(rule(left, from, left, layout.lanesBottom))
                parts.append(columnName(heading, left, isLate: late[column]))
            }
        }
        return parts
    }

    private func columnName(_ heading: ReleaseHeading, _ left: Double, isLate: Bool) -> String {
        let version = WrappedText.cut(heading.text, to: 20)
        let (x, y) = (left + 6, layout.headTop + 14)
        switch layout.heading {
        case .level:
            var lines = label(version, at: x, y, isLate ? "version late" : "version")
            lines += label(heading.day ?? "no date", at: x, y + 14, "date")
            if isLate { lines += label("backport", at: x, y + 27, "date late") }
            return lines
        case .slanted:
            let place = "translate(\(Markup.number(left + 4)) \(Markup.number(layout.headBottom - 6))) rotate(-50)"
            return Markup.element(
                "text",
                [("class", isLate ? "late" : "version"), ("transform", place)],
                Markup.escaped(version)
            )
        }
    }

    private var today: [String] {
        // A slanted name may reach above it.
        [label("today", at: layout.todayLeft, layout.headBottom - 4, "word")]
    }

    private func bars(_ lane: PictureLayout.Lane) -> [String] {
        let tag = extract.tags[lane.tag]
        let middle = lane.top + layout.barHeight / 2 + 4
        let name = WrappedText.cut(tag.tag.name, to: 28)
        var parts = [label(name, at: layout.plotLeft - 10, middle, "tag")]
        var column = 0
        while column < rows.count {
            guard let image = rows[column][lane.tag].image else {
                column += 1
                continue
            }
            var end = column + 1
            while end < rows.count, rows[end][lane.tag].image == image { end += 1 }
            parts.append(bar(of: tag, image, from: column, to: end, lane))
            column = end
        }
        for column in rows.indices where rows[column][lane.tag].isStay {
            parts.append(ring(tag, column, lane))
        }
        return parts + state(tag, middle: middle)
    }

    private func bar(
        of tag: TagHistory.MovingTag,
        _ image: Int,
        from column: Int,
        to end: Int,
        _ lane: PictureLayout.Lane
    ) -> String {
        let released = extract.history.images[image]
        let left = layout.starts[column]
        let right = end < layout.starts.count ? layout.starts[end] : layout.plotRight
        let gap = min(2, (right - left) / 6)
        let box: [(String, String)] =
            [("x", Markup.number(left + gap / 2)), ("y", Markup.number(lane.top))]
            + size(right - left - gap, layout.barHeight) + [("rx", Markup.number(min(5, (right - left) / 4)))]
        let isYanked = yanked.contains(released.version)
        let since = released.created.map { " since \(TimeText.day($0))" } ?? ""
        let until = end < headings.count ? ", until \(headings[end].version)" : ""
        let words = "\(tag.tag) meant \(released.version)\(since)\(until)\(isYanked ? "; yanked since" : "")"
        var content = Markup.element("title", [], Markup.escaped(words))
        content += Markup.element("rect", [("class", colour(of: released.version))] + box)
        if isYanked { content += Markup.element("rect", [("fill", "url(#history-yanked)")] + box) }
        let text = released.version.text
        let room = right - left - gap - Double(text.count) * PictureLayout.character
        if room >= 4 {
            content += label(text, at: left + gap / 2 + min(6, room / 2), lane.top + layout.barHeight / 2 + 4, "")
        }
        return Markup.element("g", [], content)
    }

    /// A ring on the bar of a tag that a release of its line left alone.
    private func ring(_ tag: TagHistory.MovingTag, _ column: Int, _ lane: PictureLayout.Lane) -> String {
        let width = layout.end(of: column) - layout.starts[column]
        let held = rows[column][lane.tag].image.map { extract.history.images[$0].version.text } ?? ""
        // In a narrow column it hangs below, so as not to hide a version.
        let isNarrow = width < 24
        let middle = lane.top + (isNarrow ? layout.barHeight : layout.barHeight / 2)
        let words = Markup.escaped("\(headings[column].version) did not move \(tag.tag): \(held) is higher")
        return Markup.element(
            "circle",
            [
                ("class", "stay"), ("cx", Markup.number(layout.starts[column] + min(width / 2, 14))),
                ("cy", Markup.number(middle)), ("r", Markup.number(isNarrow ? 2.2 : 4.5)),
            ],
            Markup.element("title", [], words)
        )
    }

    private func state(_ tag: TagHistory.MovingTag, middle: Double) -> [String] {
        let today = tag.today
        let left = layout.todayLeft
        if today.isInPlace, today.note == nil {
            let check = "M\(Markup.number(left + 2)) \(Markup.number(middle - 4))l4 4l7 -9"
            return [Markup.element("path", [("class", "check"), ("d", check)])]
        }
        let words = WrappedText.cut((today.isInPlace ? "" : "≠ ") + (today.digest == nil ? "none" : today.word), to: 20)
        return [label(words, at: left, middle, today.isInPlace ? "late" : "wrong")]
    }

    private var legend: [String] {
        let y = layout.lanesBottom + 24
        var x = PictureLayout.margin
        var parts: [String] = []
        func add(_ sign: [(String, String)], _ name: String, _ words: String) {
            parts.append(Markup.element(name, sign))
            parts.append(label(words, at: x + 18, y, "word"))
            x += 18 + Double(words.count) * 6.8 + 16
        }
        if rows.contains(where: { $0.contains(where: \.isStay) }) {
            let place = [("cx", Markup.number(x + 6)), ("cy", Markup.number(y - 4)), ("r", "4.5")]
            add([("class", "stay")] + place, "circle", "released, and the tag stayed")
        }
        if extract.tags.contains(where: { $0.today.isInPlace && $0.today.note == nil }) {
            let check = "M\(Markup.number(x + 1)) \(Markup.number(y - 5))l4 4l7 -9"
            add([("class", "check"), ("d", check)], "path", "holds it today")
        }
        if extract.releases.contains(where: { extract.history.releases[$0].isYanked }) {
            let box = [("x", Markup.number(x)), ("y", Markup.number(y - 10))] + size(12, 12)
            add([("fill", "url(#history-yanked)")] + box, "rect", "yanked since")
        }
        return parts
    }

    // MARK: Elements

    private func label(_ text: String, at x: Double, _ y: Double, _ style: String) -> String {
        let place = [("x", Markup.number(x)), ("y", Markup.number(y))]
        return Markup.element("text", (style.isEmpty ? [] : [("class", style)]) + place, Markup.escaped(text))
    }

    private func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        let path = "M\(Markup.number(x1)) \(Markup.number(y1))L\(Markup.number(x2)) \(Markup.number(y2))"
        return Markup.element("path", [("class", "rule"), ("d", path)])
    }

    private func size(_ width: Double, _ height: Double) -> [(String, String)] {
        [("width", Markup.number(width)), ("height", Markup.number(height))]
    }
}
