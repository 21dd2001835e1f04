extension ConventionalCommit {
    /// The message, without a line end behind the last line; parsing it gives the same commit.
    package var message: String {
        let isMarked = isBreaking && !footers.contains(where: \.isBreaking)
        var text = type + (scope.map { "(\($0))" } ?? "") + (isMarked ? "!" : "") + ": " + description
        if let body { text += "\n\n" + body }
        if !footers.isEmpty {
            text += "\n\n" + footers.map { $0.token + $0.separator.rawValue + $0.value }.joined(separator: "\n")
        }
        return text
    }
}
