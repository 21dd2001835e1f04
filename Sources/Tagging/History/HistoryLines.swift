package import OCI
import Versioning

/// What the names in a repository tell of its history: the versions, and the moving tags that each one takes part in.
package struct HistoryLines: Sendable {
    /// A moving tag, and the tags of the versions that compete for it.
    struct Line: Sendable {
        let tag: Tag
        let rule: String
        let variant: String
        /// The place of its series among those of all variants.
        let rank: Int
        /// The versions that take part, each with the tag that names it.
        let members: [Version: Tag]
    }

    /// The lines, one for each moving tag.
    let lines: [Line]
    /// Where the policy in force puts the moving tags of the repository as it is now.
    let places: [Tag: MovingTags.Place]
    let policy: LinePolicy
    /// The name of the variant that each tag of a version belongs to.
    let variants: [Tag: String]
    private let existing: Set<Tag>
    private let roles: TagRoles
    private let versions: [Tag: Version]

    /// Reads the names of a repository's tags.
    ///
    /// A line that the policy has put off is one of the history all the same where its tag is still in the repository.
    ///
    /// - Parameters:
    ///   - existing: every tag of the repository.
    ///   - naming: what versions are called.
    /// - Throws: `TaggingError` where two versions have the same tag, or two rules disagree.
    package init(existing: Set<Tag>, naming: TagNaming) throws(TaggingError) {
        self.existing = existing
        roles = try TagRoles(existing, naming: naming)
        let scheme = naming.policy.scheme
        let known = scheme.examples.isEmpty ? existing.lazy.compactMap { scheme.version(named: $0.name) }.max() : nil
        let released = try ReleasedVersions(in: existing, naming: naming, own: known)
        versions = released.versionsByTag.filter { !$0.value.isDevelopment }
        places = try MovingTags(released: released, variants: naming.policy.allVariants, naming: naming).places
        policy = naming.policy.lines
        let (lines, variants) = try Self.lines(released, naming: naming)
        self.variants = variants
        var all = lines
        if !policy.off.isEmpty, let open = try? Self.lines(released, naming: try naming.withoutOffLines()).lines {
            let names = Set(lines.map(\.tag)).union(places.keys)
            all += open.filter { existing.contains($0.tag) && !names.contains($0.tag) }
        }
        self.lines = all
    }

    /// The tags that a history is read from: those of versions, and those that move.
    package var tagsToRead: [ListedTag] {
        let moving = Set(lines.map(\.tag)).union(places.keys).intersection(existing)
        return moving.union(versions.keys).map { roles.listed($0) }.sorted()
    }

    /// The version that a tag names; nil for one that moves, and for every other.
    func version(of tag: Tag) -> Version? { versions[tag] }

    private static func lines(
        _ released: ReleasedVersions,
        naming: TagNaming
    ) throws(TaggingError) -> (lines: [Line], variants: [Tag: String]) {
        var lines: [Line] = []
        var variants: [Tag: String] = [:]
        var seen: Set<Tag> = []
        var rank = 0
        for variant in naming.policy.allVariants {
            for affix in variant.series {
                // In an order, so that of two rules for the same tag it is always the same one that counts.
                let found = try MovingTags.lines(released, in: affix, naming: naming).sorted(by: MovingTags.isBefore)
                for (line, versions) in found {
                    let members = versions.compactMapValues { $0 }
                    for tag in members.values { variants[tag] = variant.name }
                    guard seen.insert(line.tag).inserted else { continue }
                    lines.append(
                        Line(tag: line.tag, rule: line.rule, variant: variant.name, rank: rank, members: members)
                    )
                }
                rank += 1
            }
        }
        return (lines, variants)
    }
}

extension TagNaming {
    /// The same naming, in which every line has its tag.
    fileprivate func withoutOffLines() throws(TaggingError) -> TagNaming {
        var policy = policy
        policy.lines.off = []
        return try TagNaming(policy: policy, context: context)
    }
}
