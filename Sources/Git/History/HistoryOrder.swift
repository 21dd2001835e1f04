/// Puts commits in the order in which people read them: the newest first, and never a parent before its children.
struct HistoryOrder {
    private let source: CommitSource
    /// For each commit the list that it was last in, counted from 1, and how many of its children wait there.
    private var lists: [Int32] = []
    private var children: [Int32] = []
    private var list: Int32 = 0

    private struct Dated: Comparable {
        let date: Int64
        let id: CommitID
        let commit: Int

        static func < (left: Dated, right: Dated) -> Bool {
            left.date == right.date ? right.id.precedes(left.id) : left.date < right.date
        }
    }

    init(in source: CommitSource) {
        self.source = source
    }

    /// Sorts commits, of which none stands twice.
    mutating func sorted(_ commits: [Int]) throws(GitError) -> [Int] {
        // Parents get their numbers with their children, so that all are known from here on.
        for commit in commits { _ = try source.parents(commit) }
        let missing = source.count - lists.count
        if missing > 0 {
            lists += Array(repeating: 0, count: missing)
            children += Array(repeating: 0, count: missing)
        }
        list += 1
        for commit in commits {
            lists[commit] = list
            children[commit] = 0
        }
        for commit in commits {
            for place in try source.parents(commit).range {
                let parent = source.parent(place)
                if lists[parent] == list { children[parent] += 1 }
            }
        }
        var ready = PriorityQueue<Dated>()
        for commit in commits where children[commit] == 0 { ready.push(try dated(commit)) }
        var result: [Int] = []
        result.reserveCapacity(commits.count)
        while let next = ready.pop() {
            result.append(next.commit)
            for place in try source.parents(next.commit).range {
                let parent = source.parent(place)
                guard lists[parent] == list else { continue }
                children[parent] -= 1
                if children[parent] == 0 { ready.push(try dated(parent)) }
            }
        }
        return result
    }

    private func dated(_ commit: Int) throws(GitError) -> Dated {
        Dated(date: try source.date(commit), id: source.ids[commit], commit: commit)
    }
}
