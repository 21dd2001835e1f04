/// How the git tag of a version is called: `v2.1.106`, `release-2.1.106`, `ui/v2.1.106-final`.
package struct GitTagPattern: Hashable, Sendable {
    package let prefix: String
    package let suffix: String
    /// Whether tags without the prefix are never this project's.
    ///
    /// A plain `v` may be there or not: many projects began with the one and went on with the other. Any other prefix
    /// tells a project's tags from those of others.
    package var isPrefixRequired: Bool
    /// The prefixes of other components' tags, which are never this project's where they are longer than its own.
    package var otherPrefixes: [String] = []

    /// A pattern with a prefix alone.
    package init(prefix: String = "v") {
        self.prefix = prefix
        suffix = ""
        isPrefixRequired = !prefix.isEmpty && prefix != "v"
    }

    /// Reads a pattern such as `release-{version}`; nil where `{version}` does not stand in it once.
    package init?(_ text: String) {
        let parts = text.split(separator: "{version}", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        prefix = String(parts[0])
        suffix = String(parts[1])
        isPrefixRequired = !prefix.isEmpty && prefix != "v"
    }

    /// The name of a version's tag, or of its line's.
    package func name(of version: String) -> String { prefix + version + suffix }

    /// The texts that a tag's name may hold as its version, the likeliest first.
    func candidates(in name: String) -> [Substring] {
        let isForeign = otherPrefixes.contains { $0.utf8.count > prefix.utf8.count && name.hasPrefix($0) }
        guard !isForeign, name.hasSuffix(suffix) else { return [] }
        let whole = name.dropLast(suffix.count)
        if whole.hasPrefix(prefix), !prefix.isEmpty {
            let rest = whole.dropFirst(prefix.count)
            return isPrefixRequired ? [rest] : [rest, whole]
        }
        if isPrefixRequired { return [] }
        return whole.hasPrefix("v") ? [whole, whole.dropFirst()] : [whole]
    }
}
