import Changes
import SystemPackage
import Tagging
import Yams

/// A component as the configuration declares it: what belongs to it, and what of the configuration it has otherwise.
struct ComponentSettings {
    let name: String
    let paths: [PathPattern]
    let excludes: [PathPattern]
    let isRoot: Bool
    let dependencies: [Component.Dependency]
    /// What stands before the version in its git tags; nil where it does not say.
    let tagPrefix: String?
    /// What it lays over the rest of the file.
    let source: ConfigurationSource
    /// Where relative paths start.
    let folder: FilePath

    /// The keys that a component alone has.
    static let ownKeys: [(key: String, shape: ConfigurationShape, summary: String)] = [
        (
            "path", .list(.text(example: "services/ui")),
            "What belongs to it, from the top of the repository; its name by default."
        ),
        ("exclude", .list(.text(example: "*.md")), "What of that does not belong to it."),
        ("root", .boolean, "Whether it also has what belongs to no other component."),
        (
            "depends-on",
            .either(
                .list(.text(example: "lib")),
                .map(.word(Component.Effect.allCases.map(\.rawValue)))
            ),
            "The components that it is built from, and what their releases do to it: patch (the default), same or none."
        ),
    ]

    /// The keys of the configuration that a component may have otherwise.
    static var configurationKeys: [ConfigurationKey] {
        ConfigurationKey.all.filter { $0.isInFile && !["components", "shared"].contains($0.path) }
    }

    /// Reads a component; an empty one has nothing but its name.
    ///
    /// - Throws: `ConfigurationError`, also for values of the configuration that it lays over the rest.
    init(_ name: String, _ node: ConfigurationNode, folder: FilePath) throws(ConfigurationError) {
        guard Self.isLegal(name) else {
            throw node.error(
                "\"\(name)\" is not a name for a component",
                hint: "use letters, digits, `.`, `_` and `-`, beginning with a letter or digit"
            )
        }
        self.name = name
        self.folder = folder
        let origin = ConfigurationSource.Origin.file(node.file, line: node.line ?? 1)
        let reading = ConfigurationReading(keys: Self.configurationKeys, origin: origin, folder: folder)
        var source = ConfigurationSource()
        var paths: [PathPattern]?
        var excludes: [PathPattern] = []
        var isRoot = false
        var dependencies: [Component.Dependency] = []
        let known = Self.ownKeys.map(\.key) + reading.names(below: [])
        for (key, value) in node.isNull ? [] : try node.entries(known: known) {
            switch key {
            case "path": paths = try value.elements(ConfigurationValue.path)
            case "exclude": excludes = try value.elements(ConfigurationValue.path)
            case "root": isRoot = try value.scalar(ConfigurationValue.boolean)
            case "depends-on": dependencies = try value.dependencies()
            default: try reading.add(key, value, below: [], to: &source)
            }
        }
        if paths == nil, !isRoot {
            paths = [try node.located { () throws(ConfigurationError) in try ConfigurationValue.path(name) }]
        }
        // A slip in any component shows at once.
        var settings = PartialConfiguration()
        for key in reading.keys {
            if let entry = source.entries[key.path] { try key.read(entry.node, entry.folder, &settings) }
        }
        self.paths = paths ?? []
        self.excludes = excludes
        self.isRoot = isRoot
        self.dependencies = dependencies
        tagPrefix = settings.gitTags?.prefix
        self.source = source
    }

    private static func isLegal(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetterOrDigit(first), !name.hasSuffix("."), !name.hasSuffix(".lock") else {
            return false
        }
        return !name.contains("..") && name.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension ConfigurationNode {
    /// Components by their names.
    func components(folder: FilePath) throws(ConfigurationError) -> [ComponentSettings] {
        var components: [ComponentSettings] = []
        for (name, value) in try entries(known: nil) {
            components.append(try ComponentSettings(name, value, folder: folder))
        }
        return components
    }

    /// Dependencies: a list of names, or names with what their releases do.
    fileprivate func dependencies() throws(ConfigurationError) -> [Component.Dependency] {
        if case .mapping = node {
            var dependencies: [Component.Dependency] = []
            for (name, value) in try entries(known: nil) {
                let effect: Component.Effect = try value.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "effect of a dependency")
                }
                dependencies.append(Component.Dependency(name, effect: effect))
            }
            return dependencies
        }
        return try elements { name throws(ConfigurationError) in Component.Dependency(name) }
    }

    /// Paths that several components share, with those they count for: all, none, or a list.
    func sharedPaths() throws(ConfigurationError) -> [SharedPaths] {
        var shared: [SharedPaths] = []
        for (text, value) in try entries(known: nil) {
            let pattern = try located { () throws(ConfigurationError) in try ConfigurationValue.path(text) }
            let names = try value.elements { name throws(ConfigurationError) in name }
            let audience: SharedPaths.Audience =
                switch value.isScalar ? names.first : nil {
                case "all"?: .all
                case "none"?: .none
                default: .only(names)
                }
            shared.append(SharedPaths(pattern, for: audience))
        }
        return shared
    }
}

extension ConfigurationValue {
    static func path(_ text: String) throws(ConfigurationError) -> PathPattern {
        do {
            return try PathPattern(text)
        } catch {
            throw ConfigurationError(error.description, hint: error.hint)
        }
    }
}
