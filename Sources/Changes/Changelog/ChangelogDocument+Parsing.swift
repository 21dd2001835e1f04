package import Versioning

extension ChangelogDocument {
    /// Reads a file; any bytes are a changelog, if one without sections.
    ///
    /// - Parameters:
    ///   - bytes: the file's content; empty for a file that is yet to be.
    ///   - scheme: how versions are written.
    ///   - tagPrefix: what may stand before a version besides `v`.
    package init(parsing bytes: [UInt8], scheme: VersionScheme = .semantic, tagPrefix: String = "v") {
        self.scheme = scheme
        self.tagPrefix = tagPrefix
        isNew = bytes.isEmpty
        let lines = MarkdownLine.lines(of: bytes[...])
        lineEnd =
            lines.first.map { $0.bytes.suffix(2).elementsEqual(LineEnd.dos) } ?? false ? LineEnd.dos : LineEnd.unix
        let footer = ReferenceLinks.start(in: lines)
        links = ReferenceLinks(Array(lines[footer...]))
        // The mark belongs to the file, whatever comes to stand first in it.
        preamble = bytes.starts(with: ByteOrderMark.bytes) && footer > 0 ? ByteOrderMark.bytes : []
        sections = []
        var index = 0
        while index < footer {
            let (heading, count) = Self.heading(at: index, of: lines[..<footer], scheme: scheme, tagPrefix: tagPrefix)
            if let heading, isSection(heading) {
                var headingBytes = Array(lines[index..<index + count].map(\.bytes).joined())
                if index == 0 { headingBytes.removeFirst(preamble.count) }
                sections.append(Section(heading: heading, headingBytes: headingBytes, body: []))
                index += count
                continue
            }
            if sections.isEmpty {
                preamble += index == 0 ? lines[index].bytes.dropFirst(preamble.count) : lines[index].bytes
            } else {
                sections[sections.count - 1].body += lines[index].bytes
            }
            index += 1
        }
    }

    /// Whether a heading begins a section, and is neither a part of one nor of what stands before them.
    private func isSection(_ heading: ChangelogHeading) -> Bool {
        switch heading.subject {
        case .version: heading.level <= 3
        case .unreleased: heading.level <= 2
        case .other: sections.last.map { heading.level <= min($0.heading.level, 2) } ?? false
        }
    }

    /// The heading at a line and how many lines it has (CommonMark 0.31, 4.2 and 4.3).
    ///
    /// Only one that begins at the margin counts: what is indented may belong to an item of a list.
    private static func heading(
        at index: Int,
        of lines: ArraySlice<MarkdownLine>,
        scheme: VersionScheme,
        tagPrefix: String
    ) -> (ChangelogHeading?, lines: Int) {
        let line = lines[index]
        guard !line.isOpaque else { return (nil, 1) }
        if let (level, text) = line.text.hashHeading {
            return (ChangelogHeading(text, level: level, scheme: scheme, tagPrefix: tagPrefix), 1)
        }
        // An underlined heading: one line of text that follows a blank one.
        let next = index + 1
        guard next < lines.endIndex, !lines[next].isOpaque, let level = lines[next].text.underlineLevel,
            !line.isBlank, line.text.first != " ", line.text.listMarker == nil,
            index == lines.startIndex || lines[index - 1].isBlank || lines[index - 1].text.hashHeading != nil
        else { return (nil, 1) }
        return (ChangelogHeading(line.text, level: level, scheme: scheme, tagPrefix: tagPrefix), 2)
    }
}

/// The bytes that end a line.
enum LineEnd {
    static let unix: [UInt8] = [0x0A]
    static let dos: [UInt8] = [0x0D, 0x0A]
}

extension String {
    /// The level and the text of a heading that begins with `#`; nil for any other line.
    var hashHeading: (level: Int, text: String)? {
        let level = prefix { $0 == "#" }.count
        guard (1...6).contains(level) else { return nil }
        let rest = dropFirst(level)
        guard rest.first.map({ $0 == " " || $0 == "\t" }) ?? true else { return nil }
        var text = rest.trimmingSpaces
        let end = text.reversed().prefix { $0 == "#" }.count
        if end > 0, text.dropLast(end).last.map(\.isWhitespace) ?? true { text = text.dropLast(end).trimmingSpaces }
        return (level, text)
    }

    /// The level of the heading that the line underlines; nil for any other line.
    var underlineLevel: Int? {
        let text = trimmingSpaces
        guard let first = text.first, first == "=" || first == "-", text.allSatisfy({ $0 == first }) else { return nil }
        return first == "=" ? 1 : 2
    }
}
