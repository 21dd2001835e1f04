package import OCI
package import Versioning

/// The commit that an image is made from, as far as tags and labels need it.
package struct CommitFacts: Hashable, Sendable {
    /// The full hash, 40 hexadecimal characters.
    package let hash: String
    /// The first characters of the hash, of a fixed length.
    package let shortHash: String
    /// The commit's own date, or `SOURCE_DATE_EPOCH`.
    package let date: Timestamp

    package init(hash: String, shortHash: String, date: Timestamp) {
        self.hash = hash
        self.shortHash = shortHash
        self.date = date
    }
}

/// A tag that an image should carry, with the rule that asks for it.
package struct ComputedTag: Hashable, Sendable {
    package let tag: Tag
    package let rule: TagRule

    package var tagClass: TagClass { rule.tagClass }

    /// The whole tag set of a release: version and commit first, which never move, then the moving ones.
    ///
    /// - Throws: `TaggingError` where a tag is illegal or two rules give the same one.
    package static func release(
        of version: SemanticVersion,
        commit: CommitFacts,
        rules: [TagRule]
    ) throws(TaggingError) -> [ComputedTag] {
        var tags: [ComputedTag] = []
        if rules.contains(.version) { tags.append(ComputedTag(tag: try version.tag(), rule: .version)) }
        for line in ReleaseLine.lines(of: version, rules: rules) {
            tags.append(ComputedTag(tag: try line.tag(), rule: line.rule))
        }
        return try distinct(tags + commitTags(commit, rules: rules))
    }

    /// The tag set of a snapshot: its development version, hash and date, and nothing that stands for a release.
    ///
    /// - Throws: `TaggingError` where a tag is illegal or two rules give the same one.
    package static func snapshot(
        of development: DevelopmentVersion,
        commit: CommitFacts,
        rules: [TagRule]
    ) throws(TaggingError) -> [ComputedTag] {
        var tags: [ComputedTag] = []
        if rules.contains(.version) {
            tags.append(ComputedTag(tag: try development.version.tag(), rule: .version))
        }
        return try distinct(tags + commitTags(commit, rules: rules))
    }

    /// The tags that a commit has in either case.
    private static func commitTags(
        _ commit: CommitFacts,
        rules: [TagRule]
    ) throws(TaggingError) -> [ComputedTag] {
        var tags: [ComputedTag] = []
        if rules.contains(.sha) {
            tags.append(ComputedTag(tag: try Tag(commit.shortHash, rule: .sha), rule: .sha))
        }
        if rules.contains(.date) {
            tags.append(ComputedTag(tag: try Tag(commit.date.compactDay, rule: .date), rule: .date))
        }
        return tags
    }

    private init(tag: Tag, rule: TagRule) {
        self.tag = tag
        self.rule = rule
    }

    private static func distinct(_ tags: [ComputedTag]) throws(TaggingError) -> [ComputedTag] {
        for (index, tag) in tags.enumerated() {
            if let earlier = tags[..<index].first(where: { $0.tag == tag.tag }) {
                throw .sameTag(tag.tag, rules: [earlier.rule, tag.rule])
            }
        }
        return tags
    }
}
