import Git
import Tagging
import Versioning

/// Where the version of a project comes from.
package enum VersionSource: String, CaseIterable, Sendable {
    /// The version file where there is one, else the git tags.
    case auto
    case file
    /// The highest version among the git tags that HEAD contains.
    case tags
    /// The version file, which must agree with the git tags.
    case both
}

extension GitRepository {
    /// The version at a commit, and the commit of its tag where that has been left behind.
    ///
    /// - Throws: `VersionFileError`, `ProjectError`, `GitError`.
    func version(
        _ source: VersionSource,
        _ location: VersionLocation,
        _ policy: TagPolicy,
        at commit: CommitID
    ) throws -> (version: Version, releasedFrom: CommitID?) {
        if source == .file || (source == .auto && location.exists) {
            return (try location.read(scheme: policy.scheme).version, nil)
        }
        let tagged = try taggedVersion(policy, at: commit)
        let last = try tagged.map { ($0, commit) } ?? highestVersion(policy, containedIn: commit)
        guard source == .both else {
            guard let last else {
                if source == .auto { throw ProjectError.noVersionFile(location.shown) }
                throw ProjectError.noVersionTag
            }
            return (last.version, tagged == nil ? last.commit : nil)
        }
        let version = try location.read(scheme: policy.scheme).version
        if let tagged, tagged != version {
            throw ProjectError.disagreement(version, tagged, "the commit has the git tag of \(tagged)")
        }
        if tagged == nil, let last, version < last.version {
            throw ProjectError.disagreement(version, last.version, "the git tag of \(last.version) comes before it")
        }
        return (version, nil)
    }

    /// The highest version among the tags of a commit itself; nil where it has none.
    private func taggedVersion(_ policy: TagPolicy, at commit: CommitID) throws -> Version? {
        try tags().filter { $0.commit == commit }.compactMap { policy.version(gitTag: $0.name) }
            .filter { !$0.isDevelopment }.max()
    }

    /// The highest release among the tags that a commit contains; nil where it contains none.
    ///
    /// - Throws: `GitError`, of kind `historyIncomplete` where a shallow clone cannot tell.
    func highestVersion(_ policy: TagPolicy, containedIn tip: CommitID) throws -> (version: Version, commit: CommitID)?
    {
        let releases = try tags()
            .compactMap { tag in policy.version(gitTag: tag.name).map { (version: $0, commit: tag.commit) } }
            .filter { !$0.version.isDevelopment }
        return try highest(of: releases, containedIn: tip)
    }
}
