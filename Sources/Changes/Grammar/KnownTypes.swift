/// The types that nearly everybody uses: those of the specification, and those that it names from the Angular
/// convention (item 14).
package enum KnownTypes {
    package static let names = [
        "feat", "fix", "build", "chore", "ci", "docs", "perf", "refactor", "revert", "style", "test",
    ]

    /// What people write in place of them.
    private static let synonyms = [
        "feature": "feat", "features": "feat", "enhancement": "feat", "bug": "fix", "bugfix": "fix", "hotfix": "fix",
        "fixed": "fix", "fixes": "fix", "documentation": "docs", "performance": "perf", "refactoring": "refactor",
        "testing": "test", "deps": "build", "dependencies": "build",
    ]

    /// The type that a word stands for in all likelihood; nil for a word that is none of them.
    package static func suggestion(for word: String, among types: [String]) -> String? {
        let word = word.lowercased()
        if types.contains(word) { return word }
        if let meant = synonyms[word], types.contains(meant) { return meant }
        // Two letters that changed places are the commonest slip of all.
        if let swapped = types.first(where: { $0.lowercased().sorted() == word.sorted() }) { return swapped }
        guard let nearest = EditDistance.nearest(to: word, among: types) else { return nil }
        // "wip" is two letters away from "ci", but nobody meant that.
        return EditDistance.between(word, nearest.lowercased()) <= word.count / 2 ? nearest : nil
    }
}
