import Git
import Versioning

extension GitRepository {
    /// The highest of some releases that a commit contains; nil where it contains none.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    func highest(_ releases: [KnownRelease], containedIn tip: CommitID) throws -> KnownRelease? {
        for release in releases.sorted(by: { $0.version > $1.version }) where try isAncestor(release.commit, of: tip) {
            return release
        }
        if isShallow { throw GitError(.historyIncomplete) }
        return nil
    }
}
