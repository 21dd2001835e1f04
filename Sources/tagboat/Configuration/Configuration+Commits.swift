import Changes
import Versioning

extension PartialConfiguration {
    /// What counts as a change, and how much; levels add to those that everybody has.
    func commitRules() -> CommitRules {
        var rules = CommitRules(ignoredAuthors: ignoredAuthors ?? [], ignoredTypes: ignoredTypes ?? [])
        for (kind, level) in commitLevels ?? [:] {
            rules.levels[kind] = level.bumpLevel
            if level == .none { rules.silent.insert(kind) }
        }
        return rules
    }

    /// What messages must be like; a type that has a level is in use.
    func commitPolicy(_ rules: CommitRules) -> CommitPolicy {
        let others = rules.namedTypes.filter { !KnownTypes.names.contains($0) }
        var policy = CommitPolicy(types: commitTypes ?? KnownTypes.names + others, scopes: commitScopes ?? [])
        policy.requiresScope = requiresScope ?? false
        // No limit is written as 0.
        if let headerLength { policy.headerLength = headerLength == 0 ? nil : headerLength }
        if let bodyLength { policy.bodyLength = bodyLength == 0 ? nil : bodyLength }
        return policy
    }
}

extension PartialConfiguration.CommitLevel {
    fileprivate var bumpLevel: BumpLevel? { BumpLevel(rawValue: rawValue) }
}

extension ConfigurationValue {
    /// A type, `*`, or one of them with a scope, in lower case.
    static func changeKind(_ text: String) throws(ConfigurationError) -> String {
        let header = (text.hasPrefix("*") ? "x" + text.dropFirst() : text) + ": x"
        guard let commit = try? ConventionalCommit(parsing: header), !commit.isBreaking else {
            throw ConfigurationError(
                "\"\(text)\" is not a type of commits",
                hint: "write a type or a type with its scope, such as fix or fix(deps), or * in place of the type"
            )
        }
        return text.lowercased()
    }
}
