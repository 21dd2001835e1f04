import Git
package import Tagging
package import Versioning

/// What an image built from this checkout will be, as far as git alone can tell: for tags and labels that are
/// needed before there is an image.
package struct OfflineTags: Sendable {
    package let tags: [ComputedTag]
    /// The version for the labels: the release's, or the snapshot's development version.
    package let version: SemanticVersion
    /// Why it is a snapshot; nil for a release.
    package let snapshotReason: String?
    /// What people should know about the answer: why it is a snapshot, or that it is a guess; nil where it is plain.
    package let note: String?

    /// Works them out.
    ///
    /// The version counts as released from another commit where a git tag of its name says so.
    ///
    /// - Throws: `TaggingError`, `ProjectError`, `GitError`.
    package init(_ project: Project, rules: [TagRule], mode: ReleaseMode) async throws {
        let origin = try await project.git.tags()
            .first { SemanticVersion(gitTag: $0.name) == project.version }?.commit.description
        let isElsewhere = origin != nil && origin != project.commit.hash
        guard mode == .snapshot || (mode == .auto && isElsewhere) else {
            version = project.version
            tags = try ComputedTag.release(of: project.version, commit: project.commit, rules: rules)
            snapshotReason = nil
            let isGuess = mode == .auto && origin == nil ? await project.git.isShallow : false
            note = isGuess ? Self.guess(project.version) : nil
            return
        }
        let development: DevelopmentVersion
        if origin != nil {
            let commits = try await project.commits(since: project.version, releasedFrom: nil)
            do {
                development = try DevelopmentVersion(
                    after: project.version,
                    commits: commits,
                    shortHash: project.commit.shortHash
                )
            } catch {
                throw TaggingError.cannotFollow(error)
            }
        } else {
            development = DevelopmentVersion(
                before: project.version,
                commits: try await project.commitsSinceLastRelease(),
                shortHash: project.commit.shortHash
            )
        }
        version = development.version
        tags = try ComputedTag.snapshot(of: development, commit: project.commit, rules: rules)
        let short = project.commit.shortHash
        snapshotReason =
            isElsewhere
            ? "\(project.version) was released from \(origin?.prefix(7) ?? ""); \(short) is a snapshot"
            : "\(short) is a snapshot, as demanded"
        note = snapshotReason
    }

    private static func guess(_ version: SemanticVersion) -> String {
        """
        warning: this shallow clone has no git tag of \(version), so it counts as not released yet
        hint: fetch the tags with `git fetch --tags`, or say --release or --snapshot
        """
    }
}
