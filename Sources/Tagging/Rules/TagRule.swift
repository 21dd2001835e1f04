/// A rule that gives an image tags: a preset, or a rule line of docker/metadata-action such as
/// `type=semver,pattern={{major}}.{{minor}}`.
package struct TagRule: Hashable, Sendable {
    /// What a rule makes its tag from.
    package enum Kind: Hashable, Sendable {
        /// A preset that a version scheme answers.
        case line(VersionLine)
        case schedule(pattern: String)
        case semver(VersionTemplate)
        case pep440(VersionTemplate)
        case match(pattern: String, group: String, value: String)
        case edge(branch: String)
        case ref(RefEvent)
        case raw(value: String)
        case sha(ShaFormat)
    }

    /// The lines that the presets name.
    package enum VersionLine: String, CaseIterable, Sendable {
        /// The full version, `2.1.106`.
        case version
        /// The lines between the full version and the major one, `2.1`.
        case minor
        /// The line of the first number, `2`; not for 0.x.
        case major
        /// The highest stable release.
        case latest
        /// The channel of a prerelease, `rc` or `beta`.
        case channel
        /// The channel of a prerelease within a minor version, `3.14-rc`.
        case minorChannel = "minor-channel"
    }

    package struct VersionTemplate: Hashable, Sendable {
        package let pattern: String
        /// Where the version comes from; empty for the git tag.
        package let value: String
        /// A regular expression whose first group is the version; empty for none.
        package let match: String
    }

    package enum RefEvent: String, CaseIterable, Sendable {
        case branch, tag
        case pullRequest = "pr"
    }

    package enum ShaFormat: String, CaseIterable, Sendable {
        case short, long
    }

    /// The preset's name or the rule as it was written; how output speaks of it.
    package let name: String
    package let kind: Kind
    /// `true`, `false`, or an expression that becomes one of them.
    package let enable: String
    /// Where the rule stands among the others: higher comes first.
    ///
    /// It is not a number where the rule's own text is none.
    package let priority: Double
    /// What stands before the tag; nil leaves it to the flavor.
    package let prefix: String?
    /// What stands behind the tag; nil leaves it to the flavor.
    package let suffix: String?

    init(
        name: String,
        kind: Kind,
        enable: String = "true",
        priority: Double? = nil,
        prefix: String? = nil,
        suffix: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.enable = enable
        self.priority = priority ?? Self.defaultPriority(of: kind)
        self.prefix = prefix
        self.suffix = suffix
    }

    /// Checks that the rule's templates name nothing unknown.
    ///
    /// docker/metadata-action takes such a name for an empty text, and the tag is silently another one.
    ///
    /// - Throws: `TagRuleError`.
    func requireKnownExpressions(flavor: Flavor) throws(TagRuleError) {
        var global = [enable, prefix ?? flavor.prefix, suffix ?? flavor.suffix]
        switch kind {
        case .semver(let template), .pep440(let template):
            global.append(template.value)
            try RuleContext.requireKnown(template.pattern, names: Self.versionNames)
        case .match(_, _, let value): global.append(value)
        case .raw(let value): global.append(value)
        case .schedule(let pattern): try RuleContext.requireKnown(pattern, names: ["date", "commit_date"])
        case .line, .edge, .ref, .sha: break
        }
        for text in global { try RuleContext.requireKnown(text, names: RuleContext.globalNames) }
    }

    /// What the patterns of `semver` and `pep440` may name.
    private static let versionNames: Set<String> = [
        "raw", "version", "major", "minor", "patch", "prerelease", "build",
    ]

    /// The priorities of docker/metadata-action's documentation, "priority attribute".
    static func defaultPriority(of kind: Kind) -> Double {
        switch kind {
        case .schedule: 1000
        case .line, .semver, .pep440: 900
        case .match: 800
        case .edge: 700
        case .ref: 600
        case .raw: 200
        case .sha: 100
        }
    }

    /// Whether the rule is the preset for the full version.
    package var namesVersions: Bool { kind == .line(.version) }

    /// Whether the rule's tag depends on the version of the project; one with a value of its own does not.
    package var isAboutVersions: Bool {
        switch kind {
        case .line, .ref(.tag): true
        case .semver, .pep440, .match: ownValue == nil
        case .schedule, .edge, .ref, .raw, .sha: false
        }
    }

    /// The value that a version rule reads in place of the project's version; nil where it has none.
    var ownValue: String? {
        switch kind {
        case .semver(let template), .pep440(let template): template.value.isEmpty ? nil : template.value
        case .match(_, _, let value): value.isEmpty ? nil : value
        case .line, .schedule, .edge, .ref, .raw, .sha: nil
        }
    }
}

/// A rule, flavor or input that cannot be understood; its text is the action's own, where the action has one.
package struct TagRuleError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
