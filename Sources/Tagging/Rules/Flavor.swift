/// What goes for all tags: docker/metadata-action's input `flavor`.
package struct Flavor: Hashable, Sendable {
    package enum Latest: String, Sendable {
        /// As the rule that decides the version says.
        case auto
        case always = "true"
        case never = "false"
    }

    package var latest = Latest.auto
    package var prefix = ""
    /// Whether the prefix stands before `latest` too.
    package var prefixesLatest = false
    package var suffix = ""
    /// Whether the suffix stands behind `latest` too.
    package var suffixesLatest = false

    package init() {}

    /// Reads the lines of the input.
    ///
    /// - Throws: `TagRuleError`.
    package init(lines: [String]) throws(TagRuleError) {
        for line in lines {
            let fields: [String]
            do {
                fields = try CommaSeparatedText.fields(line)
            } catch {
                throw TagRuleError("\(error.description) in \(line)")
            }
            try read(fields, line: line)
        }
    }

    private mutating func read(_ fields: [String], line: String) throws(TagRuleError) {
        var affix: WritableKeyPath<Flavor, Bool>?
        for field in fields {
            let parts = field.split(separator: "=", omittingEmptySubsequences: false).map(\.trimmedOfWhitespace)
            guard parts.count > 1 else { throw TagRuleError("Invalid flavor entry: \(line)") }
            let value = parts[1]
            switch parts[0].lowercased() {
            case "latest":
                guard let latest = Latest(rawValue: value) else {
                    throw TagRuleError("Invalid latest flavor entry: \(line)")
                }
                self.latest = latest
            case "prefix":
                prefix = value
                affix = \.prefixesLatest
            case "suffix":
                suffix = value
                affix = \.suffixesLatest
            case "onlatest":
                guard ["true", "false"].contains(value) else {
                    throw TagRuleError("Invalid value for onlatest attribute: \(value)")
                }
                if let affix { self[keyPath: affix] = value == "true" }
            default:
                throw TagRuleError("Unknown flavor entry: \(line)")
            }
        }
    }
}
