/// What a shallow clone can tell for sure.
///
/// Behind a commit at which it was cut off there may be any commit that is not a descendant of it. So the clone knows
/// that a commit is no ancestor of another one only where it descends from every commit at which the other's history
/// is cut off; all else is refused.
struct ShallowHistory {
    let source: CommitSource

    /// Whether a commit is an ancestor of a tip, or the tip itself.
    func isAncestor(_ ancestor: Int, of tip: Int) throws(GitError) -> Bool {
        let history = try CommitClosure(of: [tip], in: source)
        if history.contains(ancestor) { return true }
        try require(ancestor, isNotBehind: history.cuts)
        return false
    }

    /// The commits that some tips have beyond some bases.
    func own(from bases: [Int], to tips: [Int]) throws(GitError) -> [Int] {
        var history = try CommitClosure(of: bases, in: source)
        let cuts = history.cuts
        let baseCount = history.commits.count
        for tip in tips { try history.add(tip) }
        let own = history.commits[baseCount...]
        guard history.cuts.count == cuts.count else { throw GitError(.historyIncomplete) }
        let members = Set(own)
        // From every other one some of these can be reached.
        for commit in own {
            let parents = try source.parents(commit).range.map { source.parent($0) }
            guard !parents.contains(where: members.contains) else { continue }
            try require(commit, isNotBehind: cuts)
        }
        return Array(own)
    }

    /// The place of the first of some commits that a tip contains.
    ///
    /// Behind the one that is found there are taken to be only later ones: what is tagged there need not have been
    /// fetched.
    func first(of candidates: [Int], in tip: Int) throws(GitError) -> Int? {
        let history = try CommitClosure(of: [tip], in: source)
        let place = candidates.firstIndex { history.contains($0) }
        guard !history.cuts.isEmpty else { return place }
        guard let place else { throw GitError(.historyIncomplete) }
        for candidate in candidates[..<place] { try require(candidate, isNotBehind: history.cuts) }
        let found = try CommitClosure(of: [candidates[place]], in: source)
        guard history.cuts.allSatisfy(found.contains) else { throw GitError(.historyIncomplete) }
        return place
    }

    private func require(_ commit: Int, isNotBehind cuts: [Int]) throws(GitError) {
        guard !cuts.isEmpty else { return }
        let history: CommitClosure
        do {
            history = try CommitClosure(of: [commit], in: source)
        } catch {
            // A commit that was not fetched.
            guard error.code == .notFound else { throw error }
            throw GitError(.historyIncomplete)
        }
        guard cuts.allSatisfy(history.contains) else { throw GitError(.historyIncomplete) }
    }
}
