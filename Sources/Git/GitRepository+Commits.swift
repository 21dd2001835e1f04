extension GitRepository {
    /// The commits that are reachable from a tip but from none of the bases, as `git rev-list tip ^base…`: newest
    /// first, and never a parent before all of its children.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func commits(from bases: [CommitID], to tip: CommitID) throws(GitError) -> [Commit] {
        try withHistory { source throws(GitError) in
            var order = HistoryOrder(in: source)
            return try read(try order.sorted(own(from: bases, to: [tip], in: source)), source)
        }
    }

    /// The names alone of the commits that `commits(from:to:)` gives, in the same order; no message is read.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func commitIDs(from bases: [CommitID], to tip: CommitID) throws(GitError) -> [CommitID] {
        try withHistory { source throws(GitError) in
            var order = HistoryOrder(in: source)
            return try order.sorted(own(from: bases, to: [tip], in: source)).map { source.ids[$0] }
        }
    }

    /// The commits that each tip brings beyond those before it, in the tips' order; each list is sorted as
    /// `commits(from:to:)` does it.
    ///
    /// - Parameters:
    ///   - tips: the commits.
    ///   - bases: what no list has, nor their ancestors.
    /// - Returns: a list for each tip.
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func newCommits(
        in tips: [CommitID],
        beyond bases: [CommitID] = []
    ) throws(GitError) -> [[Commit]] {
        try withHistory { source throws(GitError) in
            let numbers = tips.map { source.number(of: $0) }
            var parts = try HistoryParts(of: own(from: bases, to: tips, in: source), in: source)
            var order = HistoryOrder(in: source)
            var lists: [[Commit]] = []
            for tip in numbers { lists.append(try read(try order.sorted(parts.next(tip)), source)) }
            return lists
        }
    }

    /// A commit by its name.
    package func commit(_ id: CommitID) throws(GitError) -> Commit {
        try commit(id, commitSource())
    }

    private func read(_ commits: [Int], _ source: CommitSource) throws(GitError) -> [Commit] {
        var result: [Commit] = []
        result.reserveCapacity(commits.count)
        for number in commits { result.append(try commit(source.ids[number], source)) }
        return result
    }

    private func commit(_ id: CommitID, _ source: CommitSource) throws(GitError) -> Commit {
        let object = try source.overrides.object(for: id)
        let commit = try source.objects.withCommit(object) { commit, text in
            Commit(
                id: id,
                parents: source.overrides.grafts[id] ?? commit.parents,
                author: commit.author(in: text),
                committer: commit.committer(in: text),
                message: commit.message(in: text)
            )
        }
        return Commit(
            id: commit.id,
            parents: commit.parents,
            author: try source.shared(commit.author, resolved),
            committer: try source.shared(commit.committer, resolved),
            message: commit.message
        )
    }
}
