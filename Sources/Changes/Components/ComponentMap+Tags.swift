extension ComponentMap {
    /// The tag prefixes of the other components.
    package func tagPrefixes(besides name: String) -> [String] {
        components.filter { $0.name != name }.map(\.tagPrefix)
    }
}
