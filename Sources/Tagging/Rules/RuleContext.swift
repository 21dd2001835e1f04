/// What rules make tags from: the build, its dates and its version.
package struct RuleContext: Hashable, Sendable {
    /// What started the build.
    package var build: BuildContext
    /// The moment of the run, or `SOURCE_DATE_EPOCH`.
    package var date: Timestamp
    /// The commit's own date.
    package var commitDate: Timestamp
    /// How many characters of the commit's hash `sha` shows.
    package var shortHashLength: Int
    /// What stands behind the commit's hash wherever it names the image, such as `-dirty`; most often nothing.
    package var hashSuffix = ""
    /// The git tag that version rules read; nil where there is none.
    package var gitTag: String?
    /// Expressions besides those of docker/metadata-action, by name.
    package var facts: [String: String]

    /// Takes the git tag from the build's reference.
    package init(
        build: BuildContext,
        date: Timestamp,
        commitDate: Timestamp,
        shortHashLength: Int = 7,
        facts: [String: String] = [:]
    ) {
        self.build = build
        self.date = date
        self.commitDate = commitDate
        self.shortHashLength = shortHashLength
        self.facts = facts
        gitTag = build.name(behind: "refs/tags/")
    }

    /// The expressions that differ from commit to commit or from version to version.
    static let namesOfOneImage: Set<String> = ["sha", "version", "describe", "tree"]

    var shortHash: String { build.revision.prefix(shortHashLength) + hashSuffix }

    /// Fills in an expression of a rule, a label or an image.
    ///
    /// - Throws: `TagRuleError` for an expression that is none, or asks for something unknown.
    package func expand(_ text: String) throws(TagRuleError) -> String {
        // Most values hold no expression.
        guard text.utf8.contains(where: { "{\\".utf8.contains($0) }) else { return text }
        return try Self.render(text, in: .object(globalExpressions))
    }

    /// Fills in an expression, and refuses names that are none: to Handlebars they would be empty texts.
    ///
    /// - Throws: `TagRuleError`.
    package func expandKnown(_ text: String) throws(TagRuleError) -> String {
        try Self.requireKnown(text, names: Self.globalNames)
        return try expand(text)
    }

    /// What every attribute may name.
    static let globalNames: Set<String> = [
        "branch", "tag", "sha", "base_ref", "is_default_branch", "is_not_default_branch", "date", "commit_date",
        "version", "describe", "tree", "dirty",
    ]

    /// Checks the names in a template.
    ///
    /// - Throws: `TagRuleError` for the first one that is unknown.
    static func requireKnown(_ text: String, names: Set<String>) throws(TagRuleError) {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return }
        let template: HandlebarsTemplate
        do {
            template = try HandlebarsTemplate(parsing: text)
        } catch {
            throw TagRuleError(error.description)
        }
        guard let unknown = template.names.subtracting(names).min() else { return }
        throw TagRuleError(
            "there is no expression {{\(unknown)}}; known are: \(names.sorted().joined(separator: ", "))"
        )
    }

    static func render(_ text: String, in context: HandlebarsValue) throws(TagRuleError) -> String {
        do {
            return try HandlebarsTemplate(parsing: text).render(context)
        } catch {
            throw TagRuleError(error.description)
        }
    }

    /// The expressions that every attribute may use ("Global expressions" in docker/metadata-action's documentation).
    private var globalExpressions: [(key: String, value: HandlebarsValue)] {
        let isDefaultBranch = isDefaultBranch
        let texts = [
            ("branch", build.name(behind: "refs/heads/") ?? ""),
            ("tag", build.name(behind: "refs/tags/") ?? ""),
            ("sha", shortHash),
            ("base_ref", build.baseRef),
            ("is_default_branch", isDefaultBranch ? "true" : "false"),
            ("is_not_default_branch", isDefaultBranch ? "false" : "true"),
        ]
        // They are functions in the action too, and so take arguments without complaint.
        let expressions = (texts + facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            .map { name, text in (key: name, value: HandlebarsValue.function { _ in .string(text) }) }
        return expressions + dateExpressions
    }

    /// `date` and `commit_date`, each with a format and a time zone.
    var dateExpressions: [(key: String, value: HandlebarsValue)] {
        [("date", Self.dateExpression(date)), ("commit_date", Self.dateExpression(commitDate))]
    }

    private static func dateExpression(_ moment: Timestamp) -> HandlebarsValue {
        .function { call throws(HandlebarsError) in
            guard call.arguments.count == 1, let argument = call.arguments.first else {
                throw HandlebarsError("a date needs one format, as in {{date 'YYYYMMDD'}}")
            }
            // A format without quotes is the name of nothing; the date is then written in full.
            let format = if case .string(let text) = argument { text } else { "" }
            var zone = NamedTimeZone.utc
            for (key, value) in call.hash {
                guard key == "tz" else { throw HandlebarsError("Unknown \(key) attribute") }
                guard case .string(let name) = value else { throw HandlebarsError("tz must be a text") }
                do throws(UnknownTimeZone) {
                    zone = try NamedTimeZone(name)
                } catch {
                    throw HandlebarsError(error.description)
                }
            }
            return .string(moment.formatted(momentPattern: format, in: zone))
        }
    }

    private var isDefaultBranch: Bool {
        let branch = build.name(behind: "refs/heads/") ?? build.ref
        if branch.isEmpty { return false }
        if branch == build.payloadDefaultBranch { return true }
        // These events always come for the last commit of the default branch.
        return ["create", "discussion", "issues", "schedule"].contains { build.event.contains($0) }
    }
}

extension BuildContext {
    /// The reference's name behind a prefix such as `refs/heads/`; nil for a reference of another kind.
    func name(behind prefix: String) -> String? {
        guard ref.hasPrefix(prefix) else { return nil }
        return String(ref.dropFirst(prefix.count))
    }
}
