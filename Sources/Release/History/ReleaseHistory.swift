package import Changes
package import Git
package import Tagging
package import Versioning

/// A release that git tags tell of, with what it brought.
package struct PastRelease: Sendable {
    package let version: Version
    /// The name of its git tag.
    package let tag: String
    package let commit: CommitID
    /// When it was tagged, or committed where its tag has no date.
    package let date: Timestamp
    /// The release before it on its line; nil for the first one.
    package let previous: ReleaseTag?
    /// The commits that it contains and no release before it does, the newest first.
    package let commits: [CommitRecord]
}

/// The git tag of a release.
package struct ReleaseTag: Hashable, Sendable {
    package let version: Version
    package let name: String
    package let commit: CommitID

    package init(version: Version, name: String, commit: CommitID) {
        self.version = version
        self.name = name
        self.commit = commit
    }
}

/// The releases that a commit contains, and what came after them.
package struct ReleaseHistory: Sendable {
    /// The highest version first.
    package let releases: [PastRelease]
    /// The commits that no release contains, the newest first.
    package let unreleased: UnreleasedCommits
}

/// What came after the last release of a line.
package struct UnreleasedCommits: Sendable {
    /// The newest first.
    package let commits: [CommitRecord]
    /// The last release before them; nil where there is none.
    package let previous: ReleaseTag?
}

/// Why a release's history cannot be told.
package enum ReleaseHistoryError: Error, Hashable, Sendable, CustomStringConvertible {
    case noSuchRelease(Version, tag: String)
    case noRelease
    case unknownStart(String)

    package var description: String {
        switch self {
        case .noSuchRelease(let version, let tag):
            "there is no release \(version): no git tag names it, such as \(tag)"
        case .noRelease: "there is no release yet: no git tag that HEAD contains names a version"
        case .unknownStart(let text): "\"\(text)\" is neither a released version nor a commit"
        }
    }

    package var hint: String {
        switch self {
        case .noSuchRelease: "fetch the tags with `git fetch --tags`, or see what is unreleased with --unreleased"
        case .noRelease: "fetch the tags with `git fetch --tags`, or see what is unreleased with --unreleased"
        case .unknownStart: "name a version such as 2.1.106, a git tag or a commit"
        }
    }
}
