internal import CLibgit2

extension GitRepository {
    /// Whether a commit is another one or an ancestor of it.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func isAncestor(_ ancestor: CommitID, of tip: CommitID) throws(GitError) -> Bool {
        if ancestor == tip { return true }
        if isShallow {
            let reached = try reachable(from: tip)
            if reached.commits.contains(ancestor) { return true }
            guard !reached.isCutOff else { throw GitError(.historyIncomplete) }
            return false
        }
        var (ancestorID, tipID) = (ancestor.oid, tip.oid)
        let answer = unsafe git_graph_descendant_of(handle.pointer, &tipID, &ancestorID)
        try check("git_graph_descendant_of", answer)
        return answer == 1
    }

    /// How many commits are reachable from a tip but not from a base, as `git rev-list --count base..tip`; without a
    /// base, all that are reachable.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func commitCount(from base: CommitID?, to tip: CommitID) throws(GitError) -> Int {
        guard let base else {
            let all = try reachable(from: tip)
            guard !all.isCutOff else { throw GitError(.historyIncomplete) }
            return all.commits.count
        }
        if isShallow {
            let behind = try reachable(from: base)
            let ahead = try reachable(from: tip, stoppingAt: behind.commits)
            // Where a path from the tip ends at the graft, what lies behind it may or may not belong to the base.
            guard !ahead.isCutOff else { throw GitError(.historyIncomplete) }
            return ahead.commits.count
        }
        var (ahead, behind) = (0, 0)
        var (tipID, baseID) = (tip.oid, base.oid)
        try check(
            "git_graph_ahead_behind",
            unsafe git_graph_ahead_behind(&ahead, &behind, handle.pointer, &tipID, &baseID)
        )
        return ahead
    }

    /// The commits that can be reached, and whether a graft stopped the walk.
    ///
    /// libgit2's own walk fails at a graft.
    func reachable(
        from tip: CommitID,
        stoppingAt known: Set<CommitID> = []
    ) throws(GitError) -> (commits: Set<CommitID>, isCutOff: Bool) {
        var commits: Set<CommitID> = []
        var isCutOff = false
        var pending = [tip]
        while let id = pending.popLast() {
            guard !known.contains(id), commits.insert(id).inserted else { continue }
            if grafts.contains(id) {
                isCutOff = true
            } else {
                pending += unsafe Self.parents(of: try commitHandle(id).pointer)
            }
        }
        return (commits, isCutOff)
    }
}
