/// Which commits take each other back, so that nothing of them is left.
struct Cancellation {
    /// The places of the commits that are gone: those that were reverted, and the reverts.
    private(set) var cancelled: Set<Int> = []

    private let commits: [CommitRecord]
    private let readings: [CommitReading]
    private lazy var names = CommitNames(commits)
    /// Where commits are that are called something, the newest first.
    private lazy var places = readings.enumerated().reduce(into: [Substring: [Int]]()) { places, reading in
        for subject in Set(reading.element.subjects) { places[subject, default: []].append(reading.offset) }
    }

    /// Goes through commits from the newest to the oldest, so that a revert that was reverted itself is known to be
    /// before it could do anything.
    ///
    /// - Parameters:
    ///   - commits: the commits, the newest first.
    ///   - readings: what their messages tell.
    init(_ commits: [CommitRecord], readings: [CommitReading]) {
        self.commits = commits
        self.readings = readings
        for (place, reading) in readings.enumerated() {
            guard let revert = reading.revert, !cancelled.contains(place) else { continue }
            let targets = targets(of: revert, at: place)
            for target in targets.compactMap(\.self) {
                cancelled.insert(target)
                cancelled.formUnion(broughtCommits(by: target))
            }
            // A revert of what is released already is a change for those who have it.
            if revert.isWholly, !targets.isEmpty, !targets.contains(nil) { cancelled.insert(place) }
        }
    }

    /// The places of what a revert takes back; nil for a commit that is not among these.
    private mutating func targets(of revert: RevertMessage, at place: Int) -> [Int?] {
        guard revert.hashes.isEmpty else {
            return revert.hashes.map { hash in names.place(of: hash).flatMap { $0 == place ? nil : $0 } }
        }
        // Requests are reverted by their title: no hash is named.
        guard let subject = revert.subject else { return [] }
        return [places[subject[...]]?.first { $0 > place }]
    }

    /// The places of the commits that came with a merge: those that its first parent does not have.
    private mutating func broughtCommits(by merge: Int) -> Set<Int> {
        let parents = commits[merge].parents
        guard parents.count > 1 else { return [] }
        return reachable(from: parents.dropFirst()).subtracting(reachable(from: parents.prefix(1)))
    }

    private mutating func reachable(from hashes: ArraySlice<String>) -> Set<Int> {
        var found: Set<Int> = []
        var pending = hashes.compactMap { names.exactPlace(of: $0) }
        while let place = pending.popLast() {
            guard found.insert(place).inserted else { continue }
            pending += commits[place].parents.compactMap { names.exactPlace(of: $0) }
        }
        return found
    }
}

/// Finds commits by their hashes, whole or abbreviated.
private struct CommitNames {
    private let own: [(hash: String, place: Int)]
    /// The hashes that commits had where they were picked from (git cherry-pick -x).
    private let picked: [(hash: String, place: Int)]

    init(_ commits: [CommitRecord]) {
        own = commits.enumerated().map { ($1.hash, $0) }.sorted { $0.hash < $1.hash }
        picked = commits.enumerated().flatMap { place, commit in
            Self.sources(of: commit).map { (hash: $0, place: place) }
        }.sorted { $0.hash < $1.hash }
    }

    /// The commit that a hash stands for: with that hash, else picked from it; nil for none, and for several.
    func place(of prefix: String) -> Int? {
        Self.find(prefix, in: own) ?? Self.find(prefix, in: picked)
    }

    func exactPlace(of hash: String) -> Int? { Self.find(hash, in: own) }

    private static func find(_ prefix: String, in names: [(hash: String, place: Int)]) -> Int? {
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if names[middle].hash < prefix { low = middle + 1 } else { high = middle }
        }
        let places = names[low...].prefix { $0.hash.hasPrefix(prefix) }
        guard let first = places.first, places.count == 1 else { return nil }
        return first.place
    }

    private static func sources(of commit: CommitRecord) -> [String] {
        let words = "(cherry picked from commit "
        return commit.message.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard line.starts(with: words.utf8) else { return nil }
            let hash = line.dropFirst(words.utf8.count).prefix { $0.isASCIILetter || $0.isASCIIDigit }
            return String(Substring(hash))
        }
    }
}
