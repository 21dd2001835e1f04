import Git
import Versioning

/// A piece of history in memory, cut into the shares of its releases; linear in its size.
struct CommitGraph {
    /// What a release has beyond those before it.
    struct Share {
        /// The commits' places in the history, the newest first.
        var commits: [Int] = []
        /// The releases right before it.
        var before: [ReleaseTag] = []
    }

    private let dates: [GitDate]
    private let parents: [[Int32]]
    private let indices: [CommitID: Int32]

    /// Takes commits, a parent never before its children; parents that are not among them are not there.
    init(_ commits: [Commit]) {
        var indices: [CommitID: Int32] = [:]
        indices.reserveCapacity(commits.count)
        for (index, commit) in commits.enumerated() { indices[commit.id] = Int32(index) }
        self.indices = indices
        parents = commits.map { $0.parents.compactMap { indices[$0] } }
        dates = commits.map(\.committerDate)
    }

    func index(of commit: CommitID) -> Int? { indices[commit].map(Int.init) }

    func date(of commit: CommitID) -> GitDate {
        indices[commit].map { dates[Int($0)] } ?? GitDate(secondsSinceEpoch: 0, offsetMinutes: 0)
    }

    /// Leaves out the prereleases that a stable release contains.
    func withoutFolded(_ tags: [ReleaseTag]) -> [ReleaseTag] {
        var isFolded = [Bool](repeating: false, count: parents.count)
        var pending: [Int32] = tags.filter(\.version.isStable).compactMap { indices[$0.commit] }
        while let index = pending.popLast() {
            if isFolded[Int(index)] { continue }
            isFolded[Int(index)] = true
            pending += parents[Int(index)]
        }
        return tags.filter { tag in tag.version.isStable || !(index(of: tag.commit).map { isFolded[$0] } ?? false) }
    }

    /// The share of each release, and what the tip has beyond them all.
    ///
    /// - Parameters:
    ///   - tags: the releases, each on a commit of the graph.
    ///   - tip: the commit that contains everything.
    /// - Returns: the shares in the order of the tags, and the rest.
    func shares(of tags: [ReleaseTag], tip: CommitID) -> (releases: [Share], rest: Share) {
        // The oldest first: what comes later in the list of commits is never a child of what comes before.
        let order = tags.indices.sorted { left, right in
            let places = (indices[tags[left].commit] ?? 0, indices[tags[right].commit] ?? 0)
            return places.0 == places.1 ? tags[left].version < tags[right].version : places.0 > places.1
        }
        var cutting = Cutting(parents: parents)
        var shares = [Share](repeating: Share(), count: tags.count)
        for place in order {
            guard let index = indices[tags[place].commit] else { continue }
            let (commits, before) = cutting.release(at: index)
            shares[place] = Share(commits: commits, before: before.map { tags[order[$0]] })
        }
        guard let index = indices[tip] else { return (shares, Share()) }
        let (commits, before) = cutting.release(at: index)
        return (shares, Share(commits: commits, before: before.map { tags[order[$0]] }))
    }
}

/// The work of cutting: releases are numbered as they come, those before a release have lower numbers.
private struct Cutting {
    private let parents: [[Int32]]
    /// The release that first had each commit; -1 for none.
    private var owner: [Int32]
    /// The further releases that have a commit which lines have in common.
    private var sharers: [Int32: [Int32]] = [:]
    /// The latest release on a commit.
    private var releaseAt: [Int32: Int32] = [:]
    /// The releases right before each one.
    private var before: [[Int32]] = []

    init(parents: [[Int32]]) {
        self.parents = parents
        owner = [Int32](repeating: -1, count: parents.count)
    }

    /// Adds a release, and gives its commits and the releases right before it.
    mutating func release(at commit: Int32) -> (commits: [Int], before: [Int]) {
        let number = Int32(before.count)
        before.append([])
        var commits: [Int32] = []
        var hits: Set<Int32> = []
        if let other = releaseAt[commit] {
            hits = [other]
        } else {
            var seen: Set<Int32> = []
            // Commits that another release has, by the latest of these releases.
            var common: [Int32: [Int32]] = [:]
            var pending = [commit]
            while true {
                while let index = pending.popLast() {
                    if let release = releaseAt[index] {
                        hits.insert(release)
                    } else if owner[Int(index)] == -1 {
                        owner[Int(index)] = number
                        commits.append(index)
                        pending += parents[Int(index)]
                    } else if owner[Int(index)] != number, seen.insert(index).inserted {
                        let latest = (sharers[index] ?? []).reduce(owner[Int(index)]) { max($0, $1) }
                        common[latest, default: []].append(index)
                    }
                }
                // The latest first: those before it may only be found by way of it.
                guard let latest = common.keys.max(), let indices = common.removeValue(forKey: latest) else { break }
                for index in indices {
                    let holders = [owner[Int(index)]] + (sharers[index] ?? [])
                    if holders.contains(where: { contains($0, by: hits) }) { continue }
                    sharers[index, default: []].append(number)
                    commits.append(index)
                    pending += parents[Int(index)]
                }
            }
        }
        releaseAt[commit] = number
        // Right before it are those that no other one of them contains.
        let nearest = hits.filter { hit in !contains(hit, by: hits.subtracting([hit])) }
        before[Int(number)] = Array(nearest)
        return (commits.sorted().map(Int.init), nearest.sorted().map(Int.init))
    }

    /// Whether a release is among some others or before one of them.
    private func contains(_ release: Int32, by others: Set<Int32>) -> Bool {
        var seen: Set<Int32> = []
        var pending = Array(others)
        while let next = pending.popLast() {
            if next == release { return true }
            // Those before a release have lower numbers.
            if next > release, seen.insert(next).inserted { pending += before[Int(next)] }
        }
        return false
    }
}
