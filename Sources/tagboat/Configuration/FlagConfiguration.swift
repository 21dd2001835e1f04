import SystemPackage
import Yams

/// The configuration that flags hold.
struct FlagConfiguration {
    private(set) var source = ConfigurationSource()

    /// A value, as its key reads it; nil says nothing.
    mutating func set(_ path: String, _ text: String?, flag: String) {
        guard let text else { return }
        set(path, node: Node(text), flag: flag)
    }

    /// A list; an empty one says nothing.
    mutating func set(_ path: String, _ items: [String], flag: String) {
        guard !items.isEmpty else { return }
        set(path, node: .sequence(Node.Sequence(items.map { Node($0) })), flag: flag)
    }

    /// Registries that are reached without TLS.
    mutating func setPlainHTTP(_ hosts: [String], flag: String) {
        guard !hosts.isEmpty else { return }
        set("registries", node: ConfigurationNode.plainHTTP(hosts, file: flag).node, flag: flag)
    }

    private mutating func set(_ path: String, node: Node, flag: String) {
        source.entries[path] = ConfigurationSource.Entry(
            node: ConfigurationNode(node: node, file: flag),
            origin: .flag(flag),
            folder: ""
        )
    }

    /// What several groups of options say together.
    static func joined(_ parts: [FlagConfiguration]) -> ConfigurationSource {
        parts.reduce(into: ConfigurationSource()) { all, part in
            all.entries.merge(part.source.entries) { first, _ in first }
        }
    }
}
