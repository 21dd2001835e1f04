extension ConfigurationKey {
    /// What makes a repository a monorepo.
    static let monorepo: [ConfigurationKey] = [
        ConfigurationKey(
            path: "component",
            summary: "The component that the run is about; the one of the current folder where none is named.",
            shape: .text(example: "ui"),
            flag: "--component",
            isInFile: false,
            read: { node, _, partial throws(ConfigurationError) in partial.component = try node.placedText() }
        ),
        ConfigurationKey(
            path: "components",
            summary: "The parts of a monorepo that are released by themselves (docs/monorepos.md).",
            shape: .map(.component),
            defaultText: "{}",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.components = try node.components(folder: folder)
            }
        ),
        ConfigurationKey(
            path: "shared",
            summary: "Paths that count for all components, for none, or for those that are listed.",
            shape: .map(.either(.word(["all", "none"]), .list(.text(example: "ui")))),
            defaultText: "{}",
            read: { node, _, partial throws(ConfigurationError) in partial.shared = try node.sharedPaths() }
        ),
    ]
}
