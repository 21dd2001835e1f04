package import OCI
package import Versioning

/// What was read before a plan is made; a value, so that the plan is a pure function of it.
package struct ReleaseFacts: Hashable, Sendable {
    /// The version that the VERSION file names.
    package let version: SemanticVersion
    /// The commit at HEAD.
    package let commit: CommitFacts
    /// The image to release.
    package let source: ImageFacts
    /// How many commits HEAD is away from the release before it; nil where no snapshot needs it.
    package let commitsSinceRelease: Int?
    /// The repositories that the tags go to.
    package let targets: [TargetFacts]

    package init(
        version: SemanticVersion,
        commit: CommitFacts,
        source: ImageFacts,
        commitsSinceRelease: Int? = nil,
        targets: [TargetFacts]
    ) {
        self.version = version
        self.commit = commit
        self.source = source
        self.commitsSinceRelease = commitsSinceRelease
        self.targets = targets
    }
}

/// An image as a registry has it: its digest and what its labels say of its origin.
package struct ImageFacts: Hashable, Sendable {
    package let digest: Digest
    /// The commit that it was made from: label `org.opencontainers.image.revision`.
    package let revision: String?
    /// When it was made: label `org.opencontainers.image.created`, else the configuration's own date.
    package let created: Timestamp?

    package init(digest: Digest, revision: String? = nil, created: Timestamp? = nil) {
        self.digest = digest
        self.revision = revision
        self.created = created
    }

    /// Takes what a configuration's labels say.
    package init(digest: Digest, configuration: ImageConfiguration) {
        self.digest = digest
        revision = configuration.labels[LabelKey.revision].flatMap { $0.isEmpty ? nil : $0 }
        created = (configuration.labels[LabelKey.created] ?? configuration.created).flatMap(Timestamp.init(rfc3339:))
    }

    /// Whether the labels say that the image was made from a commit; nil where they do not tell.
    ///
    /// Older builds label the short hash, so a prefix of at least seven characters counts.
    package func isMade(from commit: CommitFacts) -> Bool? {
        guard let revision else { return nil }
        return revision == commit.hash || (revision.utf8.count >= 7 && commit.hash.hasPrefix(revision))
    }
}

/// A repository as it stands: every tag in it, and the images behind those that matter to the plan.
package struct TargetFacts: Hashable, Sendable {
    /// The repository as people write it.
    package let name: String
    package let tags: Set<Tag>
    /// What each tag holds, of those that the plan asked for and that exist.
    package let images: [Tag: ImageFacts]

    package init(name: String, tags: Set<Tag>, images: [Tag: ImageFacts]) {
        self.name = name
        self.tags = tags
        self.images = images
    }

    /// The tags whose images a plan needs to know: the release's own, and the versions that its lines belong to.
    ///
    /// - Throws: `TaggingError` as `ComputedTag.release(of:commit:rules:)`.
    package static func tagsToRead(
        releasing version: SemanticVersion,
        commit: CommitFacts,
        rules: [TagRule],
        existing: Set<Tag>
    ) throws(TaggingError) -> Set<Tag> {
        var needed = Set(try ComputedTag.release(of: version, commit: commit, rules: rules).map(\.tag))
        let versionTag = try version.tag()
        needed.insert(versionTag)
        let desired = MovingTags.desired(
            for: MovingTags.releasedVersions(in: existing).union([version]),
            rules: rules
        )
        for line in ReleaseLine.lines(of: version, rules: rules) {
            if let winner = desired[line] { needed.insert(try winner.tag()) }
        }
        return needed.intersection(existing)
    }
}
