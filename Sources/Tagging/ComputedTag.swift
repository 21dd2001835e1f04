package import OCI
package import Versioning

/// The commit that an image is made from, as far as tags and labels need it.
package struct CommitFacts: Hashable, Sendable {
    /// The full hash, 40 hexadecimal characters.
    package let hash: String
    /// The first characters of the hash, of a fixed length.
    package let shortHash: String
    /// The commit's own date, or `SOURCE_DATE_EPOCH`.
    package let date: Timestamp

    package init(hash: String, shortHash: String, date: Timestamp) {
        self.hash = hash
        self.shortHash = shortHash
        self.date = date
    }
}

/// A tag that an image should carry, with the rule that asks for it.
package struct ComputedTag: Hashable, Sendable {
    package let tag: Tag
    /// The preset's name or the rule line.
    package let rule: String
    package let movement: TagMovement
    /// Whether the tag stands for the version alone.
    package let namesVersion: Bool

    package var tagClass: TagClass { movement.tagClass }
}

extension TagNaming {
    /// The whole tag set of a release, as a variant carries it: series by series, in the order of the rules.
    ///
    /// - Throws: `TaggingError` where a tag is illegal or two rules give the same one.
    package func tags(of version: Version, variant: Variant) throws(TaggingError) -> [ComputedTag] {
        try tags(variant) { affix throws(TaggingError) in
            var tags: [ComputedTag] = []
            let own = try versionTags(of: version, in: affix)
            for rule in rules.map(\.rule) {
                tags += own.names.filter { $0.rule == rule.name }.map { entry in
                    ComputedTag(tag: entry.tag, rule: rule.name, movement: .fixed, namesVersion: true)
                }
                tags += own.lines.filter { $0.rule == rule.name }.map { line in
                    ComputedTag(tag: line.tag, rule: rule.name, movement: .line, namesVersion: false)
                }
                if let tag = try commitTag(rule, in: affix, version: version) { tags.append(tag) }
            }
            // The one that the flavor adds.
            for line in own.lines where !tags.contains(where: { $0.tag == line.tag }) {
                tags.append(ComputedTag(tag: line.tag, rule: line.rule, movement: .line, namesVersion: false))
            }
            return tags
        }
    }

    /// The tag set of a snapshot: its development version, and the tags of its commit, which stand for no release.
    ///
    /// - Throws: `TaggingError` where a tag is illegal or two rules give the same one.
    package func snapshotTags(of development: Version, variant: Variant) throws(TaggingError) -> [ComputedTag] {
        try tags(variant) { affix throws(TaggingError) in
            var tags: [ComputedTag] = []
            for rule in rules.map(\.rule) {
                if case .line(.version) = rule.kind {
                    let name = try versionTags(of: development, in: affix).names.first { $0.rule == rule.name }
                    if let name {
                        tags.append(ComputedTag(tag: name.tag, rule: rule.name, movement: .fixed, namesVersion: true))
                    }
                } else if let tag = try commitTag(rule, in: affix, version: development) {
                    tags.append(tag)
                }
            }
            return tags
        }
    }

    /// Checks that moving tags have evidence to follow.
    ///
    /// - Throws: `TaggingError.noEvidence` where the registry is to tell what is released, and no rule writes it there.
    package static func requireEvidence(for tags: [ComputedTag], _ evidence: Evidence) throws(TaggingError) {
        guard evidence == .registry, !tags.contains(where: \.namesVersion),
            let line = tags.first(where: { $0.movement == .line })
        else { return }
        throw .noEvidence(rule: line.rule)
    }

    /// The tag that a rule makes from the commit or the build alone; nil for a rule about versions.
    private func commitTag(
        _ rule: TagRule,
        in affix: Affix,
        version: Version
    ) throws(TaggingError) -> ComputedTag? {
        if rule.isAboutVersions { return nil }
        var warnings: [RuleWarning] = []
        let outcome: RuleOutcome?
        do {
            var context = context
            context.facts["version"] = version.text
            outcome = try context.outcome(of: rule, flavor: policy.flavor, warnings: &warnings)
        } catch {
            throw .rule(rule.name, error)
        }
        guard let text = outcome?.text else { return nil }
        return ComputedTag(
            tag: try Tag(affix.around(text), rule: rule.name),
            rule: rule.name,
            movement: try movement(of: rule, text: text),
            namesVersion: false
        )
    }

    private func movement(of rule: TagRule, text: String) throws(TaggingError) -> TagMovement {
        switch rule.kind {
        case .sha: return .fixed
        case .ref(.branch), .edge: return .head
        case .line, .ref(.tag): return .line
        case .semver, .pep440, .match:
            let value: String
            do {
                value = try context.expand(rule.ownValue ?? "")
            } catch {
                throw .rule(rule.name, error)
            }
            // What is released of such a value nobody knows, so that a part of it can only go to the newest image.
            let bare = value.hasPrefix("v") ? String(value.dropFirst()) : value
            return text.contains(RuleContext.sanitized(bare)) ? .fixed : .newest
        case .schedule, .ref(.pullRequest): return .newest
        case .raw(let value):
            // A text that names the commit or the version belongs to this image alone.
            let names = (try? HandlebarsTemplate(parsing: value))?.names ?? []
            return names.isDisjoint(with: RuleContext.namesOfOneImage) ? .newest : .fixed
        }
    }

    private func tags(
        _ variant: Variant,
        _ tagsOfSeries: (Affix) throws(TaggingError) -> [ComputedTag]
    ) throws(TaggingError) -> [ComputedTag] {
        var tags: [ComputedTag] = []
        for affix in variant.series {
            for tag in try tagsOfSeries(affix) {
                if let earlier = tags.first(where: { $0.tag == tag.tag }) {
                    // Rule lines may well say the same thing twice; presets may not.
                    if earlier.movement == tag.movement, earlier.rule != tag.rule, tag.rule.contains("=") { continue }
                    throw .sameTag(tag.tag, rules: [earlier.rule, tag.rule])
                }
                tags.append(tag)
            }
        }
        return tags
    }
}
