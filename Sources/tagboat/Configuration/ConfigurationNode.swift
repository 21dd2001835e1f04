import Changes
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

    /// Whether this is a single value.
    var isScalar: Bool { if case .scalar = node { true } else { false } }

    /// Whether nothing stands here.
    var isNull: Bool { isScalar && node.null != nil }

    /// The line that it stands in, from 1; nil for a value that stands in no file.
    var line: Int? { node.mark?.line }

    /// The text of a scalar, with its place.
    func placedText() throws(ConfigurationError) -> PartialConfiguration.PlacedText {
        PartialConfiguration.PlacedText(text: try text(), place: place)
    }

    /// The texts of a mapping from free names.
    func texts() throws(ConfigurationError) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in try entries(known: nil) { texts[name] = try value.text() }
        return texts
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
        try items { item throws(ConfigurationError) in try item.scalar(read) }
    }

    /// The items of a list, each as its own place; anything else counts as a list of one.
    func items<Value>(
        _ read: (ConfigurationNode) throws(ConfigurationError) -> Value
    ) throws(ConfigurationError) -> [Value] {
        guard case .sequence(let sequence) = node else { return [try read(self)] }
        var values: [Value] = []
        for element in sequence { values.append(try read(ConfigurationNode(node: element, file: file))) }
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

    private var place: String { node.mark.map { "\(file):\($0.line):\($0.column)" } ?? file }

    func error(_ problem: String, hint: String? = nil) -> ConfigurationError {
        ConfigurationError("\(place): \(problem)", hint: hint)
    }

    private static func list(_ keys: [String]) -> String { keys.joined(separator: ", ") }
}
