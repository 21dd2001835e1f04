package import OCI
package import Versioning

/// What the tags of a repository are for, by the names that a policy gives.
package struct TagRoles: Sendable {
    private let scheme: VersionScheme
    private let versions: [Tag: Version]
    private let places: [Tag: MovingTags.Place]
    /// The place of each rule in the policy.
    private let ranks: [String: Int]

    /// Reads the names of a repository's tags.
    ///
    /// - Parameters:
    ///   - tags: every tag of the repository.
    ///   - naming: what versions are called.
    /// - Throws: `TaggingError` where the policy names two versions alike, so that nothing tells which tags move.
    package init(_ tags: Set<Tag>, naming: TagNaming) throws(TaggingError) {
        scheme = naming.policy.scheme
        let known = tags.sorted().lazy.compactMap { naming.policy.scheme.version(named: $0.name) }.first
        let released = try ReleasedVersions(in: tags, naming: naming, own: known)
        versions = released.versionsByTag
        places = try MovingTags(released: released, variants: naming.policy.allVariants, naming: naming).places
        var ranks: [String: Int] = [:]
        for (index, placed) in naming.rules.enumerated() where ranks[placed.rule.name] == nil {
            ranks[placed.rule.name] = index
        }
        self.ranks = ranks
    }

    /// Knows nothing of a policy but how versions are written.
    package init(scheme: VersionScheme) {
        self.scheme = scheme
        versions = [:]
        places = [:]
        ranks = [:]
    }

    /// Where a moving tag belongs; nil for every other tag.
    func place(of tag: Tag) -> MovingTags.Place? { places[tag] }

    /// The version that a tag names by a rule of the policy; nil for every other tag.
    func version(namedBy tag: Tag) -> Version? { versions[tag] }

    /// What one of the tags is for.
    package func listed(_ tag: Tag) -> ListedTag {
        if let referrer = ReferrerTag(tag) { return ListedTag(tag, role: .referrer(referrer)) }
        if let version = versions[tag] { return ListedTag(tag, role: .fixed, version: version) }
        if let place = places[tag] { return ListedTag(tag, role: .moving(rank: ranks[place.rule] ?? ranks.count)) }
        return ListedTag(tag, role: .other, version: version(of: tag))
    }

    /// The version that a tag of another house's policy looks like: `v1.2.3` most often.
    private func version(of tag: Tag) -> Version? {
        if let version = scheme.version(named: tag.name) { return version }
        return tag.name.hasPrefix("v") ? scheme.version(named: String(tag.name.dropFirst())) : nil
    }
}
