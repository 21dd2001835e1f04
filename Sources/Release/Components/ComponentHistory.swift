package import Changes
package import Git

/// What was changed in each component since its last release, from one walk over the history.
package struct ComponentHistory: Sendable {
    private let changes: ComponentChanges
    private let bases: [String: CommitID]

    /// Reads the commits that any component needs, each once, with the files that it changes.
    ///
    /// The work grows with the commits since the oldest of the last releases; a component that was never released
    /// needs them all.
    ///
    /// - Parameters:
    ///   - map: the components.
    ///   - bases: the commit of each component's last release, by name; none for one that was never released.
    ///   - tip: where the history ends.
    ///   - git: the repository.
    /// - Throws: `GitError`, of kind `historyIncomplete` where a shallow clone cannot tell, of kind `objectsMissing` in
    ///   a partial clone that lacks what commits changed.
    package init(
        of map: ComponentMap,
        since bases: [String: CommitID],
        to tip: CommitID,
        in git: GitRepository
    ) async throws {
        let isAllReleased = map.components.allSatisfy { bases[$0.name] != nil }
        let names = map.components.map(\.name)
        let start = isAllReleased ? try await git.commonAncestor(of: names.compactMap { bases[$0] }) : nil
        var commits: [CommitFiles] = []
        for commit in try await git.commits(from: start.map { [$0] } ?? [], to: tip) {
            let files = try await git.changedFiles(of: commit.id, in: map)
            commits.append(CommitFiles(CommitRecord(commit), files: files))
        }
        changes = ComponentChanges(commits, in: map)
        self.bases = bases
    }

    /// The commits that count for a component since its last release, the newest first.
    package func commits(of component: String) -> [CommitRecord] {
        changes.commits(of: component, since: bases[component]?.description)
    }
}

extension GitRepository {
    /// The files that a commit changes, moved ones as one where it matters.
    ///
    /// Finding moved files takes reading them, so it is done only where a file may have come into a component from
    /// outside.
    fileprivate func changedFiles(of id: CommitID, in map: ComponentMap) throws -> [ChangedFile] {
        let plain = try changedPaths(of: id, findsRenames: false).map(ChangedFile.init)
        return map.mayMove(plain) ? try changedPaths(of: id).map(ChangedFile.init) : plain
    }

    /// A commit that is in the history of all of them; nil where there is none.
    fileprivate func commonAncestor(of commits: [CommitID]) throws -> CommitID? {
        var seen: Set<CommitID> = []
        var common: CommitID?
        for commit in commits where seen.insert(commit).inserted {
            guard let other = common else {
                common = commit
                continue
            }
            // Releases mostly follow each other, and this also goes in a shallow clone.
            if try isAncestor(commit, of: other) {
                common = commit
            } else if try !isAncestor(other, of: commit) {
                guard let base = try mergeBase(other, commit) else { return nil }
                common = base
            }
        }
        return common
    }
}

extension ChangedFile {
    fileprivate init(_ path: ChangedPath) {
        self.init(old: path.oldPath, new: path.newPath)
    }
}
