/// What a release brings, by title.
package struct ReleaseNotes: Hashable, Sendable {
    /// The changes of one title, the newest first.
    package struct Group: Hashable, Sendable {
        package let title: String
        package let changes: [Change]
    }

    package let groups: [Group]

    /// Sorts changes under titles.
    ///
    /// What breaks is told first, whatever its type, and there alone.
    ///
    /// - Parameters:
    ///   - changes: the changes, the newest first.
    ///   - sections: the title of each type.
    ///   - isComplete: whether to show also what has no title.
    package init(_ changes: [Change], sections: ChangeSections = ChangeSections(), isComplete: Bool = false) {
        var byTitle: [String: [Change]] = [:]
        for change in changes {
            // A merge says what its commits say.
            if change.conventional == nil, change.commit.parents.count > 1 { continue }
            let title =
                change.conventional?.isBreaking ?? false
                ? ChangeSections.breaking : change.conventional.flatMap { sections.title(of: $0) }
            guard let title = title ?? (isComplete ? ChangeSections.other : nil) else { continue }
            byTitle[title, default: []].append(change)
        }
        groups = sections.order.compactMap { title in byTitle[title].map { Group(title: title, changes: $0) } }
    }
}

extension Change {
    /// The numbers of issues that the message's footers name, such as `Closes: #12`, in their order.
    package var footerReferences: [String] {
        var references: [String] = []
        for footer in conventional?.footers ?? [] where Self.referringTokens.contains(footer.token.lowercased()) {
            // The `#` of `Fixes #12` stands between token and value.
            let value = footer.separator == .hash ? "#" + footer.value : footer.value
            for reference in Self.references(in: Array(value.utf8)) {
                if !references.contains(reference), !summary.contains(reference) { references.append(reference) }
            }
        }
        return references
    }

    private static let referringTokens: Set<String> = [
        "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved", "ref", "refs",
        "references", "issue", "issues", "see", "related",
    ]

    /// Words such as `#12` and `!7`, which white space, a comma or a bracket divides from what is before them.
    ///
    /// A changelog looks at every footer of a history; a regular expression would be most of its time.
    private static func references(in text: [UInt8]) -> [String] {
        var found: [String] = []
        for (start, byte) in text.enumerated() where byte == UInt8(ascii: "#") || byte == UInt8(ascii: "!") {
            guard start == 0 || " \t\r\n,(".utf8.contains(text[start - 1]) else { continue }
            let end = text[(start + 1)...].firstIndex { !(0x30...0x39).contains($0) } ?? text.count
            let isWord =
                end < text.count && (text[end] == UInt8(ascii: "_") || (0x41...0x5A).contains(text[end] & 0xDF))
            guard (2...10).contains(end - start), !isWord else { continue }
            found.append(String(decoding: text[start..<end], as: UTF8.self))
        }
        return found
    }
}
