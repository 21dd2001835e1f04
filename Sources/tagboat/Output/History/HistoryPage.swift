import OCI
import Tagging
import Versioning

extension TemplateFields {
    /// The fields of the page that tells a history.
    ///
    /// - Parameters:
    ///   - name: the repository.
    ///   - title: what the page calls it.
    ///   - extract: what is shown of it.
    ///   - axis: what the picture's width stands for.
    init(_ name: String, title: String, _ extract: HistoryExtract, axis: PictureAxis) {
        let history = extract.history
        let backports = history.backports
        let rows = Array(zip(extract.releases, extract.rows))
        let shown = extract.releases.map { ReleaseHeading(history.releases[$0], of: history) }
        self.init([
            ("repository", PrintableText.escaped(name)),
            ("title", PrintableText.line(title)),
            ("counts", HistoryText.counts(extract)),
            ("tagboatVersion", ProductVersion.text),
            ("picture", HistoryPicture(title, extract, axis: axis).text),
            ("isEmpty", rows.isEmpty),
            ("firstDay", shown.compactMap(\.day).min() ?? ""),
            ("lastDay", shown.compactMap(\.day).max() ?? ""),
            ("tags", Self.items(extract.tags) { Self.fields(of: $0, in: history) }),
            (
                "releases",
                Self.items(rows) { release, cells in
                    Self.fields(
                        of: history.releases[release],
                        cells,
                        in: extract,
                        isBackport: backports.contains(release)
                    )
                }
            ),
            ("notes", HistoryNotes(extract).all.map { ["note": $0] }),
        ])
    }

    private static func fields(of tag: TagHistory.MovingTag, in history: TagHistory) -> [String: Any] {
        [
            "tag": tag.tag.name,
            "variant": OptionalText(tag.variant),
            "version": tag.last.map { history.images[$0].version.text } ?? "",
            "today": tag.today.word,
            "isInPlace": tag.today.isInPlace,
            "note": OptionalText(tag.today.note.map(PrintableText.line)),
        ]
    }

    private static func fields(
        of release: TagHistory.Release,
        _ cells: [HistoryExtract.Cell],
        in extract: HistoryExtract,
        isBackport: Bool
    ) -> [String: Any] {
        let history = extract.history
        let heading = ReleaseHeading(release, of: history)
        let moments = release.images.compactMap { history.images[$0].moment }
        return [
            "version": heading.version,
            "marks": OptionalText(heading.marks),
            "day": OptionalText(heading.day),
            "created": OptionalText(heading.created?.rfc3339),
            "moment": moments.last?.rfc3339 ?? "",
            "isBackport": isBackport,
            "isYanked": release.isYanked,
            "cells": items(Array(zip(extract.tags, cells))) { tag, cell in
                [
                    "tag": tag.tag.name,
                    "version": OptionalText(cell.image.map { history.images[$0].version.text }),
                    "isMove": cell.isMove,
                    "isStay": cell.isStay,
                ]
            },
        ]
    }
}
