/// The components of a repository: which of them a path belongs to, and in which order they are released.
package struct ComponentMap: Hashable, Sendable {
    /// The components as they were declared.
    package let components: [Component]
    package let shared: [SharedPaths]
    /// Their names, dependencies before what depends on them, else as they were declared.
    package let order: [String]
    /// Owners of paths without wildcards, which are most, by path.
    private let literals: [String: [Owner]]
    /// Owners of patterns.
    private let patterns: [(pattern: PathPattern, owner: Owner)]
    private let root: Int?

    /// Who has a pattern: a component, by its place, or those who share it.
    private enum Owner: Hashable {
        case component(Int)
        case shared(Int)
    }

    /// A map without components.
    package init() {
        components = []
        shared = []
        order = []
        literals = [:]
        patterns = []
        root = nil
    }

    /// Checks that the components go together.
    ///
    /// - Throws: `ComponentError` for a name or tag prefix that stands twice, an unknown dependency, a cycle, or more
    ///   than one root.
    package init(_ components: [Component], shared: [SharedPaths] = []) throws(ComponentError) {
        try Self.check(components, shared)
        self.components = components
        self.shared = shared
        order = try Self.order(components)
        root = components.firstIndex(where: \.isRoot)
        var literals: [String: [Owner]] = [:]
        var patterns: [(PathPattern, Owner)] = []
        func add(_ pattern: PathPattern, _ owner: Owner) {
            if let path = pattern.literal {
                literals[path, default: []].append(owner)
            } else {
                patterns.append((pattern, owner))
            }
        }
        for (index, component) in components.enumerated() {
            for pattern in component.paths { add(pattern, .component(index)) }
        }
        for (index, paths) in shared.enumerated() { add(paths.pattern, .shared(index)) }
        self.literals = literals
        self.patterns = patterns
    }

    package static func == (left: ComponentMap, right: ComponentMap) -> Bool {
        left.components == right.components && left.shared == right.shared
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(components)
        hasher.combine(shared)
    }

    package subscript(name: String) -> Component? { components.first { $0.name == name } }

    // MARK: Paths

    /// The components that a path belongs to, by their places in `components`; nil where nobody has it.
    ///
    /// The longest path wins, also over shared ones: in a component inside of another one a file belongs to the inner
    /// one alone. Where two are as long, both have it. The root, which takes what is left, is not asked here.
    func owners(of path: String) -> [Int]? {
        let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true).map { Array($0) }
        var best: PathFit?
        var owners: [Owner] = []
        func offer(_ owner: Owner, _ fit: PathFit) {
            if let best, fit < best { return }
            if case .component(let index) = owner, isExcluded(names, from: components[index]) { return }
            if best.map({ $0 < fit }) ?? true { owners = [] }
            best = fit
            if !owners.contains(owner) { owners.append(owner) }
        }
        for (pattern, owner) in patterns {
            if let fit = pattern.fit(names) { offer(owner, fit) }
        }
        // Every folder above the path, the path itself first, the top of the repository last.
        var folder = path[...]
        var depth = names.count
        while true {
            for owner in literals[String(folder)] ?? [] {
                offer(owner, PathFit(depth: depth, literals: depth))
            }
            guard !folder.isEmpty else { break }
            folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
            depth -= 1
        }
        if owners.isEmpty { return nil }
        var places: Set<Int> = []
        for owner in owners {
            switch owner {
            case .component(let index): places.insert(index)
            case .shared(let index): places.formUnion(audience(of: shared[index]))
            }
        }
        return places.sorted()
    }

    /// The components that a path belongs to, in the order of their declaration.
    package func components(of path: String) -> [Component] {
        (owners(of: path) ?? rest).map { components[$0] }
    }

    /// Whether a file of no component may have been moved, so that it is worth finding out where to.
    package func mayMove(_ files: [ChangedFile]) -> Bool {
        files.contains { $0.old == nil }
            && files.contains { file in file.new == nil && file.old.map { owners(of: $0) == nil } ?? false }
    }

    /// Who has what belongs to nobody else.
    var rest: [Int] { root.map { [$0] } ?? [] }

    private func audience(of paths: SharedPaths) -> [Int] {
        switch paths.audience {
        case .all: Array(components.indices)
        case .none: []
        case .only(let names): components.indices.filter { names.contains(components[$0].name) }
        }
    }

    private func isExcluded(_ path: [[UInt8]], from component: Component) -> Bool {
        component.excludes.contains { pattern in
            pattern.isSingleName ? pattern.fitsAnyName(of: path) : pattern.fit(path) != nil
        }
    }
}
