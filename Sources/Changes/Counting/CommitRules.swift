package import Versioning

/// What counts as a change, and how much it asks for.
package struct CommitRules: Hashable, Sendable {
    /// The level that each type asks for; other types ask for none.
    ///
    /// A key is a type in lower case, `*` for any, or one with a scope, `fix(deps)` or `*(deps)`, which is heard
    /// first. A breaking change asks for a major release whatever its type.
    package var levels: [String: BumpLevel]
    /// Types, written like the keys of `levels`, that ask for nothing, such as `fix(deps)` where `fix` has a level.
    package var silent: Set<String>
    /// Patterns (`*`, `?`) of the name, the address or both, `Ada <ada@example.com>`, of those whose commits are left
    /// out.
    package var ignoredAuthors: [String]
    /// Patterns (`*`, `?`) of types, or types with a scope, `chore(release)`, whose changes are left out unless they
    /// break something.
    package var ignoredTypes: [String]

    /// The levels where nobody says otherwise.
    package static let defaultLevels: [String: BumpLevel] = [
        "feat": .minor, "fix": .patch, "perf": .patch, "revert": .patch,
    ]

    package init(
        levels: [String: BumpLevel] = defaultLevels,
        silent: Set<String> = [],
        ignoredAuthors: [String] = [],
        ignoredTypes: [String] = []
    ) {
        self.levels = levels
        self.silent = silent
        self.ignoredAuthors = ignoredAuthors
        self.ignoredTypes = ignoredTypes
    }

    /// The level that a commit asks for; nil for none.
    package func level(of commit: ConventionalCommit) -> BumpLevel? {
        if commit.isBreaking { return .major }
        let scope = commit.scope.map { "(\($0.lowercased()))" }
        let keys = (scope.map { [commit.type + $0, "*" + $0] } ?? []) + [commit.type, "*"]
        for key in keys {
            if silent.contains(key) { return nil }
            if let level = levels[key] { return level }
        }
        return nil
    }

    /// The types that have a level or are silenced, without their scopes, sorted.
    package var namedTypes: [String] {
        let types = silent.union(levels.keys).map { String($0.prefix { $0 != "(" }) }
        return Set(types).subtracting(["*"]).sorted()
    }

    /// Whether the commits of an author are left out.
    package func ignoresAuthor(of commit: CommitRecord) -> Bool {
        guard !ignoredAuthors.isEmpty else { return false }
        let name = commit.authorName.lowercased()
        let email = commit.authorEmail.lowercased()
        return ignoredAuthors.contains { pattern in
            let pattern = GlobPattern(pattern.lowercased())
            return pattern.matches(name) || pattern.matches(email) || pattern.matches("\(name) <\(email)>")
        }
    }

    /// Whether a change is left out for its type.
    package func ignoresType(of commit: ConventionalCommit) -> Bool {
        guard !ignoredTypes.isEmpty, !commit.isBreaking else { return false }
        let whole = commit.scope.map { "\(commit.type)(\($0.lowercased()))" }
        return ignoredTypes.contains { pattern in
            let pattern = GlobPattern(pattern.lowercased())
            return pattern.matches(commit.type) || (whole.map(pattern.matches) ?? false)
        }
    }
}
