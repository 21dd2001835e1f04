/// The commits of a repository as a graph: who has which parents, and when each was made.
///
/// Commits are numbered in the order in which they are met, so that walks work on arrays. What is read once is kept.
///
/// Parents and dates come from the commits' objects, or from the commit-graph where a walk is long. A commit-graph may
/// be damaged, and git itself would not notice. Here each row that is used is compared with its object; after some
/// thousand of them the checksum of the whole file is verified instead, and from then on its rows stand for objects.
final class CommitSource {
    /// How much of the commit-graph is used.
    enum GraphUse {
        /// Its generation numbers order the walks.
        case generations
        /// Its rows stand for objects.
        case rows
        case nothing
    }

    /// How many objects are read before the checksum of the commit-graph pays.
    static let patience = 4096
    /// How many commits that are not in the commit-graph get a generation number of ours.
    static let outsiders = 20_000

    let overrides: HistoryOverrides
    let objects: ObjectDatabase
    private let graph: CommitGraph?
    private(set) var use: GraphUse
    private var isVerified = false
    private var objectsRead = 0
    private var outsideCount = 0

    private var numbers: [CommitID: Int] = [:]
    private(set) var ids: [CommitID] = []
    /// Where the parents of each commit are in the list of all; below nothing where they were not read yet.
    private var parentStarts: [Int32] = []
    private var parentCounts: [Int32] = []
    private var parentList: [Int32] = []
    private var dates: [Int64] = []
    private var generations: [Int64] = []
    private var cuts: Set<Int> = []

    /// People as the mailmap has them, by how commits name them.
    private var identities: [Identity: Identity] = [:]

    private static let unknown = Int64.min

    /// Takes a graph to walk.
    ///
    /// - Parameters:
    ///   - objects: the repository's objects.
    ///   - overrides: what makes its history other than they say.
    ///   - graph: the commit-graph; nil where there is none, or none that may be used.
    init(objects: ObjectDatabase, overrides: HistoryOverrides, graph: CommitGraph?) {
        self.objects = objects
        self.overrides = overrides
        self.graph = graph
        use = graph.map { $0.hasGenerations ? .generations : .rows } ?? .nothing
    }

    /// How many commits have a number.
    var count: Int { ids.count }

    /// Whether keys are exact: then no commit's key is as high as that of any of its descendants.
    var hasExactKeys: Bool { use == .generations }

    /// Uses less of the commit-graph, after something did not fit; false where nothing is used of it.
    func useLessOfGraph() -> Bool {
        guard let graph, use != .nothing else { return false }
        // Too many commits outside of it are no reason to distrust it.
        use = use == .generations && outsideCount > Self.outsiders && graph.isIntact ? .rows : .nothing
        isVerified = use == .rows
        parentStarts = Array(repeating: -1, count: ids.count)
        generations = Array(repeating: Self.unknown, count: ids.count)
        parentList = []
        cuts = []
        return true
    }

    /// The number of a commit, known or not.
    func number(of id: CommitID) -> Int {
        if let number = numbers[id] { return number }
        let number = ids.count
        numbers[id] = number
        ids.append(id)
        parentStarts.append(-1)
        parentCounts.append(0)
        dates.append(0)
        generations.append(Self.unknown)
        return number
    }

    func date(_ commit: Int) throws(GitError) -> Int64 {
        try load(commit)
        return dates[commit]
    }

    func parents(_ commit: Int) throws(GitError) -> Parents {
        try load(commit)
        let start = Int(parentStarts[commit])
        return Parents(range: start..<start + Int(parentCounts[commit]))
    }

    /// The numbers of a commit's parents; they are read with `parent(_:)`.
    struct Parents {
        let range: Range<Int>
    }

    func parent(_ place: Int) -> Int { Int(parentList[place]) }

    /// Whether a shallow clone ends here: then it has parents that nobody knows.
    func isCut(_ commit: Int) throws(GitError) -> Bool {
        guard !overrides.shallow.isEmpty else { return false }
        try load(commit)
        return cuts.contains(commit)
    }

    /// What orders commits in a walk: the corrected commit date, which is never that of a child, or else the date.
    func key(_ commit: Int) throws(GitError) -> Int64 {
        use == .generations ? try generation(commit) : try date(commit)
    }

    /// A signature whose person is looked up once for all their commits.
    ///
    /// - Parameters:
    ///   - signature: what a commit says.
    ///   - resolve: gives the person by the name that the mailmap has.
    /// - Returns: the signature.
    /// - Throws: what looking up throws.
    func shared(
        _ signature: Signature,
        _ resolve: (Identity) throws(GitError) -> Identity
    ) throws(GitError) -> Signature {
        if let known = identities[signature.identity] { return Signature(identity: known, date: signature.date) }
        let identity = try resolve(signature.identity)
        identities[signature.identity] = identity
        return Signature(identity: identity, date: signature.date)
    }

    // MARK: Reading

    private func load(_ commit: Int) throws(GitError) {
        guard parentStarts[commit] < 0 else { return }
        let id = ids[commit]
        if let graph, use != .nothing {
            if !isVerified, objectsRead >= Self.patience {
                guard graph.isIntact else { throw damage() }
                isVerified = true
            }
            if isVerified, let position = graph.position(of: id) {
                guard let row = graph.row(at: position) else { throw damage() }
                var parents: [CommitID] = []
                for position in row.parents {
                    guard let parent = graph.id(at: position) else { throw damage() }
                    parents.append(parent)
                }
                keep(commit, parents: parents, date: row.date)
                return
            }
        }
        objectsRead += 1
        let object = try overrides.object(for: id)
        let (own, date) = try objects.withCommit(object) { commit, text in
            (commit.parents, commit.committerDate(in: text))
        }
        if overrides.shallow.contains(id) {
            if !own.isEmpty { cuts.insert(commit) }
            keep(commit, parents: [], date: date)
        } else {
            keep(commit, parents: overrides.grafts[id] ?? own, date: date)
        }
    }

    private func keep(_ commit: Int, parents: [CommitID], date: Int64) {
        // No date that means anything is lost, and sums of two never overflow.
        dates[commit] = min(max(date, -1 << 60), 1 << 60)
        parentStarts[commit] = Int32(parentList.count)
        parentCounts[commit] = Int32(parents.count)
        for parent in parents { parentList.append(Int32(number(of: parent))) }
    }

    // MARK: Generation numbers

    /// The corrected commit date (gitformat-commit-graph(5)): the date, but later than that of every parent.
    private func generation(_ commit: Int) throws(GitError) -> Int64 {
        if generations[commit] != Self.unknown { return generations[commit] }
        var pending = [commit]
        while let next = pending.last {
            if try knowsGeneration(next) {
                pending.removeLast()
                continue
            }
            // Not in the graph: it is worked out from the parents, which may be.
            var corrected = try date(next)
            var isComplete = true
            for place in try parents(next).range {
                let parent = parent(place)
                if try knowsGeneration(parent) {
                    corrected = max(corrected, generations[parent] + 1)
                } else {
                    pending.append(parent)
                    isComplete = false
                }
            }
            guard isComplete else { continue }
            generations[next] = corrected
            outsideCount += 1
            guard outsideCount <= Self.outsiders else { throw damage() }
        }
        return generations[commit]
    }

    private func knowsGeneration(_ commit: Int) throws(GitError) -> Bool {
        if generations[commit] != Self.unknown { return true }
        guard let graph, let position = graph.position(of: ids[commit]) else { return false }
        try load(commit)
        guard let row = graph.row(at: position), let generation = row.generation else { throw damage() }
        if !isVerified {
            // Its object has the same parents and date, and the number is what follows from theirs.
            let places = try parents(commit).range
            guard row.date == dates[commit], row.parents.count == places.count else { throw damage() }
            var corrected = row.date
            for (position, place) in zip(row.parents, places) {
                guard graph.id(at: position) == ids[parent(place)], let other = graph.generation(at: position) else {
                    throw damage()
                }
                corrected = max(corrected, other + 1)
            }
            guard corrected == generation else { throw damage() }
        }
        generations[commit] = generation
        return true
    }

    /// What makes the walk begin again with less of the graph; nobody sees it.
    private func damage() -> GitError { GitError(.unusableCommitGraph) }
}
