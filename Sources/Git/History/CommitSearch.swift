/// Looks among a commit's ancestors.
struct CommitSearch {
    private let source: CommitSource
    private var slack: WalkSlack
    private var marks = CommitMarks()
    private var queue = CommitQueue()

    init(in source: CommitSource, slack: WalkSlack = .search) {
        self.source = source
        self.slack = slack
    }

    /// The first of some commits that a walk back from a tip meets; which one that is depends on the dates, but there
    /// is none only where the tip contains none.
    mutating func anyContained(of candidates: Set<Int>, in tip: Int) throws(GitError) -> Int? {
        queue.push(tip, key: try source.date(tip))
        marks[tip] = .seen
        while let next = queue.pop() {
            if candidates.contains(next.commit) { return next.commit }
            for place in try source.parents(next.commit).range {
                let parent = source.parent(place)
                guard marks[parent].isEmpty else { continue }
                marks[parent] = .seen
                queue.push(parent, key: try source.date(parent))
            }
        }
        return nil
    }

    /// The place, in a list, of the first commit that a tip contains; nil where it contains none.
    ///
    /// The walk ends where everything left is older than every commit before the best one found.
    mutating func first(of candidates: [Int], in tip: Int) throws(GitError) -> Int? {
        var places: [Int: Int] = [:]
        // The oldest key among the candidates before each place.
        var oldest = [Int64.max]
        for (place, candidate) in candidates.enumerated() {
            if places[candidate] == nil { places[candidate] = place }
            oldest.append(min(oldest[place], try source.key(candidate)))
        }
        var best = places[tip] ?? candidates.count
        queue.push(tip, key: try source.key(tip))
        marks[tip] = .seen
        var left = slack.commits
        while best > 0, let next = queue.first {
            if source.hasExactKeys {
                // What waits was compared already, and its ancestors have lower keys.
                if next.key <= oldest[best] { break }
            } else if next.key < oldest[best] - slack.seconds {
                left -= 1
                if left < 0 { break }
            } else {
                left = slack.commits
            }
            _ = queue.pop()
            for place in try source.parents(next.commit).range {
                let parent = source.parent(place)
                guard marks[parent].isEmpty else { continue }
                marks[parent] = .seen
                if let place = places[parent] { best = min(best, place) }
                let key = try source.key(parent)
                if !source.hasExactKeys { slack.allow(child: next.key, parent: key) }
                queue.push(parent, key: key)
            }
        }
        return best < candidates.count ? best : nil
    }

    /// Whether a commit is an ancestor of a tip, or the tip itself.
    mutating func isAncestor(_ ancestor: Int, of tip: Int) throws(GitError) -> Bool {
        if source.hasExactKeys { return try first(of: [ancestor], in: tip) != nil }
        // The ancestor's own history is walked as well, and what it holds is left alone: it cannot lead to the
        // ancestor. Whatever the dates are, all the rest of the tip's history is looked at.
        if ancestor == tip { return true }
        var openCount = 1
        marks[ancestor] = [.seen, .known]
        marks[tip] = .seen
        queue.push(ancestor, key: try source.date(ancestor))
        queue.push(tip, key: try source.date(tip))
        while openCount > 0, let next = queue.pop() {
            let mark = marks[next.commit]
            let isKnown = mark.contains(.known)
            if !isKnown, !mark.contains(.done) { openCount -= 1 }
            marks[next.commit].insert(.done)
            for place in try source.parents(next.commit).range {
                let parent = source.parent(place)
                if parent == ancestor {
                    guard isKnown else { return true }
                    continue
                }
                let known = marks[parent]
                if known.isEmpty {
                    marks[parent] = isKnown ? [.seen, .known] : .seen
                    if !isKnown { openCount += 1 }
                } else if isKnown, !known.contains(.known) {
                    // Its own ancestors are told when it comes out of the queue, for the first time or again.
                    if !known.contains(.done) { openCount -= 1 }
                    marks[parent].insert(.known)
                    guard known.contains(.done) else { continue }
                } else {
                    continue
                }
                queue.push(parent, key: try source.date(parent))
            }
        }
        return false
    }
}
