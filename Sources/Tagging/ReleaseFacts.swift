package import OCI
package import Versioning

/// What was read before a plan is made; a value, so that the plan is a pure function of it.
package struct ReleaseFacts: Hashable, Sendable {
    /// The version that the checkout names.
    package let version: Version
    /// The commit at HEAD.
    package let commit: CommitFacts
    /// The commit that a git tag names for the version, where HEAD has left it behind and so can be no release of it.
    package let releasedFrom: String?
    /// The build, for rules that ask for its branch, its event or its dates.
    package let context: RuleContext
    /// The image to release.
    package let source: ImageFacts
    /// How many commits HEAD is away from the release before it; nil where no snapshot needs it.
    package var commitsSinceRelease: Int?
    /// The versions that git tags name; nil where they are not asked for.
    package let gitVersions: Set<Version>?
    /// How the commits that branch tags hold stand to HEAD, by the revision that the image's label names.
    package var ancestry: [String: Ancestry]
    /// The repositories that the tags go to.
    package var targets: [TargetFacts]

    package init(
        version: Version,
        commit: CommitFacts,
        releasedFrom: String? = nil,
        context: RuleContext,
        source: ImageFacts,
        commitsSinceRelease: Int? = nil,
        gitVersions: Set<Version>? = nil,
        ancestry: [String: Ancestry] = [:],
        targets: [TargetFacts]
    ) {
        self.version = version
        self.commit = commit
        self.releasedFrom = releasedFrom
        self.context = context
        self.source = source
        self.commitsSinceRelease = commitsSinceRelease
        self.gitVersions = gitVersions
        self.ancestry = ancestry
        self.targets = targets
    }
}

/// How a commit stands to HEAD.
package enum Ancestry: Hashable, Sendable {
    /// HEAD comes after it.
    case ancestor
    /// It comes after HEAD.
    case descendant
    /// Neither comes after the other.
    case diverged
    /// The repository does not have it.
    case absent
    /// A shallow clone cannot tell.
    case cutOff
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
        created = configuration.creation
    }

    /// Whether the labels say that the image was made from a commit; nil where they do not tell.
    ///
    /// Older builds label the short hash, so a prefix of at least seven characters counts.
    package func isMade(from commit: CommitFacts) -> Bool? {
        guard let revision else { return nil }
        return revision == commit.hash || (revision.utf8.count >= 7 && commit.hash.hasPrefix(revision))
    }
}

extension ImageFacts {
    /// An image that is not built yet; its digest is that of no image.
    package static let unbuilt = ImageFacts(digest: Digest(algorithm: .sha256, hash: repeatElement(0, count: 32)))
}

extension ReleaseFacts {
    /// The image of the commit that one of the repositories has under a tag of its own; the first in their order.
    package var imageOfCommit: (target: Int, tag: Tag, digest: Digest)? {
        for (index, target) in targets.enumerated() {
            let made = target.images.filter { $0.value.isMade(from: commit) == true }
            if let found = made.min(by: { $0.key < $1.key }) { return (index, found.key, found.value.digest) }
        }
        return nil
    }
}

extension ImageConfiguration {
    /// When the image was made, by its label, since builds that can be repeated write a fixed date beside it; else by
    /// that date.
    package var creation: Timestamp? {
        (labels[LabelKey.created] ?? created).flatMap(Timestamp.init(rfc3339:))
    }
}

/// A repository as it stands: every tag in it, and the images behind those that matter to the plan.
package struct TargetFacts: Hashable, Sendable {
    /// The repository as people write it.
    package let name: String
    package let tags: Set<Tag>
    /// What each tag holds, of those that the plan asked for and that exist.
    package var images: [Tag: ImageFacts]

    package init(name: String, tags: Set<Tag>, images: [Tag: ImageFacts]) {
        self.name = name
        self.tags = tags
        self.images = images
    }
}
