extension ComponentMap {
    /// Names, dependencies first; what is free to go is taken in the order of declaration.
    ///
    /// - Throws: `ComponentError` that names the cycle, where there is one.
    static func order(_ components: [Component]) throws(ComponentError) -> [String] {
        var byName: [String: Component] = [:]
        for component in components { byName[component.name] = component }
        var order: [String] = []
        var done: Set<String> = []
        // The way from where the search began, to name a cycle by.
        var way: [String] = []

        func visit(_ component: Component) throws(ComponentError) {
            if done.contains(component.name) { return }
            if let start = way.firstIndex(of: component.name) {
                let cycle = (way[start...] + [component.name]).joined(separator: " → ")
                throw ComponentError(
                    "components depend on each other in a circle: \(cycle)",
                    hint: "take one of these out of `depends-on:`"
                )
            }
            way.append(component.name)
            for dependency in component.dependencies {
                if let next = byName[dependency.name] { try visit(next) }
            }
            way.removeLast()
            done.insert(component.name)
            order.append(component.name)
        }
        for component in components { try visit(component) }
        return order
    }

    static func check(_ components: [Component], _ shared: [SharedPaths]) throws(ComponentError) {
        var names: Set<String> = []
        for component in components where !names.insert(component.name).inserted {
            throw ComponentError("the component \(component.name) stands twice", hint: "give each its own name")
        }
        var prefixes: [String: String] = [:]
        for component in components {
            if let other = prefixes.updateValue(component.name, forKey: component.tagPrefix) {
                throw ComponentError(
                    "the components \(other) and \(component.name) have the same tag prefix \"\(component.tagPrefix)\"",
                    hint: "give each its own, or git tags cannot tell their releases apart"
                )
            }
            for dependency in component.dependencies where !names.contains(dependency.name) {
                throw unknown(dependency.name, in: "\(component.name) depends on", names)
            }
        }
        for paths in shared {
            guard case .only(let audience) = paths.audience else { continue }
            for name in audience where !names.contains(name) {
                throw unknown(name, in: "\(paths.pattern) is shared with", names)
            }
        }
        let roots = components.filter(\.isRoot).map(\.name)
        if roots.count > 1 {
            throw ComponentError(
                "more than one component is the root: \(roots.joined(separator: ", "))",
                hint: "only one can have what belongs to no other"
            )
        }
    }

    private static func unknown(_ name: String, in place: String, _ known: Set<String>) -> ComponentError {
        ComponentError(
            "\(place) \(name), which is no component",
            hint: "known are: \(known.sorted().joined(separator: ", "))"
        )
    }
}
