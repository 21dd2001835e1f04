/// Commits with all of their ancestors, as far as these are there.
struct CommitClosure {
    /// In the order in which they were met.
    private(set) var commits: [Int] = []
    /// Those of them at which a shallow clone was cut off.
    private(set) var cuts: [Int] = []
    private let source: CommitSource
    private var marks = CommitMarks()

    init(of tips: [Int], in source: CommitSource) throws(GitError) {
        self.source = source
        for tip in tips { try add(tip) }
    }

    func contains(_ commit: Int) -> Bool { !marks[commit].isEmpty }

    /// Adds a commit with its ancestors.
    mutating func add(_ tip: Int) throws(GitError) {
        var pending = [tip]
        while let next = pending.popLast() {
            guard marks[next].isEmpty else { continue }
            marks[next] = .seen
            commits.append(next)
            if try source.isCut(next) { cuts.append(next) }
            for place in try source.parents(next).range {
                let parent = source.parent(place)
                if marks[parent].isEmpty { pending.append(parent) }
            }
        }
    }
}
