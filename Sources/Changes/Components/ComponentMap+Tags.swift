extension ComponentMap {
    /// The component that a git tag is a release of, by its prefix; nil where it is none's.
    ///
    /// Where several fit the longest does: with the prefixes `app-` and `app-ui-`, `app-ui-1.0.0` is of the second. What has no
    /// component's prefix may be the root's.
    package func component(ofTag name: String) -> Component? {
        components.filter { name.hasPrefix($0.tagPrefix) }
            .max { $0.tagPrefix.utf8.count < $1.tagPrefix.utf8.count } ?? components.first(where: \.isRoot)
    }

    /// The tag prefixes of the other components.
    package func tagPrefixes(besides name: String) -> [String] {
        components.filter { $0.name != name }.map(\.tagPrefix)
    }
}
