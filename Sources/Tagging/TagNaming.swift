import OCI
import Versioning

/// Names the tags of versions and commits by a policy, for one build.
package struct TagNaming: Sendable {
    package let policy: TagPolicy
    let context: RuleContext
    /// The rules that are switched on, by priority.
    let rules: [PlacedRule]

    /// Where the first rule stands that gives a tag without regard to the version; it may decide on `latest`.
    private let firstOther: Int?

    /// A rule, and what it or else the flavor puts around its tags.
    struct PlacedRule {
        let rule: TagRule
        let affix: Affix

        /// The series that the rule's tags belong to, within a series of a variant.
        func series(in variantSeries: Affix) -> Affix { variantSeries.around(affix) }
    }

    /// Works out which rules apply to a build.
    ///
    /// - Throws: `TaggingError` where an attribute of a rule cannot be worked out.
    package init(policy: TagPolicy, context: RuleContext) throws(TaggingError) {
        self.policy = policy
        self.context = context
        var rules: [PlacedRule] = []
        var firstOther: Int?
        for rule in policy.rules {
            do {
                try rule.requireKnownExpressions(flavor: policy.flavor)
                guard try context.isEnabled(rule) else { continue }
                let affix = Affix(
                    prefix: try context.expand(rule.prefix ?? policy.flavor.prefix),
                    suffix: try context.expand(rule.suffix ?? policy.flavor.suffix)
                )
                rules.append(PlacedRule(rule: rule, affix: affix))
                if firstOther == nil, !rule.isAboutVersions {
                    var warnings: [RuleWarning] = []
                    let outcome = try context.outcome(of: rule, flavor: policy.flavor, warnings: &warnings)
                    if outcome != nil { firstOther = rules.count - 1 }
                }
            } catch {
                throw .rule(rule.name, error)
            }
        }
        self.rules = rules
        self.firstOther = firstOther
    }

    /// A tag of a version, or a moving one that the version takes part in.
    struct NamedTag: Hashable {
        let tag: Tag
        /// The name of the rule that asks for it.
        let rule: String
        /// The series of versions that the tag chooses from.
        let series: Affix
    }

    /// What one rule makes of one version.
    enum Naming {
        /// A tag that names the version alone.
        case fixed(String)
        /// Names of lines.
        case lines([String])
    }

    // MARK: One rule

    /// What a version rule makes of a version, with what stands around the names by the rule and the flavor.
    func naming(
        of version: Version,
        by placed: PlacedRule
    ) throws(TaggingError) -> (naming: Naming, impliesLatest: Bool)? {
        guard placed.rule.isAboutVersions else { return nil }
        switch placed.rule.kind {
        case .line(.version):
            return (.fixed(placed.affix.around(version.tagName)), false)
        case .line(.latest):
            return (.lines(policy.lines.names(of: version, for: .latest)), false)
        case .line(let line):
            return (.lines(policy.lines.names(of: version, for: line).map(placed.affix.around)), false)
        case .semver, .pep440, .match, .ref(.tag):
            guard let outcome = try outcome(of: placed.rule, version: version) else { return nil }
            if outcome.text.contains(RuleContext.sanitized(version.withoutBuildText)) {
                return (.fixed(outcome.text), outcome.impliesLatest)
            }
            let isOpen = !version.isDevelopment && policy.lines.allows(outcome.text, for: version)
            return (.lines(isOpen ? [outcome.text] : []), outcome.impliesLatest)
        case .schedule, .edge, .ref, .raw, .sha:
            return nil
        }
    }

    private func outcome(of rule: TagRule, version: Version) throws(TaggingError) -> RuleOutcome? {
        var context = context
        context.gitTag = policy.gitTags.name(of: version.text)
        switch rule.kind {
        // A component's prefix, such as `ui/v`, is no part of a version.
        case .semver, .pep440: if policy.gitTags.isPrefixRequired { context.gitTag = version.text }
        default: break
        }
        var warnings: [RuleWarning] = []
        do {
            return try context.outcome(of: rule, flavor: policy.flavor, warnings: &warnings)
        } catch {
            throw .rule(rule.name, error)
        }
    }

    // MARK: Versions in series

    /// The tags of a version in one series of a variant.
    struct VersionTags {
        /// Those that name the version alone, one for each rule that makes such.
        var names: [NamedTag] = []
        /// The moving ones.
        var lines: [NamedTag] = []
    }

    /// The tags that the rules make of a version.
    func versionTags(of version: Version, in affix: Affix) throws(TaggingError) -> VersionTags {
        var tags = VersionTags()
        var decidesLatest: (placed: PlacedRule, implied: Bool)?
        for (index, placed) in rules.enumerated() {
            guard let (naming, impliesLatest) = try naming(of: version, by: placed) else { continue }
            if decidesLatest == nil {
                // The first rule that gives a tag decides, and one that is not about versions never implies `latest`.
                let isFirst = firstOther.map { index < $0 } ?? true
                decidesLatest = (placed, impliesLatest && isFirst)
            }
            let rule = placed.rule.name
            switch naming {
            case .fixed(let name):
                let tag = try Tag(affix.around(name), rule: rule)
                tags.names.append(NamedTag(tag: tag, rule: rule, series: placed.series(in: affix)))
            case .lines(let names):
                // `1.0.0-latest.1` must not take the tag of the stable releases.
                if !version.isStable, names.contains(Tag.latest.name) {
                    throw .sameTag(.latest, rules: [rule, TagRule.VersionLine.latest.rawValue])
                }
                for name in names {
                    let tag = try lineTag(name, affix, rule: rule)
                    tags.lines.append(NamedTag(tag: tag, rule: rule, series: placed.series(in: affix)))
                }
            }
        }
        // Presets say by themselves whether there is a `latest`.
        if let (placed, implied) = decidesLatest, !placed.rule.isPreset, version.isStable {
            let isWanted = policy.flavor.latest == .auto ? implied : policy.flavor.latest == .always
            if isWanted, !policy.lines.names(of: version, for: .latest).isEmpty {
                let tag = try lineTag(latestName, affix, rule: placed.rule.name)
                if !tags.lines.contains(where: { $0.tag == tag }) {
                    tags.lines.append(NamedTag(tag: tag, rule: "latest", series: placed.series(in: affix)))
                }
            }
        }
        return tags
    }

    /// A line's tag in a series; the line `latest` has the series' own name there.
    private func lineTag(_ name: String, _ affix: Affix, rule: String) throws(TaggingError) -> Tag {
        if name == Tag.latest.name, let alone = affix.alone { return try Tag(alone, rule: rule) }
        return try Tag(affix.around(name), rule: rule)
    }

    /// `latest` with what the flavor puts around it.
    private var latestName: String {
        let flavor = policy.flavor
        let name =
            (flavor.prefixesLatest ? flavor.prefix : "") + Tag.latest.name
            + (flavor.suffixesLatest ? flavor.suffix : "")
        return RuleContext.sanitized(name)
    }
}

extension TagRule {
    var isPreset: Bool { if case .line = kind { true } else { false } }
}

extension LinePolicy {
    /// Whether a rule line's tag is open to a version.
    fileprivate func allows(_ name: String, for version: Version) -> Bool {
        if off.contains(name) { return false }
        // A development release must not take the tag of a line that is wider than its own.
        guard let depth = developmentDepth(of: version), let own = version.prefix(numbers: depth) else { return true }
        return name.contains(own)
    }
}

extension Version {
    /// The version's text without build metadata, which no rule line shows.
    fileprivate var withoutBuildText: String { String(text.prefix { $0 != "+" }) }
}
