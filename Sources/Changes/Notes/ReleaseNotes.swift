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
        let tokens = [
            "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved", "ref", "refs",
            "references", "issue", "issues", "see", "related",
        ]
        var references: [String] = []
        for footer in conventional?.footers ?? [] where tokens.contains(footer.token.lowercased()) {
            // The `#` of `Fixes #12` stands between token and value.
            let value = footer.separator == .hash ? "#" + footer.value : footer.value
            for match in value.matches(of: /(?:^|[\s,(])([#!][0-9]{1,9})(?![0-9A-Za-z_])/) {
                let reference = String(match.1)
                if !references.contains(reference), !summary.contains(reference) { references.append(reference) }
            }
        }
        return references
    }
}
