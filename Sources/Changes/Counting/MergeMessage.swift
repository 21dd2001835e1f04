/// The message of a merge, as git and the forges write it.
struct MergeMessage {
    /// What the request was called and said, where the message tells; empty where it does not.
    let request: [MessageLine]

    /// Recognises a merge by its first line; nil for other messages.
    init?(_ lines: [MessageLine]) {
        guard let header = lines.first else { return nil }
        let rest = Array(lines.dropFirst().drop(while: \.isBlank))
        let text = header.text
        if let title = Self.azureTitle(text) ?? Self.giteaTitle(text) {
            request = [MessageLine(number: header.number, text: title)] + lines.dropFirst()
        } else if Self.beginnings.contains(where: { text.utf8.starts(with: $0.utf8) }) {
            request = rest
        } else {
            return nil
        }
    }

    /// Git's own (git-fmt-merge-msg), and GitHub's, GitLab's, Gitea's and Bitbucket's.
    private static let beginnings = [
        "Merge branch '", "Merge branches '", "Merge remote-tracking branch '", "Merge remote-tracking branches '",
        "Merge tag '", "Merge tags '", "Merge commit '", "Merge commits '", "Merge pull request #",
        "Merge pull request '", "Merged in ",
    ]

    /// Azure DevOps has number and title in one line: `Merged PR 12: feat: show thumbnails`.
    private static func azureTitle(_ text: Substring) -> Substring? {
        guard text.utf8.starts(with: "Merged PR ".utf8) else { return nil }
        let rest = text.dropFirst("Merged PR ".count).drop(while: \.isNumber)
        return rest.hasPrefix(": ") ? rest.dropFirst(2) : nil
    }

    /// Gitea too: `Merge pull request 'feat: show thumbnails' (#12) from ada/ui into main`.
    private static func giteaTitle(_ text: Substring) -> Substring? {
        let beginning = "Merge pull request '"
        guard text.utf8.starts(with: beginning.utf8) else { return nil }
        let rest = text.dropFirst(beginning.count)
        let ends = rest.indices.filter { rest[$0] == "'" && rest[$0...].hasPrefix("' (#") }
        return ends.last.map { rest[..<$0] }
    }
}
