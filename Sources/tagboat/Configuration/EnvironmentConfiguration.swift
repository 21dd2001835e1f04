import SystemPackage
import Yams

/// The configuration that the environment holds, in variables `TAGBOAT_…`.
enum EnvironmentConfiguration {
    /// Takes the variables; an empty one counts as not set.
    ///
    /// A variable's text is what the file would have as the value. A list may also be written without brackets, its
    /// items between commas, white space or line ends; rule lines, which hold commas, each on a line of its own.
    ///
    /// - Throws: `ConfigurationError` that names the variable.
    static func read(_ environment: [String: String]) throws(ConfigurationError) -> ConfigurationSource {
        var source = ConfigurationSource()
        for key in ConfigurationKey.all {
            guard let text = environment[key.variable], !text.isEmpty else { continue }
            source.entries[key.path] = ConfigurationSource.Entry(
                node: ConfigurationNode(node: try node(text, key: key), file: key.variable),
                origin: .variable(key.variable),
                folder: ""
            )
        }
        if let hosts = environment["TAGBOAT_PLAIN_HTTP"], !hosts.isEmpty {
            source.entries["registries"] = ConfigurationSource.Entry(
                node: ConfigurationNode.plainHTTP(items(hosts), file: "TAGBOAT_PLAIN_HTTP"),
                origin: .variable("TAGBOAT_PLAIN_HTTP"),
                folder: ""
            )
        }
        return source
    }

    private static func node(_ text: String, key: ConfigurationKey) throws(ConfigurationError) -> Node {
        switch key.shape {
        case .list where !text.hasPrefix("[") && !text.hasPrefix("- "):
            return .sequence(Node.Sequence(items(text).map { Node($0) }))
        case .lines where !text.hasPrefix("[") && !text.hasPrefix("- "):
            return .sequence(Node.Sequence(text.split(whereSeparator: \.isNewline).map { Node(String($0)) }))
        case .list, .lines, .map, .object:
            let node: Node?
            do {
                node = try Yams.compose(yaml: text)
            } catch {
                throw ConfigurationError(
                    "\(key.variable): not valid YAML",
                    hint: "write what tagboat.yaml would have behind \(key.path):"
                )
            }
            guard let node else { throw ConfigurationError("\(key.variable): there is no value in it") }
            return node
        case .text, .integer, .boolean, .word, .either, .component:
            return Node(text)
        }
    }

    /// The items of a list without brackets.
    static func items(_ text: String) -> [String] {
        // Rule lines hold commas and spaces of their own.
        let isLines = text.contains("=")
        return text.split { isLines ? $0.isNewline : $0 == "," || $0.isWhitespace }.map(String.init)
    }
}

extension ConfigurationNode {
    /// Registries that are reached without TLS, as the file would say it.
    static func plainHTTP(_ hosts: [String], file: String) -> ConfigurationNode {
        let settings = Node([(Node("plain-http"), Node("true"))])
        return ConfigurationNode(node: Node(hosts.map { (Node($0), settings) }), file: file)
    }
}
