package import Versioning

extension ChangelogDocument {
    /// What a section says, with the definitions of the links that it uses.
    package func text(of section: Section) -> String {
        let text = section.text
        guard !text.isEmpty else { return "" }
        let used = links.lines.filter { line in
            line.label.map { text.lowercased().contains("[\($0)]") && !section.defines($0) } ?? false
        }
        guard !used.isEmpty else { return text }
        let definitions = ChangelogBody.trimmed(Array(used.flatMap(\.bytes))[...])
        return text + "\n\n" + String(decoding: definitions, as: UTF8.self).replacingCarriageReturns
    }

    /// The highest version below another one that has a section.
    package func version(before version: Version) -> Version? {
        sections.compactMap(\.version).filter { $0 < version && ($0.isStable || !version.isStable) }.max()
    }
}

extension ChangelogDocument.Section {
    fileprivate func defines(_ label: String) -> Bool {
        MarkdownLine.lines(of: body[...]).contains { $0.text.linkDefinition?.label.lowercased() == label }
    }
}
