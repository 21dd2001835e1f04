/// Which commits of a history count for which component.
package struct ComponentChanges: Sendable {
    private let map: ComponentMap
    private let commits: [CommitFiles]
    /// The components that each commit touches, by their places.
    private let touched: [Set<Int>]
    /// The places of each commit's parents, as far as they are in the history.
    private let parents: [[Int]]
    private let places: [String: Int]

    /// Assigns the commits of a history.
    ///
    /// A commit counts for every component that has one of its files, before or after the commit. A file that belongs
    /// to no component is followed to where later commits move it: what was changed in `packages/ui` before that
    /// became `ui` counts for the component `ui`.
    ///
    /// - Parameters:
    ///   - commits: the newest first, no parent before its children.
    ///   - map: the components.
    package init(_ commits: [CommitFiles], in map: ComponentMap) {
        self.map = map
        self.commits = commits
        var places: [String: Int] = [:]
        for (place, commit) in commits.enumerated() { places[commit.commit.hash] = place }
        self.places = places
        let parents = commits.map { $0.commit.parents.compactMap { places[$0] } }
        self.parents = parents
        let moves = MovedFiles(commits, parents: parents, map: map)
        touched = commits.indices.map { place in
            var components: Set<Int> = []
            for path in commits[place].files.flatMap(\.paths) {
                let owners = map.owners(of: path) ?? moves.owners(of: path, before: place) ?? map.rest
                components.formUnion(owners)
            }
            return components
        }
    }

    /// The commits that count for a component, the newest first.
    ///
    /// - Parameters:
    ///   - name: the component.
    ///   - base: the hash of the commit of its last release, whose history is left out; nil for all.
    /// - Returns: the commits; none for an unknown component.
    package func commits(of name: String, since base: String?) -> [CommitRecord] {
        guard let component = map.components.firstIndex(where: { $0.name == name }) else { return [] }
        let released = base.map { history(of: $0) }
        return commits.indices.compactMap { place in
            guard touched[place].contains(component), released?[place] != true else { return nil }
            return commits[place].commit
        }
    }

    /// The components that a commit touches, in the order of their declaration.
    package func components(touchedBy hash: String) -> [Component] {
        places[hash].map { touched[$0].sorted().map { map.components[$0] } } ?? []
    }

    /// Which commits belong to the history of one, itself included.
    private func history(of hash: String) -> [Bool] {
        var isReached = [Bool](repeating: false, count: commits.count)
        guard let start = places[hash] else { return isReached }
        isReached[start] = true
        // Parents stand behind their children, so one pass reaches all.
        for place in start..<commits.count where isReached[place] {
            for parent in parents[place] { isReached[parent] = true }
        }
        return isReached
    }
}

/// Where files that belonged to no component were moved into one.
private struct MovedFiles {
    private struct Move {
        let target: String
        /// The place of the commit that made it.
        let place: Int
    }

    private let map: ComponentMap
    /// By where the file was.
    private var moves: [String: [Move]] = [:]
    /// For each commit, those moves that its history holds already, itself included.
    private var past: [Set<Int>] = []

    init(_ commits: [CommitFiles], parents: [[Int]], map: ComponentMap) {
        self.map = map
        for (place, commit) in commits.enumerated() {
            for file in commit.files where file.isMoved {
                guard let old = file.old, let new = file.new, map.owners(of: old) == nil else { continue }
                moves[old, default: []].append(Move(target: new, place: place))
            }
        }
        guard !moves.isEmpty else { return }
        let movers = Set(moves.values.flatMap { $0.map(\.place) })
        past = Array(repeating: [], count: commits.count)
        // From the oldest on, so that parents are done before their children.
        for place in commits.indices.reversed() {
            var held: Set<Int> = []
            for parent in parents[place] {
                if held.isEmpty { held = past[parent] } else { held.formUnion(past[parent]) }
            }
            if movers.contains(place) { held.insert(place) }
            past[place] = held
        }
    }

    /// Who has a file after it was moved; nil where it was not, or to nobody.
    func owners(of path: String, before place: Int) -> [Int]? {
        guard !moves.isEmpty else { return nil }
        var (path, seen) = (path, Set<String>())
        // The commits of the history are listed newest first; the move next to the commit is the last one listed.
        while seen.insert(path).inserted,
            let move = moves[path]?.last(where: { $0.place != place && !past[place].contains($0.place) })
        {
            if let owners = map.owners(of: move.target) { return owners }
            path = move.target
        }
        return nil
    }
}
