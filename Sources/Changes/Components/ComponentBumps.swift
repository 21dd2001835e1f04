package import Versioning

/// Which components a run releases, at which level, why, and in which order.
package struct ComponentBumps: Hashable, Sendable {
    /// One component's release.
    package struct Bump: Hashable, Sendable {
        package let component: Component
        package let level: BumpLevel
        /// The level that its own changes ask for; nil where only a dependency does.
        package let own: BumpLevel?
        /// The dependencies that are released too and ask for a release of this one, in their order of release.
        package let causes: [Component.Dependency]

        /// Why, in a few words, such as `patch, because lib is released`; nil where its own changes alone decide.
        package var reason: String? {
            guard own != level || own == nil, !causes.isEmpty else { return nil }
            let names = causes.map(\.name).joined(separator: ", ")
            return "\(level.rawValue), because \(names) \(causes.count == 1 ? "is" : "are") released"
        }
    }

    /// The releases, dependencies first.
    package let bumps: [Bump]

    /// Works out what is released.
    ///
    /// Who depends on a component that is released is released with it, at the level that the dependency's effect
    /// asks for, or at its own where that is higher; and so on to what depends on that.
    ///
    /// - Parameters:
    ///   - map: the components.
    ///   - levels: what each component's own changes ask for, by name.
    package init(_ map: ComponentMap, levels: [String: BumpLevel]) {
        var released: [String: BumpLevel] = [:]
        var bumps: [Bump] = []
        for (rank, name) in map.order.enumerated() {
            guard let component = map[name] else { continue }
            let own = levels[name]
            var level = own
            var causes: [Component.Dependency] = []
            for earlier in map.order[..<rank] {
                for dependency in component.dependencies where dependency.name == earlier {
                    guard let wanted = released[earlier].flatMap(dependency.effect.level) else { continue }
                    causes.append(dependency)
                    level = level.map { $0.isHigher(than: wanted) ? $0 : wanted } ?? wanted
                }
            }
            guard let level else { continue }
            released[name] = level
            bumps.append(Bump(component: component, level: level, own: own, causes: causes))
        }
        self.bumps = bumps
    }

    /// The release of a component; nil where it has none.
    package subscript(name: String) -> Bump? { bumps.first { $0.component.name == name } }
}

extension BumpLevel {
    /// Whether it raises a part of more weight.
    fileprivate func isHigher(than other: BumpLevel) -> Bool {
        let all = BumpLevel.allCases
        return (all.firstIndex(of: self) ?? 0) < (all.firstIndex(of: other) ?? 0)
    }
}
