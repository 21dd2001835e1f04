extension GitRepository {
    /// Whether a commit is another one or an ancestor of it.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func isAncestor(_ ancestor: CommitID, of tip: CommitID) throws(GitError) -> Bool {
        if ancestor == tip { return true }
        return try withHistory { source throws(GitError) in
            let (ancestor, tip) = (source.number(of: ancestor), source.number(of: tip))
            if isShallow { return try ShallowHistory(source: source).isAncestor(ancestor, of: tip) }
            var search = CommitSearch(in: source)
            return try search.isAncestor(ancestor, of: tip)
        }
    }

    /// How many commits are reachable from a tip but not from a base, as `git rev-list --count base..tip`; without a
    /// base, all that are reachable.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func commitCount(from base: CommitID?, to tip: CommitID) throws(GitError) -> Int {
        try withHistory { source throws(GitError) in
            try own(from: base.map { [$0] } ?? [], to: [tip], in: source).count
        }
    }

    /// The first commit in a list that is a tip or one of its ancestors; nil where none is.
    ///
    /// The work grows with the history behind the tip that is newer than the commits before that one in the list, not
    /// with the list.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func first(of candidates: [CommitID], containedIn tip: CommitID) throws(GitError) -> CommitID? {
        try withHistory { source throws(GitError) in
            let numbers = candidates.map { source.number(of: $0) }
            let tip = source.number(of: tip)
            if isShallow {
                return try ShallowHistory(source: source).first(of: numbers, in: tip).map { candidates[$0] }
            }
            var search = CommitSearch(in: source)
            return try search.first(of: numbers, in: tip).map { candidates[$0] }
        }
    }

    /// One of some commits that is a tip or an ancestor of it: the first that a walk by dates meets; nil where none is.
    ///
    /// A shallow clone tells of what it has.
    package func any(of candidates: some Sequence<CommitID>, containedIn tip: CommitID) throws(GitError) -> CommitID? {
        try withHistory { source throws(GitError) in
            let numbers = Set(candidates.map { source.number(of: $0) })
            guard !numbers.isEmpty else { return nil }
            var search = CommitSearch(in: source)
            return try search.anyContained(of: numbers, in: source.number(of: tip)).map { source.ids[$0] }
        }
    }

    /// The numbers of the commits that some tips have beyond some bases, in no particular order.
    func own(from bases: [CommitID], to tips: [CommitID], in source: CommitSource) throws(GitError) -> [Int] {
        let bases = bases.map { source.number(of: $0) }
        let tips = tips.map { source.number(of: $0) }
        if isShallow { return try ShallowHistory(source: source).own(from: bases, to: tips) }
        if bases.isEmpty { return try CommitClosure(of: tips, in: source).commits }
        return try AncestorPainting(from: bases, to: tips, in: source).own
    }

    /// Reads history, once more without the commit-graph where that turns out not to fit.
    func withHistory<Value>(
        _ body: (CommitSource) throws(GitError) -> Value
    ) throws(GitError) -> Value {
        let source = try commitSource()
        while true {
            do throws(GitError) {
                return try body(source)
            } catch {
                guard source.useLessOfGraph() else { throw error }
            }
        }
    }

    /// The commits of this repository; what was read of them is kept as long as the repository is open.
    func commitSource() throws(GitError) -> CommitSource {
        if let history { return history }
        let overrides = try HistoryOverrides(
            of: handle,
            in: commonDirectory,
            shallow: shallowCommits,
            overridesEnvironment
        )
        let isWanted = try handle.flag("core.commitGraph") ?? true
        let mayUseGraph = isWanted && overrides.isEmpty
        let source = CommitSource(
            objects: try objectDatabase(),
            overrides: overrides,
            graph: mayUseGraph ? CommitGraph(objects: commonDirectory + "/objects") : nil
        )
        history = source
        return source
    }

    /// The objects of this repository.
    func objectDatabase() throws(GitError) -> ObjectDatabase {
        if let objects { return objects }
        let opened = try ObjectDatabase(of: handle)
        objects = opened
        return opened
    }
}
