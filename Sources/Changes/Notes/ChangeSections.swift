/// Under which title of the changelog the commits of each type go.
package struct ChangeSections: Hashable, Sendable {
    /// A type of commits and its title.
    ///
    /// The type is written as in `CommitRules.levels`: `fix`, with a scope `fix(deps)`, or `*` for any.
    package struct Entry: Hashable, Sendable {
        package let type: String
        package let title: String

        package init(type: String, title: String) {
            self.type = type
            self.title = title
        }
    }

    /// The title of what breaks, which comes before all others.
    package static let breaking = "Breaking changes"
    /// The title of what has no other, where everything is to be shown.
    package static let other = "Other changes"

    /// The titles of Keep a Changelog 1.1.0, in its order.
    private static let known = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]

    package static let defaults = [
        Entry(type: "feat", title: "Added"), Entry(type: "perf", title: "Changed"),
        Entry(type: "revert", title: "Changed"), Entry(type: "deprecate", title: "Deprecated"),
        Entry(type: "remove", title: "Removed"), Entry(type: "fix", title: "Fixed"),
        Entry(type: "security", title: "Security"),
    ]

    private let titles: [String: String]
    /// The titles in the order in which they are written.
    package let order: [String]

    /// Takes what a project says of types; a type that it does not name keeps its title.
    ///
    /// - Parameter own: the project's entries, in their order; an empty title leaves the type out.
    package init(_ own: [Entry] = []) {
        var titles: [String: String] = [:]
        for entry in Self.defaults + own { titles[entry.type.lowercased()] = entry.title }
        self.titles = titles
        let others = own.map(\.title).filter { !$0.isEmpty && !Self.known.contains($0) && $0 != Self.breaking }
        var order = [Self.breaking] + Self.known
        for title in others where !order.contains(title) { order.append(title) }
        self.order = order + (order.contains(Self.other) ? [] : [Self.other])
    }

    /// The title of a commit; nil for one that is left out.
    package func title(of commit: ConventionalCommit) -> String? {
        let scope = commit.scope.map { "(\($0.lowercased()))" }
        let keys = (scope.map { [commit.type + $0, "*" + $0] } ?? []) + [commit.type, "*"]
        for key in keys {
            if let title = titles[key] { return title.isEmpty ? nil : title }
        }
        return nil
    }
}
