import OCI
import Tagging
import Versioning

/// The JSON form of a history: docs/json.md, schema `tagboat.history/1`.
struct HistoryDocument: Encodable {
    let schema = "tagboat.history/1"
    let repository: String
    /// How many releases there are, shown or not.
    let total: Int
    let tags: [Entry]
    let releases: [Release]
    let at: OrNull<Moment>

    struct Entry: Encodable {
        let tag: String
        let rule: String
        let variant: OrNull<String>
        /// The version that the releases give it.
        let version: OrNull<String>
        let today: Today
    }

    struct Today: Encodable {
        let state: String
        let version: OrNull<String>
        let digest: OrNull<String>
        let expected: OrNull<String>
        let note: OrNull<String>
    }

    struct Release: Encodable {
        let version: String
        let backport: Bool
        let yanked: Bool
        let images: [Image]
        let moved: [Movement]
        let stayed: [Stay]
        /// Every tag that existed, with the version that it meant.
        let meanings: [String: String]
    }

    struct Image: Encodable {
        let tags: [String]
        let variant: OrNull<String>
        let digest: OrNull<String>
        let created: OrNull<String>
        let placedBy: String
        let labelledVersion: OrNull<String>
        let problem: OrNull<String>
    }

    struct Movement: Encodable {
        let tag: String
        let from: OrNull<String>
        let to: String
    }

    struct Stay: Encodable {
        let tag: String
        let version: String
    }

    /// What the tags meant at a moment.
    struct Moment: Encodable {
        let asked: String
        let from: String
        let to: String
        let after: OrNull<String>
        let meanings: [Meaning]
    }

    struct Meaning: Encodable {
        let tag: String
        let version: OrNull<String>
        let digest: OrNull<String>
        let since: OrNull<String>
        /// The moves within the time that was asked for.
        let changes: [Change]
        let next: OrNull<String>
    }

    struct Change: Encodable {
        let from: OrNull<String>
        let to: String
        let time: OrNull<String>
    }

    init(_ name: String, _ extract: HistoryExtract, at moment: HistoryMoment? = nil) {
        let history = extract.history
        repository = name
        total = history.releases.count
        tags = extract.tags.map { Entry($0, history) }
        let backports = history.backports
        releases = zip(extract.releases, extract.rows).map { release, cells in
            Release(history.releases[release], cells, extract, isBackport: backports.contains(release))
        }
        at = OrNull(moment.map { Moment($0, extract) })
    }
}

extension HistoryDocument.Entry {
    fileprivate init(_ tag: TagHistory.MovingTag, _ history: TagHistory) {
        self.tag = tag.tag.name
        rule = tag.rule
        variant = OrNull(tag.variant.isEmpty ? nil : tag.variant)
        version = OrNull(tag.last.map { history.images[$0].version.text })
        today = HistoryDocument.Today(
            state: tag.today.state.rawValue,
            version: OrNull(tag.today.version?.text),
            digest: OrNull(tag.today.digest?.description),
            expected: OrNull(tag.today.expected?.text),
            note: OrNull(tag.today.note)
        )
    }
}

extension HistoryDocument.Release {
    fileprivate init(
        _ release: TagHistory.Release,
        _ cells: [HistoryExtract.Cell],
        _ extract: HistoryExtract,
        isBackport: Bool
    ) {
        let history = extract.history
        version = release.version.text
        backport = isBackport
        yanked = release.isYanked
        images = release.images.map { HistoryDocument.Image(history.images[$0]) }
        let held = zip(extract.tags, cells).compactMap { tag, cell in
            cell.image.map { (tag: tag, cell: cell, version: history.images[$0].version.text) }
        }
        moved = held.filter(\.cell.isMove).map { tag, _, version in
            let event = tag.events.first { release.images.contains($0.image) }
            let before = event?.before.map { history.images[$0].version.text }
            return HistoryDocument.Movement(tag: tag.tag.name, from: OrNull(before), to: version)
        }
        stayed = held.filter(\.cell.isStay).map { HistoryDocument.Stay(tag: $0.tag.tag.name, version: $0.version) }
        meanings = Dictionary(held.map { ($0.tag.tag.name, $0.version) }) { first, _ in first }
    }
}

extension HistoryDocument.Image {
    fileprivate init(_ image: TagHistory.ReleasedImage) {
        tags = image.tags.map(\.name)
        variant = OrNull(image.variant.isEmpty ? nil : image.variant)
        digest = OrNull(image.digest?.description)
        created = OrNull(image.created?.rfc3339)
        placedBy = image.dating.rawValue
        labelledVersion = OrNull(image.labelledVersion)
        problem = OrNull(image.problem)
    }
}

extension HistoryDocument.Moment {
    fileprivate init(_ moment: HistoryMoment, _ extract: HistoryExtract) {
        let images = extract.history.images
        asked = moment.span.text
        from = moment.span.first.rfc3339
        to = moment.span.last.rfc3339
        after = OrNull(moment.last.map { images[$0].version.text })
        meanings = MomentText.chosen(moment, extract).map { meaning in
            let image = meaning.image.map { images[$0] }
            return HistoryDocument.Meaning(
                tag: meaning.tag.name,
                version: OrNull(image?.version.text),
                digest: OrNull(image?.digest?.description),
                since: OrNull(image?.created?.rfc3339),
                changes: meaning.changes.map { change in
                    HistoryDocument.Change(
                        from: OrNull(change.before.map { images[$0].version.text }),
                        to: images[change.image].version.text,
                        time: OrNull(images[change.image].created?.rfc3339)
                    )
                },
                next: OrNull(meaning.later.first.map { images[$0.image].version.text })
            )
        }
    }
}
