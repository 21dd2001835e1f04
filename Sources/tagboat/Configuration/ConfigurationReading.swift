import SystemPackage

/// Takes the entries of mappings into a source, level by level.
struct ConfigurationReading {
    /// The keys that may stand there.
    let keys: [ConfigurationKey]
    let origin: ConfigurationSource.Origin
    /// Where relative paths start.
    let folder: FilePath

    /// Takes all entries of a mapping.
    ///
    /// - Throws: `ConfigurationError` for an unknown key, and for what is no mapping.
    func add(
        _ node: ConfigurationNode,
        below levels: [String],
        to source: inout ConfigurationSource
    ) throws(ConfigurationError) {
        for (name, value) in try node.entries(known: names(below: levels)) {
            try add(name, value, below: levels, to: &source)
        }
    }

    /// Takes one entry.
    func add(
        _ name: String,
        _ value: ConfigurationNode,
        below levels: [String],
        to source: inout ConfigurationSource
    ) throws(ConfigurationError) {
        let path = levels + [name]
        guard let key = keys.first(where: { $0.levels == path }) else {
            return try add(value, below: path, to: &source)
        }
        source.entries[key.path] = ConfigurationSource.Entry(node: value, origin: origin.at(value.line), folder: folder)
    }

    /// The names that may stand at a level, each once.
    func names(below levels: [String]) -> [String] {
        let names = keys.filter { $0.levels.starts(with: levels) }.compactMap {
            $0.levels.dropFirst(levels.count).first
        }
        return names.enumerated().filter { !names[..<$0].contains($1) }.map(\.element)
    }
}
