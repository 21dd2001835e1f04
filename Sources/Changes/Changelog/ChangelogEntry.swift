/// One entry of a list of changes, with all its lines, or the text before a list.
struct ChangelogEntry: Sendable {
    let bytes: [UInt8]
    /// The mark of the list; nil for text.
    let mark: UInt8?

    /// Takes a list apart.
    static func entries(of content: [UInt8]) -> [ChangelogEntry] {
        var parts: [(bytes: [UInt8], mark: UInt8?)] = []
        for line in MarkdownLine.lines(of: content[...]) {
            let mark = line.isOpaque ? nil : line.text.listMarker?.utf8.first
            if let mark, "-*+".utf8.contains(mark) {
                parts.append((Array(line.bytes), mark))
            } else if parts.isEmpty {
                parts.append((Array(line.bytes), nil))
            } else {
                parts[parts.count - 1].bytes += line.bytes
            }
        }
        return parts.map { ChangelogEntry(bytes: Array(ChangelogBody.trimmed($0.bytes[...])), mark: $0.mark) }
            .filter { !$0.bytes.isEmpty }
    }

    /// The entry with another mark.
    func bytes(mark other: UInt8?) -> [UInt8] {
        guard let mark, let other, mark != other else { return bytes }
        return [other] + bytes.dropFirst()
    }

    /// Whether two entries tell of the same commit, or tell the same without naming different ones.
    func tellsTheSame(as other: ChangelogEntry) -> Bool {
        let (own, others) = (Telling(self), Telling(other))
        if own.commits.isEmpty || others.commits.isEmpty { return own.text == others.text }
        return own.commits.contains { hash in others.commits.contains { $0.hasPrefix(hash) || hash.hasPrefix($0) } }
    }

    /// What an entry says, without the commits it names.
    private struct Telling {
        let text: String
        let commits: [String]

        init(_ entry: ChangelogEntry) {
            let whole = String(decoding: entry.bytes, as: UTF8.self)
            var line = whole.prefix { !$0.isNewline }
            if let marker = line.listMarker { line = line.dropFirst(marker.count) }
            commits = whole.matches(of: /[\[(]([0-9a-f]{7,40})[\])\s,]/).map { String($0.1) }
            if !commits.isEmpty, let end = line.firstMatch(of: /\s\(\[?[0-9a-f]{7,40}[\])\s,].*$/) {
                line = line[..<end.range.lowerBound]
            }
            text = line.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        }
    }
}
