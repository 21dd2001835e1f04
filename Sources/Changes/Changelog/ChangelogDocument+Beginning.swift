import Versioning

extension ChangelogDocument {
    /// A changelog without any section.
    ///
    /// - Parameters:
    ///   - header: its title and introduction.
    ///   - other: a document that tells how versions are written.
    package init(beginningWith header: String, like other: ChangelogDocument) {
        let text = ChangelogBody.trimmed(Array(header.utf8)[...])
        preamble = text.isEmpty ? [] : text + LineEnd.unix + LineEnd.unix
        sections = []
        links = ReferenceLinks([])
        lineEnd = LineEnd.unix
        scheme = other.scheme
        tagPrefix = other.tagPrefix
        isNew = true
    }

    /// A whole changelog, put together in the given order.
    ///
    /// - Parameters:
    ///   - header: its title and introduction.
    ///   - unreleased: the section of what is not released yet, and the tag of the last release; nil for none.
    ///   - releases: the sections of releases, the newest first.
    ///   - forge: the project's web site; nil for no links.
    ///   - other: a document that tells how versions are written.
    package init(
        beginningWith header: String,
        unreleased: (text: String, since: String?)?,
        releases: [ChangelogAddition],
        links forge: ForgeLinks?,
        like other: ChangelogDocument
    ) {
        self.init(beginningWith: header, like: other)
        let texts = (unreleased.map { [$0.text] } ?? []) + releases.map(\.text)
        for (index, text) in texts.enumerated() {
            preamble += ChangelogBody.trimmed(Array(text.utf8)[...]) + lineEnd
            if index < texts.count - 1 || forge != nil { preamble += lineEnd }
        }
        guard let forge else { return }
        var lines: [(String, String)] = []
        if let tag = unreleased?.since { lines.append(("Unreleased", forge.comparison(from: tag, to: "HEAD"))) }
        for release in releases {
            let address = release.previousTag.map { forge.comparison(from: $0, to: release.tag) }
            lines.append((release.version.text, address ?? forge.release(release.tag)))
        }
        links.lines = lines.map { ReferenceLinks.Line(label: $0.0, address: $0.1, lineEnd: lineEnd) }
    }
}
