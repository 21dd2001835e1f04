package import OCI
import Versioning

/// Tags that somebody names, and the images that they shall hold.
///
/// The promise holds for them as well: a tag of a line does not go to another image than its highest release, and a
/// tag that names a version does not change, unless it is forced.
package struct TagAssignments: Sendable {
    private let wanted: [Tag: Digest]
    private let existing: Set<Tag>
    private let roles: TagRoles
    private let rule: String
    private let isForced: Bool

    /// Assignments in one repository.
    ///
    /// - Parameters:
    ///   - wanted: what each tag shall hold.
    ///   - existing: every tag of the repository.
    ///   - naming: what versions are called.
    ///   - rule: what asks for the tags, for the plan.
    ///   - isForced: whether what is asked for happens in any case.
    /// - Throws: `TaggingError` where the policy names two versions alike.
    package init(
        _ wanted: [Tag: Digest],
        existing: Set<Tag>,
        naming: TagNaming,
        rule: String,
        isForced: Bool
    ) throws(TaggingError) {
        self.wanted = wanted
        self.existing = existing
        self.rule = rule
        self.isForced = isForced
        roles = try TagRoles(existing.union(wanted.keys), naming: naming)
    }

    /// The tags of the repository whose digests the decision needs.
    package var tagsToRead: Set<Tag> {
        Set(wanted.keys).union(wanted.keys.compactMap { roles.place(of: $0)?.versionTag }).intersection(existing)
    }

    /// What happens to each tag.
    ///
    /// - Parameter held: what the tags of `tagsToRead` hold.
    /// - Returns: the steps: versions first, the highest at the front, then the tags that move.
    package func steps(held: [Tag: Digest]) -> [TagStep] {
        wanted.keys.map { roles.listed($0) }.sorted().compactMap { listed in
            wanted[listed.tag].map { step(listed, to: $0, held: held) }
        }
    }

    /// Moving tags that hold what they were given, and belong to a release which appeared meanwhile.
    ///
    /// - Parameter held: what the tags of `tagsToRead` hold now.
    /// - Returns: the steps that bring them there.
    package func corrections(held: [Tag: Digest]) -> [TagStep] {
        if isForced { return [] }
        return wanted.keys.sorted().compactMap { tag in
            guard let place = roles.place(of: tag), let rightful = rightful(place, held: held),
                held[tag] == wanted[tag], rightful != wanted[tag]
            else { return nil }
            return TagStep(
                tag: tag,
                rule: place.rule,
                tagClass: .moving,
                from: held[tag],
                to: rightful,
                version: place.version,
                verdict: .move(reason: "\(place.versionTag?.name ?? "") is higher")
            )
        }
    }

    private func step(_ listed: ListedTag, to digest: Digest, held: [Tag: Digest]) -> TagStep {
        let from = held[listed.tag]
        let place = roles.place(of: listed.tag)
        return TagStep(
            tag: listed.tag,
            rule: place?.rule ?? rule,
            tagClass: listed.tagClass ?? .moving,
            from: from,
            to: digest,
            version: roles.version(namedBy: listed.tag) ?? place?.version,
            verdict: verdict(listed, to: digest, from: from, place: place, held: held)
        )
    }

    private func verdict(
        _ listed: ListedTag,
        to digest: Digest,
        from: Digest?,
        place: MovingTags.Place?,
        held: [Tag: Digest]
    ) -> Verdict {
        if isForced || from == digest { return .bringing(from, to: digest) }
        if listed.tagClass == .immutable, let from {
            return .refused(reason: "\(listed.tag) is released already, with \(from.abbreviated)")
        }
        if let place, let rightful = rightful(place, held: held), rightful != digest {
            let release = place.versionTag?.name ?? ""
            return .withheld(
                reason: place.isHeld
                    ? "\(listed.tag) is held on \(release)"
                    : "\(listed.tag) belongs to \(release), which is another image"
            )
        }
        return .bringing(from, to: digest)
    }

    /// What a line's tag must hold, as far as it is known.
    private func rightful(_ place: MovingTags.Place, held: [Tag: Digest]) -> Digest? {
        place.versionTag.flatMap { wanted[$0] ?? held[$0] }
    }
}
