import Changes
import Versioning

/// The JSON form of a changelog: docs/json.md, schema `tagboat.changelog/1`.
struct ChangelogReport: Encodable {
    let schema = "tagboat.changelog/1"
    let releases: [ReleaseReport]

    init(_ entries: [ReleaseEntry], writer: ChangelogWriter) {
        releases = entries.map { ReleaseReport($0, writer: writer) }
    }
}

/// The JSON form of release notes: docs/json.md, schema `tagboat.notes/1`.
struct NotesReport: Encodable {
    let schema = "tagboat.notes/1"
    /// Where the words come from: `file` or `history`.
    let source: String
    /// The notes in Markdown.
    let text: String
    let release: ReleaseReport

    init(_ entry: ReleaseEntry, written: String?, text: String, writer: ChangelogWriter) {
        source = written == nil ? "history" : "file"
        self.text = text
        release = ReleaseReport(entry, writer: writer)
    }
}

/// A release, and what it brings.
struct ReleaseReport: Encodable {
    let version: OrNull<String>
    let tag: OrNull<String>
    let previousTag: OrNull<String>
    let date: OrNull<String>
    let comparison: OrNull<String>
    let groups: [Group]

    struct Group: Encodable {
        let title: String
        let changes: [Entry]
    }

    struct Entry: Encodable {
        let type: OrNull<String>
        let scope: OrNull<String>
        let summary: String
        let breaking: OrNull<String>
        let level: OrNull<String>
        let commit: String
        let url: OrNull<String>
        let author: String
        let references: [String]
    }

    init(_ entry: ReleaseEntry, writer: ChangelogWriter) {
        version = OrNull(entry.version?.text)
        tag = OrNull(entry.version == nil ? nil : entry.tag)
        previousTag = OrNull(entry.previousTag)
        date = OrNull(entry.day)
        comparison = OrNull(entry.previousTag.flatMap { writer.links?.comparison(from: $0, to: entry.tag) })
        groups = writer.notes(entry.changes).groups.map { group in
            Group(title: group.title, changes: group.changes.map { Entry($0, links: writer.links) })
        }
    }
}

extension ReleaseReport.Entry {
    init(_ change: Change, links: ForgeLinks?) {
        type = OrNull(change.conventional?.type)
        scope = OrNull(change.conventional?.scope)
        summary = change.summary
        breaking = OrNull(change.conventional?.breaking)
        level = OrNull(change.level?.rawValue)
        commit = change.commit.hash
        url = OrNull(links?.commit(change.commit.hash))
        author = change.commit.authorName
        references = change.footerReferences
    }
}
