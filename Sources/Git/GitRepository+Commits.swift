internal import CLibgit2

extension GitRepository {
    /// The commits that are reachable from a tip but from none of the bases, as `git rev-list tip ^base…`: newest
    /// first, and never a parent before all of its children.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func commits(from bases: [CommitID], to tip: CommitID) throws(GitError) -> [Commit] {
        var known: Set<CommitID> = []
        for base in bases { known.formUnion(try reachable(from: base, stoppingAt: known).commits) }
        let found = try reachable(from: tip, stoppingAt: known)
        guard !found.isCutOff else { throw GitError(.historyIncomplete) }
        return try sorted(found.commits)
    }

    /// The commits that each tip brings beyond those before it, in the tips' order; each list is sorted as
    /// `commits(from:to:)` does it.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func newCommits(in tips: [CommitID]) throws(GitError) -> [[Commit]] {
        var known: Set<CommitID> = []
        var lists: [[Commit]] = []
        for tip in tips {
            let found = try reachable(from: tip, stoppingAt: known)
            guard !found.isCutOff else { throw GitError(.historyIncomplete) }
            known.formUnion(found.commits)
            lists.append(try sorted(found.commits))
        }
        return lists
    }

    /// Commits by date, the newest first, a parent never before its children.
    private func sorted(_ ids: Set<CommitID>) throws(GitError) -> [Commit] {
        var commits: [CommitID: Commit] = [:]
        var children: [CommitID: Int] = [:]
        for id in ids { commits[id] = try commit(id) }
        for commit in commits.values { for parent in commit.parents { children[parent, default: 0] += 1 } }
        let isBefore: (Commit, Commit) -> Bool = { left, right in
            let dates = (left.committerDate.secondsSinceEpoch, right.committerDate.secondsSinceEpoch)
            return dates.0 == dates.1 ? left.id.description < right.id.description : dates.0 > dates.1
        }
        var ready = commits.values.filter { children[$0.id, default: 0] == 0 }.sorted(by: isBefore)
        var result: [Commit] = []
        while !ready.isEmpty {
            let next = ready.removeFirst()
            result.append(next)
            for parent in next.parents {
                guard let commit = commits[parent], let left = children[parent] else { continue }
                children[parent] = left - 1
                if left == 1 {
                    ready.insert(commit, at: ready.firstIndex { isBefore(commit, $0) } ?? ready.endIndex)
                }
            }
        }
        return result
    }
}
