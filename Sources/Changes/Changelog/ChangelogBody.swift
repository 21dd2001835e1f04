/// What stands below the heading of a version: a text, then groups under headings such as `### Added`.
struct ChangelogBody: Sendable {
    /// A heading and its entries.
    struct Group: Sendable {
        /// The title in lower case, by which groups are the same.
        let key: String
        var heading: [UInt8]
        /// The entries, with the blank lines around them.
        var content: [UInt8]

        var isEmpty: Bool { ChangelogBody.trimmed(content[...]).isEmpty }
    }

    /// What stands before the first group.
    var lead: [UInt8]
    var groups: [Group]

    /// Takes the text apart at its widest headings; printed again it is the same.
    init(_ bytes: [UInt8]) {
        let lines = MarkdownLine.lines(of: bytes[...])
        let headings = lines.map { $0.isOpaque ? nil : $0.text.hashHeading }
        let level = headings.compactMap { $0?.level }.min()
        lead = []
        groups = []
        for (line, heading) in zip(lines, headings) {
            if let heading, heading.level == level {
                groups.append(Group(key: heading.text.lowercased(), heading: Array(line.bytes), content: []))
            } else if groups.isEmpty {
                lead += line.bytes
            } else {
                groups[groups.count - 1].content += line.bytes
            }
        }
    }

    var bytes: [UInt8] { groups.reduce(lead) { $0 + $1.heading + $1.content } }

    var isEmpty: Bool { Self.trimmed(bytes[...]).isEmpty }

    /// The bytes without blank lines at the start, and without blank lines and the line end at the end.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let lines = MarkdownLine.lines(of: bytes)
        guard let first = lines.first(where: { !$0.isBlank }), let last = lines.last(where: { !$0.isBlank }) else {
            return []
        }
        var content = bytes[first.bytes.startIndex..<last.bytes.endIndex]
        if content.last == UInt8(ascii: "\n") { content = content.dropLast() }
        if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
        return content
    }
}

extension [UInt8] {
    /// What is missing so that a blank line is at the end; nothing for what is empty.
    func missingBlankLine(_ lineEnd: [UInt8]) -> [UInt8] {
        guard let last else { return [] }
        guard last == UInt8(ascii: "\n") else { return lineEnd + lineEnd }
        let lines = MarkdownLine.lines(of: self[...])
        return lines.last?.isBlank ?? true ? [] : lineEnd
    }
}
