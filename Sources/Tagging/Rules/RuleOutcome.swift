import Versioning

/// The tag that a rule gives.
package struct RuleOutcome: Hashable, Sendable {
    /// The tag, with every run of characters that no tag may hold replaced by `-`.
    package let text: String
    /// Whether `latest` belongs to the tag where the flavor leaves it to the rules.
    package let impliesLatest: Bool
}

/// A rule that did not apply where one may have expected it to.
package struct RuleWarning: Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

extension RuleContext {
    /// Works out the tag of a rule line; nil where the rule does not apply to this build.
    ///
    /// Presets of version lines have their tags from the version scheme instead, and give none here.
    ///
    /// - Parameters:
    ///   - rule: the rule.
    ///   - flavor: what stands around tags whose rule does not say.
    ///   - warnings: takes what the action warns about.
    /// - Returns: the tag.
    /// - Throws: `TagRuleError`.
    package func outcome(
        of rule: TagRule,
        flavor: Flavor,
        warnings: inout [RuleWarning]
    ) throws(TagRuleError) -> RuleOutcome? {
        guard let found = try value(of: rule.kind, warnings: &warnings) else { return nil }
        let prefix = try expand(rule.prefix ?? flavor.prefix)
        let suffix = try expand(rule.suffix ?? flavor.suffix)
        let text = prefix + found.text + suffix
        return text.isEmpty ? nil : RuleOutcome(text: Self.sanitized(text), impliesLatest: found.impliesLatest)
    }

    /// Whether the rule is switched on.
    ///
    /// - Throws: `TagRuleError` where its expression becomes something else than true or false.
    package func isEnabled(_ rule: TagRule) throws(TagRuleError) -> Bool {
        let enabled = try expand(rule.enable)
        guard enabled == "true" || enabled == "false" else {
            throw TagRuleError("Invalid value for enable attribute: \(enabled)")
        }
        return enabled == "true"
    }

    /// Replaces every run of characters that no tag may hold by `-`.
    package static func sanitized(_ text: String) -> String {
        var bytes: [UInt8] = []
        var isInRun = false
        for byte in text.utf8 {
            let isAllowed =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "._-".utf8.contains(byte)
            if isAllowed {
                bytes.append(byte)
            } else if !isInRun {
                bytes.append(UInt8(ascii: "-"))
            }
            isInRun = !isAllowed
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private typealias Value = (text: String, impliesLatest: Bool)

    private func value(of kind: TagRule.Kind, warnings: inout [RuleWarning]) throws(TagRuleError) -> Value? {
        switch kind {
        case .line:
            return nil
        case .schedule(let pattern):
            guard build.event.contains("schedule") else { return nil }
            return (try Self.render(pattern, in: .object(dateExpressions)), false)
        case .semver(let template):
            return try semanticVersion(template, warnings: &warnings)
        case .pep440(let template):
            return try pythonVersion(template, warnings: &warnings)
        case .match(let pattern, let group, let value):
            return try match(pattern, group: group, value: value, warnings: &warnings)
        case .edge(let branch):
            guard let current = build.name(behind: "refs/heads/"),
                current == (branch.isEmpty ? build.defaultBranch : branch)
            else { return nil }
            return ("edge", false)
        case .ref(.branch):
            return build.name(behind: "refs/heads/").map { ($0, false) }
        case .ref(.tag):
            return gitTag.map { ($0, true) }
        case .ref(.pullRequest):
            return build.name(behind: "refs/pull/").map { name in
                (name.hasSuffix("/merge") ? String(name.dropLast("/merge".count)) : name, false)
            }
        case .raw(let value):
            return (try expand(value), false)
        case .sha(let format):
            if build.revision.isEmpty { return nil }
            return (format == .short ? shortHash : build.revision + hashSuffix, false)
        }
    }

    /// The text that a version rule reads: its own value, else the git tag.
    private func versionText(_ value: String) throws(TagRuleError) -> String? {
        value.isEmpty ? gitTag : try expand(value)
    }

    /// The part of a version's text that a template's `match` asks for, without slashes.
    private func versionText(
        _ template: TagRule.VersionTemplate,
        warnings: inout [RuleWarning]
    ) throws(TagRuleError) -> String? {
        guard var text = try versionText(template.value) else { return nil }
        if !template.match.isEmpty {
            if let groups = try JavaScriptPattern(template.match).firstMatch(in: text) {
                guard groups.count > 1, let group = groups[1] else {
                    throw TagRuleError("match=\(template.match) has no first group in \(text)")
                }
                text = group
            } else {
                warnings.append(RuleWarning(description: "\(template.match) does not match \(text)."))
            }
        }
        return String(text.map { $0 == "/" ? "-" : $0 })
    }

    private func semanticVersion(
        _ template: TagRule.VersionTemplate,
        warnings: inout [RuleWarning]
    ) throws(TagRuleError) -> Value? {
        guard let text = try versionText(template, warnings: &warnings) else { return nil }
        guard let version = TaggedSemanticVersion(text) else {
            let problem = "\(text) is not a valid semver. More info: https://semver.org/"
            warnings.append(RuleWarning(description: problem))
            return nil
        }
        if version.prerelease.isEmpty {
            return (try Self.render(template.pattern, in: version.expressions), true)
        }
        // A prerelease must not take the tag of a line, whatever the pattern says.
        let pattern = Self.isLoneRaw(template.pattern) ? template.pattern : "{{version}}"
        return (try Self.render(pattern, in: version.expressions), false)
    }

    private func pythonVersion(
        _ template: TagRule.VersionTemplate,
        warnings: inout [RuleWarning]
    ) throws(TagRuleError) -> Value? {
        guard let text = try versionText(template, warnings: &warnings) else { return nil }
        guard text == text.trimmedOfWhitespace, let version = try? PythonVersion(parsing: text) else {
            let problem = "\(text) does not conform to PEP 440. More info: https://www.python.org/dev/peps/pep-0440"
            warnings.append(RuleWarning(description: problem))
            return nil
        }
        if version.isPrerelease || version.isPostrelease {
            return (Self.isLoneRaw(template.pattern) ? text : Self.cleaned(version), false)
        }
        func number(_ index: Int) -> HandlebarsValue {
            .number(index < version.release.count ? Double(version.release[index]) : 0)
        }
        let expressions: HandlebarsValue = .object([
            ("raw", .string(text)), ("version", .string(Self.cleaned(version))), ("major", number(0)),
            ("minor", number(1)),
            ("patch", number(2)),
        ])
        return (try Self.render(template.pattern, in: expressions), true)
    }

    private func match(
        _ pattern: String,
        group: String,
        value: String,
        warnings: inout [RuleWarning]
    ) throws(TagRuleError) -> Value? {
        guard let text = try versionText(value) else { return nil }
        guard let groups = try JavaScriptPattern(delimited: pattern).firstMatch(in: text) else {
            warnings.append(RuleWarning(description: "\(pattern) does not match \(text)."))
            return nil
        }
        guard let index = Int(group), "\(index)" == group, groups.indices.contains(index), let found = groups[index]
        else {
            let problem = "Group \(group) does not exist for \(pattern) pattern."
            warnings.append(RuleWarning(description: problem))
            return nil
        }
        return (found, true)
    }

    /// The version as the action's library for PEP 440 writes it: with commas in the local version.
    private static func cleaned(_ version: PythonVersion) -> String {
        version.publicText + (version.local.isEmpty ? "" : "+" + version.local.joined(separator: ","))
    }

    private static func isLoneRaw(_ pattern: String) -> Bool {
        (try? HandlebarsTemplate(parsing: pattern))?.isLoneExpression("raw") ?? false
    }
}
