import Changes
import SystemPackage
import Tagging
import Yams

/// The components of the configuration, the one that a run is about, and the configuration of each.
///
/// What a component says stands between the file and the environment: flag > environment > component > file > default.
struct ConfiguredComponents {
    let map: ComponentMap
    /// The component that is named, or else the one that has the current folder; nil where there is neither.
    let chosen: Component?
    private let settings: [ComponentSettings]
    private let nearer: [ConfigurationSource]
    private let file: ConfigurationSource

    /// Reads the components and chooses one.
    ///
    /// - Throws: `ConfigurationError` for components that do not go together, and for the name of none.
    init(
        flags: ConfigurationSource,
        environment: ConfigurationSource,
        file: ConfigurationSource,
        folder: FilePath
    ) throws(ConfigurationError) {
        nearer = [flags, environment]
        self.file = file
        let partial = try PartialConfiguration([flags, environment, file])
        settings = partial.components ?? []
        let components = settings.map { settings in
            Component(
                name: settings.name,
                paths: settings.paths,
                excludes: settings.excludes,
                isRoot: settings.isRoot,
                tagPrefix: settings.tagPrefix ?? (settings.isRoot ? partial.gitTags?.prefix ?? "v" : nil),
                dependencies: settings.dependencies
            )
        }
        let entry = [flags, environment, file].lazy.compactMap { $0.entries["components"] }.first
        do {
            map = try ComponentMap(components, shared: partial.shared ?? [])
        } catch {
            let place = entry.map { "\($0.origin.description): " } ?? ""
            throw ConfigurationError(place + error.description, hint: error.hint)
        }
        if let name = partial.component {
            guard let named = map[name.text] else { throw Self.unknown(name.text, in: map) }
            chosen = named
        } else {
            let top = entry.map { folder.pushing($0.folder).lexicallyNormalized() }
            chosen = top.flatMap { [map] in Self.component(of: folder, below: $0, in: map) }
        }
    }

    /// The component that has a folder; nil where none has it, or several.
    private static func component(of folder: FilePath, below top: FilePath, in map: ComponentMap) -> Component? {
        var path = folder.lexicallyNormalized()
        guard path.removePrefix(top) else { return nil }
        let owners = map.components(of: path.string)
        return owners.count == 1 ? owners.first : nil
    }

    /// The configuration in force for a component; without one, for the repository as a whole.
    ///
    /// - Throws: `ConfigurationError`.
    func configuration(for component: Component?) throws(ConfigurationError) -> Configuration {
        try Configuration(
            try PartialConfiguration(try sources(for: component)),
            components: map,
            component: component
        )
    }

    /// What each source says, the nearest first, with the component's among them.
    ///
    /// - Throws: `ConfigurationError` where the component's VERSION file is nowhere to be expected.
    func sources(for component: Component?) throws(ConfigurationError) -> [ConfigurationSource] {
        guard let component, let settings = settings.first(where: { $0.name == component.name }) else {
            return nearer + [file]
        }
        var own = settings.source
        func imply(_ path: String, _ text: String, folder: FilePath = "") {
            guard own.entries[path] == nil else { return }
            let origin = ConfigurationSource.Origin.component(component.name)
            let node = ConfigurationNode(node: Node(text), file: origin.description)
            own.entries[path] = ConfigurationSource.Entry(node: node, origin: origin, folder: folder)
        }
        if nearer.allSatisfy({ $0.entries["component"] == nil }) { imply("component", component.name) }
        for path in ["labels", "annotations"] {
            if let entry = own.entries[path], let all = file.entries[path] {
                own.entries[path] = entry.added(to: all)
            }
        }
        guard !component.isRoot else { return nearer + [own, file] }
        imply("version.tag-prefix", component.tagPrefix)
        if let path = component.paths.lazy.compactMap(\.literal).first {
            imply("version.file", FilePath(path).appending("VERSION").string, folder: settings.folder)
            imply("changelog.file", FilePath(path).appending("CHANGELOG.md").string, folder: settings.folder)
        } else if own.entries["version.file"] == nil, nearer.allSatisfy({ $0.entries["version.file"] == nil }) {
            throw ConfigurationError(
                "the component \(component.name) needs a VERSION file: its path is a pattern",
                hint: "name it under `components:` with `version: { file: … }`"
            )
        }
        // Two components must not tag each other's repositories.
        var rest = file
        for path in ["images", "from", "dockerfile"] { rest.entries[path] = nil }
        return nearer + [own, rest]
    }

    /// Checks that it is said which component is meant, where there are any.
    ///
    /// - Throws: `ConfigurationError` that lists them.
    func requireChoice() throws(ConfigurationError) {
        guard chosen == nil, !map.components.isEmpty else { return }
        throw ConfigurationError(
            "no component is named, and the current folder is not that of one",
            hint: "name one with --component: \(Self.names(of: map))"
        )
    }

    private static func unknown(_ name: String, in map: ComponentMap) -> ConfigurationError {
        guard !map.components.isEmpty else {
            return ConfigurationError(
                "there is no component \"\(name)\"",
                hint: "declare it under `components:` in tagboat.yaml"
            )
        }
        return ConfigurationValue.unknown(name, "component", among: map.components.map(\.name))
    }

    private static func names(of map: ComponentMap) -> String {
        map.components.map(\.name).joined(separator: ", ")
    }
}

extension ConfigurationSource.Entry {
    /// A mapping that is laid over another one, entry by entry.
    fileprivate func added(to other: ConfigurationSource.Entry) -> ConfigurationSource.Entry {
        guard case .mapping(let mine) = node.node, case .mapping(let theirs) = other.node.node else { return self }
        let keys = mine.map(\.key.string)
        let kept = theirs.filter { !keys.contains($0.key.string) }.map { ($0.key, $0.value) }
        let all = kept + mine.map { ($0.key, $0.value) }
        return ConfigurationSource.Entry(
            node: ConfigurationNode(node: Node(all), file: node.file),
            origin: origin,
            folder: folder
        )
    }
}
