package import OCI
package import Versioning

/// Whether every moving version tag of a repository is where the rule says.
package struct TagAudit: Hashable, Sendable {
    /// One moving tag: where it belongs and what it holds.
    package struct Finding: Hashable, Sendable {
        package let tag: Tag
        /// The preset's name or the rule line that asks for the tag.
        package let rule: String
        /// The release that the tag must hold; nil where all of its line are yanked.
        package let expected: Version?
        package let expectedDigest: Digest?
        /// What the tag holds; nil where it does not exist.
        package let actualDigest: Digest?
        /// The release that the tag holds now, where it is one that was read.
        package let actual: Version?

        package var isInPlace: Bool {
            expected == nil ? actualDigest == nil : expectedDigest != nil && expectedDigest == actualDigest
        }

        /// What is wrong, as a sentence; nil where nothing is.
        package var drift: String? {
            if isInPlace { return nil }
            let held = actual?.description ?? actualDigest?.abbreviated
            guard let expected else {
                return "\(tag) holds \(held ?? "nothing"), and every release of its line is yanked"
            }
            guard expectedDigest != nil else { return "\(expected), which \(tag) must hold, is not in the repository" }
            guard let held else { return "\(tag) does not exist; it must hold \(expected)" }
            return "\(tag) holds \(held); it must hold \(expected)"
        }
    }

    package let name: String
    /// One finding for each moving tag: lowest release first, and the narrowest line first among equals.
    package let findings: [Finding]

    /// The tags whose digests an audit compares: every moving tag, and every release that one of them must hold.
    package static func tagsToRead(existing: Set<Tag>, places: [Tag: MovingTags.Place]) -> Set<Tag> {
        var needed: Set<Tag> = []
        for place in places.values {
            needed.insert(place.tag)
            if let winner = place.versionTag { needed.insert(winner) }
        }
        return needed.intersection(existing)
    }

    /// Where a repository's moving tags belong.
    ///
    /// - Parameters:
    ///   - existing: every tag of the repository.
    ///   - gitVersions: the versions that git tags name; nil where they are not asked for.
    ///   - evidence: what is to be believed.
    ///   - naming: what versions are called.
    /// - Returns: the places, of all variants.
    /// - Throws: `TaggingError` where a tag is illegal, or two versions have the same one.
    package static func places(
        existing: Set<Tag>,
        gitVersions: Set<Version>? = nil,
        evidence: Evidence = .registry,
        naming: TagNaming
    ) throws(TaggingError) -> [Tag: MovingTags.Place] {
        let inside = existing.sorted().lazy.compactMap { naming.policy.scheme.version(named: $0.name) }
        return try TargetEvidence(
            existing: existing,
            version: inside.first ?? gitVersions?.max(),
            gitVersions: gitVersions,
            evidence: evidence,
            variants: naming.policy.allVariants,
            naming: naming
        ).places
    }

    /// Compares a repository with the rule.
    ///
    /// - Parameters:
    ///   - name: the repository as people write it.
    ///   - places: where its moving tags belong.
    ///   - digests: what the tags of `tagsToRead` hold.
    package init(name: String, places: [Tag: MovingTags.Place], digests: [Tag: Digest]) {
        self.name = name
        let versionsByDigest = Dictionary(
            places.values.compactMap { place -> (Digest, Version)? in
                guard let version = place.version, let tag = place.versionTag, let digest = digests[tag] else {
                    return nil
                }
                return (digest, version)
            },
            uniquingKeysWith: max
        )
        findings = places.values.sorted(by: Self.isBefore).map { place in
            Finding(
                tag: place.tag,
                rule: place.rule,
                expected: place.version,
                expectedDigest: place.versionTag.flatMap { digests[$0] },
                actualDigest: digests[place.tag],
                actual: digests[place.tag].flatMap { versionsByDigest[$0] }
            )
        }
    }

    package var drift: [Finding] { findings.filter { !$0.isInPlace } }

    private static func isBefore(_ left: MovingTags.Place, _ right: MovingTags.Place) -> Bool {
        switch (left.version, right.version) {
        case (let first?, let second?) where first != second: return first < second
        case (nil, .some): return true
        case (.some, nil): return false
        default: break
        }
        // Narrow lines have long names; those without a number are the widest.
        let lengths = (left.tag.breadth, right.tag.breadth)
        return lengths.0 == lengths.1 ? left.tag < right.tag : lengths.0 < lengths.1
    }
}

extension Tag {
    /// How wide the line is, as far as the name of its tag tells.
    var breadth: Int {
        let numbers = name.prefix { $0.isNumber || $0 == "." }.split(separator: ".").count
        return numbers == 0 ? Int.max : -numbers
    }
}
