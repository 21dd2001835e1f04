package import Git
package import Tagging
package import Versioning

extension GitRepository {
    /// The git tag that names a version; nil where there is none.
    ///
    /// - Parameters:
    ///   - version: the version.
    ///   - policy: how git tags of versions are written.
    /// - Returns: the tag; where several name the version, the first by name.
    /// - Throws: `GitError`.
    package func tag(of version: Version, _ policy: TagPolicy) throws(GitError) -> GitTag? {
        guard let names = policy.gitTagNames(of: version) else {
            return try tags().first { policy.version(gitTag: $0.name) == version }
        }
        for name in names {
            if let tag = try tag(named: name) { return tag }
        }
        return nil
    }

    /// The highest of some releases that a commit contains; nil where it contains none.
    ///
    /// The work grows with the commits since the release that is found, not with the releases of other lines: the
    /// nearest one bounds it from below, and only those above it are looked for any further back.
    ///
    /// - Parameters:
    ///   - releases: versions, and the commits that they were released from.
    ///   - tip: the commit.
    /// - Returns: the release.
    /// - Throws: `GitError`, of kind `historyIncomplete` where a shallow clone cannot tell.
    package func highest(
        of releases: [(version: Version, commit: CommitID)],
        containedIn tip: CommitID
    ) throws(GitError) -> (version: Version, commit: CommitID)? {
        let bound = try any(of: releases.lazy.map(\.commit), containedIn: tip)
        let nearest = releases.filter { $0.commit == bound }.max { $0.version < $1.version }
        // Where history is cut off, its tags were most likely not fetched either.
        guard let nearest else {
            if isShallow { throw GitError(.historyIncomplete) }
            return nil
        }
        let higher = releases.filter { nearest.version < $0.version }.sorted { $1.version < $0.version } + [nearest]
        guard let commit = try first(of: higher.map(\.commit), containedIn: tip) else { return nearest }
        return higher.first { $0.commit == commit } ?? nearest
    }
}
