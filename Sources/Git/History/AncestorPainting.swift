/// Which commits some tips have beyond some bases, found without walking further back than it takes to tell.
///
/// With exact keys each commit is met after all of its descendants, and the walk ends where nothing of the tips' own is
/// left to look at. Dates alone may lie: then a base's history may turn out to hold what was taken for the tips' own,
/// and the walk goes on until the bases' history is older than all of that, and somewhat longer, as git's own does.
struct AncestorPainting {
    /// The commits that the tips have beyond the bases, in the order in which they were met.
    private(set) var own: [Int] = []

    private let source: CommitSource
    private var slack: WalkSlack
    private var marks = CommitMarks()
    private var queue = CommitQueue()
    /// How many of the queue's commits are the tips' own, as far as is known.
    private var openCount = 0

    init(
        from bases: [Int],
        to tips: [Int],
        in source: CommitSource,
        slack: WalkSlack = .painting
    ) throws(GitError) {
        self.source = source
        self.slack = slack
        for base in bases { try push(base, isKnown: true) }
        for tip in tips { try push(tip, isKnown: false) }
        try walk()
        own.removeAll { marks[$0].contains(.known) }
    }

    private mutating func push(_ commit: Int, isKnown: Bool) throws(GitError) {
        guard marks[commit].isEmpty else { return }
        marks[commit] = isKnown ? [.seen, .known] : .seen
        if !isKnown { openCount += 1 }
        queue.push(commit, key: try source.key(commit))
    }

    private mutating func walk() throws(GitError) {
        var oldest = Int64.max
        var left = slack.commits
        while let next = queue.first {
            if openCount == 0 {
                if source.hasExactKeys || own.isEmpty { return }
                if next.key < oldest - slack.seconds {
                    left -= 1
                    guard left >= 0 else { return }
                } else {
                    left = slack.commits
                }
            } else {
                left = slack.commits
            }
            _ = queue.pop()
            let commit = next.commit
            let isKnown = marks[commit].contains(.known)
            marks[commit].insert(.done)
            if !isKnown {
                openCount -= 1
                own.append(commit)
                oldest = min(oldest, next.key)
            }
            for place in try source.parents(commit).range {
                let parent = source.parent(place)
                if isKnown { try makeKnown(parent) } else { try push(parent, isKnown: false) }
                if !source.hasExactKeys { slack.allow(child: next.key, parent: try source.date(parent)) }
            }
        }
    }

    /// Marks a commit as a base's, and at once everything behind it that was taken for the tips' own before.
    private mutating func makeKnown(_ commit: Int) throws(GitError) {
        var pending = [commit]
        while let commit = pending.popLast() {
            let mark = marks[commit]
            guard mark.contains(.seen) else {
                try push(commit, isKnown: true)
                continue
            }
            guard !mark.contains(.known) else { continue }
            marks[commit].insert(.known)
            guard mark.contains(.done) else {
                openCount -= 1
                continue
            }
            for place in try source.parents(commit).range { pending.append(source.parent(place)) }
        }
    }
}
