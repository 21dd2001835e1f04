/// How the git tag of a version is called: `v2.1.106`, `release-2.1.106`, `ui/v2.1.106-final`.
package struct GitTagPattern: Hashable, Sendable {
    private let prefix: String
    private let suffix: String

    /// A pattern with a prefix alone.
    package init(prefix: String) {
        self.prefix = prefix
        suffix = ""
    }

    /// Reads a pattern such as `release-{version}`; nil where `{version}` does not stand in it once.
    package init?(_ text: String) {
        let parts = text.split(separator: "{version}", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        prefix = String(parts[0])
        suffix = String(parts[1])
    }

    /// The name of a version's tag.
    package func name(of version: String) -> String { prefix + version + suffix }

    /// The texts that a tag's name may hold as its version, the likeliest first.
    ///
    /// A plain `v` may be there or not: many projects began with the one and went on with the other. Any other prefix
    /// tells a tag of this project from those of others, and must be there.
    func candidates(in name: String) -> [Substring] {
        guard name.hasSuffix(suffix) else { return [] }
        let whole = name.dropLast(suffix.count)
        guard prefix.isEmpty || prefix == "v" else {
            return whole.hasPrefix(prefix) ? [whole.dropFirst(prefix.count)] : []
        }
        return whole.hasPrefix("v") ? [whole.dropFirst(), whole] : [whole]
    }
}
