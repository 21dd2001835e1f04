extension TagRule {
    /// Reads one entry of `tags:`: a preset's name, or a rule line.
    ///
    /// A word that is no preset is a rule line of type `raw` only for docker/metadata-action's own inputs; here it is
    /// most likely a slip, and refused.
    ///
    /// - Throws: `TagRuleError`.
    package init(parsing text: String) throws(TagRuleError) {
        if let preset = Self.preset(named: text) {
            self = preset
        } else if text.contains("=") {
            try self.init(line: text)
        } else {
            throw TagRuleError("there is no tag rule \"\(text)\"")
        }
    }

    /// Reads a rule line as docker/metadata-action does.
    ///
    /// - Throws: `TagRuleError`.
    package init(line: String) throws(TagRuleError) {
        var attributes: [String: String] = [:]
        let fields: [String]
        do {
            fields = try CommaSeparatedText.fields(line)
        } catch {
            throw TagRuleError("\(error.description) in \(line)")
        }
        for field in fields {
            // The first "=" parts key and value, unless nothing stands before it.
            guard let equals = field.firstIndex(of: "="), equals != field.startIndex else {
                attributes["value"] = field.trimmedOfWhitespace
                continue
            }
            let key = field[..<equals].trimmedOfWhitespace.lowercased()
            attributes[key] = field[field.index(after: equals)...].trimmedOfWhitespace
        }
        let type = attributes["type"] ?? "raw"
        guard let read = Self.types[type] else { throw TagRuleError("Unknown tag type attribute: \(type)") }
        let (kind, prefix) = try read(attributes, line)
        self.init(
            name: line,
            kind: kind,
            enable: attributes["enable"] ?? "true",
            priority: attributes["priority"].map(Double.init(javaScript:)),
            prefix: attributes["prefix"] ?? prefix,
            suffix: attributes["suffix"]
        )
    }

    private typealias TypeReader = @Sendable ([String: String], String) throws(TagRuleError) -> (Kind, prefix: String?)

    /// The types by name, and what each one reads; the prefix is the one that it has by default.
    private static let types: [String: TypeReader] = [
        "schedule": { attributes, _ throws(TagRuleError) in
            (.schedule(pattern: attributes["pattern"] ?? "nightly"), nil)
        },
        "semver": { attributes, line throws(TagRuleError) in
            (.semver(try versionTemplate(attributes, line)), nil)
        },
        "pep440": { attributes, line throws(TagRuleError) in
            (.pep440(try versionTemplate(attributes, line)), nil)
        },
        "match": { attributes, line throws(TagRuleError) in
            let pattern = try required("pattern", attributes, line)
            let group = attributes["group"] ?? "0"
            guard !Double(javaScript: group).isNaN else { throw TagRuleError("Invalid match group for \(line)") }
            return (.match(pattern: pattern, group: group, value: attributes["value"] ?? ""), nil)
        },
        "edge": { attributes, _ throws(TagRuleError) in
            (.edge(branch: attributes["branch"] ?? ""), nil)
        },
        "ref": { attributes, line throws(TagRuleError) in
            guard let event = RefEvent(rawValue: try required("event", attributes, line)) else {
                throw TagRuleError("Invalid event for \(line)")
            }
            return (.ref(event), event == .pullRequest ? "pr-" : nil)
        },
        "raw": { attributes, line throws(TagRuleError) in
            (.raw(value: try required("value", attributes, line)), nil)
        },
        "sha": { attributes, line throws(TagRuleError) in
            guard let format = ShaFormat(rawValue: attributes["format"] ?? "short") else {
                throw TagRuleError("Invalid format for \(line)")
            }
            return (.sha(format), "sha-")
        },
    ]

    private static func versionTemplate(
        _ attributes: [String: String],
        _ line: String
    ) throws(TagRuleError) -> VersionTemplate {
        VersionTemplate(
            pattern: try required("pattern", attributes, line),
            value: attributes["value"] ?? "",
            match: attributes["match"] ?? ""
        )
    }

    private static func required(
        _ key: String,
        _ attributes: [String: String],
        _ line: String
    ) throws(TagRuleError) -> String {
        guard let value = attributes[key] else { throw TagRuleError("Missing \(key) attribute for \(line)") }
        return value
    }
}

extension Double {
    /// Reads a number as JavaScript's `Number` does: an empty text is 0, and what is no number is NaN.
    package init(javaScript text: String) {
        let trimmed = text.trimmedOfWhitespace
        let isDecimal = trimmed.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        if trimmed.isEmpty {
            self = 0
        } else if isDecimal, let number = Double(trimmed) {
            self = number
        } else if trimmed.lowercased().hasPrefix("0x"), let number = UInt64(trimmed.dropFirst(2), radix: 16) {
            self = Double(number)
        } else {
            self = trimmed.hasSuffix("Infinity") ? (trimmed.hasPrefix("-") ? -.infinity : .infinity) : .nan
        }
    }
}
