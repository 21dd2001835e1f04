/// A history in parts: what each of some tips brings beyond those before it.
struct HistoryParts {
    private let source: CommitSource
    private var marks = CommitMarks()

    /// Takes the commits that are to be parted.
    init(of commits: [Int], in source: CommitSource) {
        self.source = source
        for commit in commits { marks[commit] = .known }
    }

    /// Those that can be reached from a tip and were in no part before.
    mutating func next(_ tip: Int) throws(GitError) -> [Int] {
        var part: [Int] = []
        var pending = [tip]
        while let next = pending.popLast() {
            guard marks[next] == .known else { continue }
            marks[next].insert(.done)
            part.append(next)
            for place in try source.parents(next).range { pending.append(source.parent(place)) }
        }
        return part
    }
}
