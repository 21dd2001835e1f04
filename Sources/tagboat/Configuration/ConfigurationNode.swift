import Yams

/// A place in the configuration file; errors name it by line and column.
struct ConfigurationNode {
    let node: Node
    let file: String

    /// The entries of a mapping, in their order.
    ///
    /// - Parameter known: the keys that may stand here; nil where any may.
    /// - Returns: keys and values.
    /// - Throws: `ConfigurationError` for an unknown key, and for what is no mapping.
    func entries(known: [String]?) throws(ConfigurationError) -> [(key: String, value: ConfigurationNode)] {
        guard case .mapping(let mapping) = node else {
            throw error("expected keys with values here", hint: known.map { "known keys are: \(Self.list($0))" })
        }
        var entries: [(String, ConfigurationNode)] = []
        for (key, value) in mapping {
            let place = ConfigurationNode(node: key, file: file)
            let name = try place.text()
            if let known, !known.contains(name) {
                let nearest = EditDistance.nearest(to: name, among: known).map { "did you mean \"\($0)\"? " } ?? ""
                throw place.error("there is no key \"\(name)\"", hint: nearest + "Known here: \(Self.list(known))")
            }
            entries.append((name, ConfigurationNode(node: value, file: file)))
        }
        return entries
    }

    /// The text of a scalar.
    func text() throws(ConfigurationError) -> String {
        guard case .scalar(let scalar) = node, node.null == nil else { throw error("expected a single value here") }
        return scalar.string
    }

    /// A scalar's value, read by one of the functions of `ConfigurationValue`.
    func scalar<Value>(
        _ read: (String) throws(ConfigurationError) -> Value
    ) throws(ConfigurationError) -> Value {
        let text = try text()
        return try located { () throws(ConfigurationError) in try read(text) }
    }

    /// The values of a list; a single value counts as a list of one.
    func elements<Value>(
        _ read: (String) throws(ConfigurationError) -> Value
    ) throws(ConfigurationError) -> [Value] {
        guard case .sequence(let sequence) = node else { return [try scalar(read)] }
        var values: [Value] = []
        for element in sequence {
            values.append(try ConfigurationNode(node: element, file: file).scalar(read))
        }
        return values
    }

    /// Adds this place to whatever error an operation throws.
    func located<Value>(
        _ operation: () throws(ConfigurationError) -> Value
    ) throws(ConfigurationError) -> Value {
        do {
            return try operation()
        } catch {
            throw self.error(error.description, hint: error.hint)
        }
    }

    private func error(_ problem: String, hint: String? = nil) -> ConfigurationError {
        let place = node.mark.map { "\(file):\($0.line):\($0.column)" } ?? file
        return ConfigurationError("\(place): \(problem)", hint: hint)
    }

    private static func list(_ keys: [String]) -> String { keys.joined(separator: ", ") }
}
