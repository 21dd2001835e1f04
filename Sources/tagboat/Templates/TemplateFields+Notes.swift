import Changes
import Versioning

/// A release as changelog and notes tell of it.
struct ReleaseEntry: Sendable {
    /// Nil for what is not released yet.
    var version: Version?
    /// The git tag that it has or will have; `HEAD` for what is not released yet.
    var tag: String
    var previousTag: String?
    /// Such as `2026-07-10`; nil for none.
    var day: String?
    var changes: [Change]
}

extension TemplateFields {
    /// The fields of a release.
    ///
    /// - Parameters:
    ///   - entry: the release.
    ///   - notes: its changes by title.
    ///   - heading: the heading of its section, and how wide it is.
    ///   - links: the project's web site; nil for none.
    ///   - showsAuthors: whether to name authors.
    ///   - written: what people wrote of it, which takes the place of its changes.
    init(
        _ entry: ReleaseEntry,
        notes: ReleaseNotes,
        heading: (text: String, level: Int) = ("", 2),
        links: ForgeLinks?,
        showsAuthors: Bool,
        written: String? = nil
    ) {
        let groups = written == nil ? notes.groups : []
        let comparison = entry.previousTag.flatMap { links?.comparison(from: $0, to: entry.tag) }
        let marks = String(repeating: "#", count: heading.level)
        self.init([
            ("version", entry.version?.text ?? ""),
            ("title", entry.version?.text ?? "Unreleased"),
            ("tag", entry.tag),
            ("previousTag", OptionalText(entry.previousTag)),
            ("date", OptionalText(entry.day)),
            ("marks", marks),
            ("heading", heading.text),
            ("groupMarks", marks + "#"),
            ("comparison", OptionalText(comparison)),
            ("release", OptionalText(entry.version == nil ? nil : links?.release(entry.tag))),
            ("written", OptionalText(written)),
            ("isEmpty", written == nil && groups.isEmpty),
            (
                "groups",
                Self.items(groups) { group in
                    let changes = Self.items(group.changes) {
                        Self.fields(of: $0, links: links, showsAuthors: showsAuthors)
                    }
                    return ["title": group.title, "changes": changes]
                }
            ),
        ])
    }

    private static func fields(of change: Change, links: ForgeLinks?, showsAuthors: Bool) -> [String: Any] {
        let text = MarkdownText(links: links)
        let commit = change.commit
        let author = showsAuthors ? commit.authorName : nil
        let migration = change.migration
        return [
            "type": change.conventional?.type ?? "",
            "scope": OptionalText(change.conventional?.scope.map(text.line)),
            "plainScope": OptionalText(change.conventional?.scope.map(PrintableText.line)),
            "summary": text.line(change.summary),
            "plain": PrintableText.line(change.summary),
            "isBreaking": change.conventional?.isBreaking ?? false,
            "hash": commit.hash,
            "shortHash": commit.shortHash,
            "commit": MarkdownText.link(commit.shortHash, to: links?.commit(commit.hash)),
            "references": change.footerReferences.map { reference in
                [
                    "reference": MarkdownText.link(
                        text.address(ofReference: reference) == nil ? text.line(reference) : reference,
                        to: text.address(ofReference: reference)
                    )
                ]
            },
            "author": OptionalText(author.map(text.line)),
            "plainAuthor": OptionalText(author.map(PrintableText.line)),
            // Indented, so that it belongs to the entry of a list.
            "migration": lines(migration.map(text.lines), before: [""]),
            "plainMigration": lines(migration.map { $0.lines.map(PrintableText.escaped) }, before: []),
        ]
    }

    private static func lines(_ lines: [String]?, before: [String]) -> [[String: Any]] {
        guard let lines else { return [] }
        return (before + lines).map { ["line": $0.isEmpty ? "" : "  " + $0] }
    }
}

extension Change {
    /// What the footer says of a breaking change, where it says more than the description.
    var migration: String? {
        guard let breaking = conventional?.breaking, breaking != summary else { return nil }
        return breaking
    }
}

extension String {
    fileprivate var lines: [String] {
        split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }
}
