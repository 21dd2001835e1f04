package import Changes
package import Git
package import Versioning

/// The release that the next one follows.
package struct KnownRelease: Hashable, Sendable {
    package let version: SemanticVersion
    /// The commit that it was made from, by its git tag, or else the one that gave the version file this version.
    package let commit: CommitID
    /// Its git tag; nil where only the version file tells of it.
    package let tag: ReleaseTag?
}

extension ReleaseTag {
    /// Whether it is the same release as another version: build metadata gives no rank.
    func isRelease(of other: SemanticVersion) -> Bool {
        version.text.prefix { $0 != "+" } == other.withoutBuildMetadata.description
    }
}

/// What is known before a version is raised; a value, so that the decision is a pure function of it.
package struct BumpFacts: Sendable {
    /// The version that the source names; nil where there is none yet.
    package var current: SemanticVersion?
    /// Every release that git tags name, on any branch.
    package var releases: [ReleaseTag] = []
    /// The highest release on this line that HEAD contains.
    package var last: KnownRelease?
    /// The highest stable release on this line that HEAD contains.
    package var lastStable: KnownRelease?
    /// What was changed since the last release; nil where the request does not ask for it.
    package var sinceLast: ChangeSet?
    /// What was changed since the last stable release; nil where the request does not ask for it.
    package var sinceLastStable: ChangeSet?
    /// What the release of a component that this one depends on asks for; nil for nothing.
    package var demand: Demand?
    /// The line that the branch is for; nil for a branch that may release anything.
    package var line: ReleaseLine?
    /// The branch at HEAD; nil where there is none.
    package var branch: String?
    /// Whether HEAD is the commit that an earlier run made for the current version.
    package var isHeadReleaseCommit = false
    /// The version that HEAD's commit has in the version file, where the work tree has another one.
    package var committed: SemanticVersion?

    package init() {}

    /// A level, and why it is asked for.
    package struct Demand: Hashable, Sendable {
        package let level: BumpLevel
        package let reason: String

        package init(_ level: BumpLevel, reason: String) {
            self.level = level
            self.reason = reason
        }
    }
}
