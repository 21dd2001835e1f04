import OCI
import Tagging
import Versioning

/// What each moving tag meant at a moment, in words: the answer to what `2.1` was last Tuesday.
struct MomentText {
    let style: Style

    /// Renders the answer.
    ///
    /// - Parameters:
    ///   - name: the repository.
    ///   - moment: what the tags meant.
    ///   - extract: the tags that are asked for.
    /// - Returns: the text.
    func render(_ name: String, _ moment: HistoryMoment, _ extract: HistoryExtract) -> String {
        let history = extract.history
        var lines = [style.strong(PrintableText.escaped(name)) + " " + Self.heading(moment, in: history)]
        let meanings = Self.chosen(moment, extract)
        if !meanings.isEmpty {
            lines.append("")
            var table = Table()
            table.add(["tag", "meant", "since", "digest", "until"].map { Table.Cell(text: $0, paint: style.faint) })
            for meaning in meanings {
                let image = meaning.image.map { history.images[$0] }
                table.add([
                    Table.Cell(text: meaning.tag.name),
                    Table.Cell(text: image?.version.text ?? "-", paint: style.strong),
                    Table.Cell(text: image.map { $0.created.map(TimeText.minute) ?? "-" } ?? "-"),
                    Table.Cell(text: image?.digest.map { String($0.hex.prefix(12)) } ?? "-", paint: style.faint),
                    Table.Cell(text: Self.later(meaning, in: history)),
                ])
            }
            lines += table.lines
        }
        let notes = Self.notes(moment, meanings, extract)
        if !notes.isEmpty { lines.append("") }
        for note in notes { lines += HistoryText.wrapped(note) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The tags that are asked for.
    static func chosen(_ moment: HistoryMoment, _ extract: HistoryExtract) -> [HistoryMoment.Meaning] {
        let names = Set(extract.tags.map(\.tag))
        return moment.meanings.filter { names.contains($0.tag) }
    }

    /// When, and after which release.
    static func heading(_ moment: HistoryMoment, in history: TagHistory) -> String {
        let when = moment.span.isDay ? "on \(moment.span.text) (UTC)" : "at \(moment.span.first.rfc3339)"
        guard let last = moment.last else { return "\(when): before the first release" }
        let image = history.images[last]
        let date = image.created.map { " of \(TimeText.minute($0))" } ?? ""
        return "\(when), after \(image.version)\(date)"
    }

    private static func later(_ meaning: HistoryMoment.Meaning, in history: TagHistory) -> String {
        guard let next = meaning.later.first else { return "today" }
        let image = history.images[next.image]
        let date = image.moment.map { " of \(TimeText.day($0))" } ?? ""
        return "\(image.version)\(date)"
    }

    /// What happened on the very day, what is not sure, and what the policy has to say since.
    static func notes(
        _ moment: HistoryMoment,
        _ meanings: [HistoryMoment.Meaning],
        _ extract: HistoryExtract
    ) -> [String] {
        let history = extract.history
        var notes: [String] = []
        for meaning in meanings where moment.span.isDay {
            for change in meaning.changes {
                let image = history.images[change.image]
                let before = change.before.map { "\(history.images[$0].version)" } ?? "nothing"
                let time = image.moment.map { String($0.rfc3339.dropFirst(11).prefix(5)) } ?? ""
                notes.append("\(meaning.tag) meant \(before) until \(time) of that day, then \(image.version)")
            }
        }
        let held = Set(meanings.compactMap(\.image))
        let yanked = Set(history.releases.filter(\.isYanked).map(\.version))
        for image in held.sorted() where yanked.contains(history.images[image].version) {
            let version = history.images[image].version
            notes.append("\(version) is yanked by now; since when, nothing tells")
        }
        for tag in extract.tags {
            guard let note = tag.today.note else { continue }
            notes.append("\(tag.tag) today: \(PrintableText.line(note))")
        }
        let undated = history.images.filter { $0.dating == .version }
        if !undated.isEmpty {
            let verb = undated.count == 1 ? "release has" : "releases have"
            notes.append("\(undated.count) \(verb) no date and counts from the release before it by version")
        }
        return notes
    }
}
