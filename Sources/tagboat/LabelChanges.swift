/// Changes of labels and annotations as people write them.
enum LabelChanges {
    /// Reads `KEY=VALUE`; a key with nothing behind it is taken away.
    ///
    /// - Throws: `ConfigurationError` for what has no key.
    static func parse(_ texts: [String]) throws(ConfigurationError) -> [String: String?] {
        var changes: [String: String?] = [:]
        for text in texts {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw ConfigurationError("\"\(text)\" is not KEY=VALUE", hint: "write org.example.key=value")
            }
            let value = String(text[text.index(after: equals)...])
            changes.updateValue(value.isEmpty ? nil : value, forKey: String(text[..<equals]))
        }
        return changes
    }
}
