extension ChangelogBody {
    /// Adds what the history tells to what people wrote: one group for each title, and nothing twice.
    ///
    /// - Parameters:
    ///   - generated: the body that the commits give.
    ///   - lineEnd: the file's line end.
    mutating func merge(_ generated: ChangelogBody, lineEnd: [UInt8]) {
        let known = ([lead] + groups.map(\.content)).flatMap(ChangelogEntry.entries)
        let news = { (content: [UInt8]) in
            ChangelogEntry.entries(of: content).filter { entry in !known.contains { $0.tellsTheSame(as: entry) } }
        }
        let text = news(generated.lead)
        if !text.isEmpty {
            let own = lead
            lead = Array(text.map(\.bytes).joined(separator: lineEnd)) + lineEnd + lineEnd
            lead += Self.trimmed(own[...]).isEmpty ? [] : own
        }
        var place = 0
        for group in generated.groups {
            let entries = news(group.content)
            if let index = groups.firstIndex(where: { $0.key == group.key }) {
                groups[index].add(entries, lineEnd: lineEnd)
                place = Swift.max(place, index + 1)
            } else if !entries.isEmpty {
                if place == 0 {
                    lead += lead.isEmpty ? lineEnd : lead.missingBlankLine(lineEnd)
                } else {
                    let before = groups[place - 1].heading + groups[place - 1].content
                    groups[place - 1].content += before.missingBlankLine(lineEnd)
                }
                var added = group
                added.content = lineEnd + Array(entries.map(\.bytes).joined(separator: lineEnd)) + lineEnd + lineEnd
                groups.insert(added, at: place)
                place += 1
            }
        }
    }
}

extension ChangelogBody.Group {
    /// Adds entries behind the others, with the mark that the others have: another one would begin a new list.
    fileprivate mutating func add(_ entries: [ChangelogEntry], lineEnd: [UInt8]) {
        guard !entries.isEmpty else { return }
        let core = ChangelogBody.trimmed(content[...])
        let mark = ChangelogEntry.entries(of: content).last { $0.mark != nil }?.mark
        let added = Array(entries.map { $0.bytes(mark: mark) }.joined(separator: lineEnd)) + lineEnd
        if core.isEmpty {
            if heading.last != UInt8(ascii: "\n") { heading += lineEnd }
            content = lineEnd + added + lineEnd
        } else {
            // Behind text that is no list, a list begins after a blank line.
            let gap = mark == nil ? lineEnd + lineEnd : lineEnd
            let rest = content[core.endIndex...].drop { $0 == UInt8(ascii: "\r") }.dropFirst()
            content = content[..<core.endIndex] + gap + added + rest
        }
    }
}
