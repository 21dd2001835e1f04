import Git
package import OCI
package import Tagging
package import Versioning

/// What an image built from this checkout will be, as far as git alone can tell: for tags and labels that are
/// needed before there is an image.
package struct OfflineTags: Sendable {
    package let tags: [ComputedTag]
    /// The version for the labels: the release's, or the snapshot's development version.
    package let version: Version
    /// The tag that names the version.
    package let versionTag: Tag
    /// Why it is a snapshot; nil for a release.
    package let snapshotReason: String?
    /// What people should know about the answer: why it is a snapshot, or that it is a guess; nil where it is plain.
    package let note: String?

    /// Works them out.
    ///
    /// The version counts as released from another commit where a git tag of its name says so.
    ///
    /// - Throws: `TaggingError`, `ProjectError`, `GitError`.
    package init(_ project: Project, policy: ReleasePolicy, context: RuleContext) async throws {
        let naming = try TagNaming(policy: policy.tags, context: context)
        let origin = try await project.git.tag(of: project.version, policy.tags)?.commit.description
        let isElsewhere = origin != nil && origin != project.commit.hash
        guard policy.mode == .snapshot || (policy.mode == .auto && isElsewhere) else {
            version = project.version
            tags = try naming.tags(of: project.version, variant: policy.variant)
            try TagNaming.requireEvidence(for: tags, policy.evidence)
            versionTag = try naming.mainTag(of: project.version, variant: policy.variant)
            snapshotReason = nil
            let isGuess = policy.mode == .auto && origin == nil ? await project.git.isShallow : false
            note = isGuess ? Self.guess(project.version) : nil
            return
        }
        let shortHash = project.commit.shortHash + context.hashSuffix
        let commits =
            origin == nil
            ? try await project.commitsSinceLastRelease()
            : try await project.commits(since: project.version, releasedFrom: nil)
        do {
            version =
                origin == nil
                ? try policy.tags.scheme.development(before: project.version, commits: commits, shortHash: shortHash)
                : try policy.tags.scheme.development(after: project.version, commits: commits, shortHash: shortHash)
        } catch {
            throw TaggingError.cannotFollow(error)
        }
        tags = try naming.snapshotTags(of: version, variant: policy.variant)
        versionTag = try naming.mainTag(of: version, variant: policy.variant)
        snapshotReason =
            project.saysDirty
            ? "the work tree has uncommitted changes, so \(shortHash) is a snapshot"
            : isElsewhere
                ? "\(project.version) was released from \(origin?.prefix(7) ?? ""); \(shortHash) is a snapshot"
                : "\(shortHash) is a snapshot, as demanded"
        note = snapshotReason
    }

    private static func guess(_ version: Version) -> String {
        """
        warning: this shallow clone has no git tag of \(version), so it counts as not released yet
        hint: fetch the tags with `git fetch --tags`, or say --release or --snapshot
        """
    }
}
