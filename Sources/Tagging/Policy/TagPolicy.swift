package import Versioning

/// Which tags images get: rules, what stands around them, and the exceptions to the rule of moving tags.
package struct TagPolicy: Hashable, Sendable {
    package var rules: [TagRule]
    package var flavor: Flavor
    package var scheme: VersionScheme
    /// How the git tags of versions are called.
    package var gitTags: GitTagPattern
    /// The variants of the project; empty for a project that has none.
    package var variants: [Variant]
    package var lines: LinePolicy

    package init(
        rules: [TagRule] = TagRule.defaults,
        flavor: Flavor = Flavor(),
        scheme: VersionScheme = .semantic,
        gitTags: GitTagPattern = GitTagPattern(),
        variants: [Variant] = [],
        lines: LinePolicy = LinePolicy()
    ) {
        self.rules = TagRule.byPriority(rules)
        self.flavor = flavor
        self.scheme = scheme
        self.gitTags = gitTags
        self.variants = variants
        self.lines = lines
    }

    /// Every variant; a project without variants has one, which is called nothing.
    package var allVariants: [Variant] { variants.isEmpty ? [.only] : variants }

    /// The variant of a name; without a name the default one, or the only one there is.
    package func variant(named name: String?) -> Variant? {
        if let name { return allVariants.first { $0.name == name } }
        return allVariants.count == 1 ? allVariants.first : allVariants.first(where: \.isDefault)
    }
}
