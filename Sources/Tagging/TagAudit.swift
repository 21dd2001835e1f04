package import OCI
package import Versioning

/// Whether every moving version tag of a repository is where the rule says.
package struct TagAudit: Hashable, Sendable {
    /// One moving tag: where it belongs and what it holds.
    package struct Finding: Hashable, Sendable {
        package let tag: Tag
        package let rule: TagRule
        /// The release that the tag must hold.
        package let expected: SemanticVersion
        package let expectedDigest: Digest?
        /// What the tag holds; nil where it does not exist.
        package let actualDigest: Digest?
        /// The release that the tag holds now, where it is one that was read.
        package let actual: SemanticVersion?

        package var isInPlace: Bool { expectedDigest != nil && expectedDigest == actualDigest }

        /// What is wrong, as a sentence; nil where nothing is.
        package var drift: String? {
            if isInPlace { return nil }
            guard expectedDigest != nil else { return "\(expected) disappeared while it was read" }
            guard let actualDigest else { return "\(tag) does not exist; it must hold \(expected)" }
            return "\(tag) holds \(actual?.description ?? actualDigest.abbreviated); it must hold \(expected)"
        }
    }

    package let name: String
    /// One finding for each moving tag, in the order of the tags' lines.
    package let findings: [Finding]

    /// The tags whose digests an audit compares: every moving tag, and every release that one of them must hold.
    ///
    /// - Throws: `TaggingError` where a line's tag is illegal.
    package static func tagsToRead(existing: Set<Tag>, rules: [TagRule]) throws(TaggingError) -> Set<Tag> {
        var needed: Set<Tag> = []
        for (line, version) in desired(existing, rules) {
            needed.insert(try line.tag())
            needed.insert(try version.tag())
        }
        return needed.intersection(existing)
    }

    /// Compares a repository with the rule.
    ///
    /// - Parameters:
    ///   - name: the repository as people write it.
    ///   - existing: all its tags.
    ///   - digests: what the tags of `tagsToRead` hold.
    ///   - rules: the tag rules in force.
    /// - Throws: `TaggingError` where a line's tag is illegal.
    package init(
        name: String,
        existing: Set<Tag>,
        digests: [Tag: Digest],
        rules: [TagRule]
    ) throws(TaggingError) {
        self.name = name
        let versionsByDigest = Dictionary(
            digests.compactMap { tag, digest in SemanticVersion(named: tag).map { (digest, $0) } },
            uniquingKeysWith: max
        )
        var findings: [Finding] = []
        for (line, version) in Self.desired(existing, rules) {
            let tag = try line.tag()
            findings.append(
                Finding(
                    tag: tag,
                    rule: line.rule,
                    expected: version,
                    expectedDigest: digests[try version.tag()],
                    actualDigest: digests[tag],
                    actual: digests[tag].flatMap { versionsByDigest[$0] }
                )
            )
        }
        self.findings = findings
    }

    package var drift: [Finding] { findings.filter { !$0.isInPlace } }

    /// Lines and their highest releases; lowest release first, and the narrowest line first among equals.
    private static func desired(_ existing: Set<Tag>, _ rules: [TagRule]) -> [(ReleaseLine, SemanticVersion)] {
        let versions = MovingTags.releasedVersions(in: existing)
        return MovingTags.desired(for: versions, rules: rules)
            .map { ($0.key, $0.value) }
            .sorted { ($0.1, $0.0.breadth) < ($1.1, $1.0.breadth) }
    }
}

extension ReleaseLine {
    /// Narrow lines sort before wide ones.
    fileprivate var breadth: Int {
        switch self {
        case .channel: 0
        case .minor: 1
        case .major: 2
        case .latest: 3
        }
    }
}
