package import OCI
package import Versioning

/// What is released on one repository, and where that puts its moving tags.
package struct TargetEvidence: Sendable {
    package let places: [Tag: MovingTags.Place]
    /// What git and the repository tell differently, as a sentence; nil where they agree or only one is asked.
    package let disagreement: String?
    private let released: ReleasedVersions

    /// Reads the evidence.
    ///
    /// - Parameters:
    ///   - existing: every tag of the repository.
    ///   - version: a version of the project, such as the one that the run is about; nil where there is none at hand.
    ///   - isReleased: whether it counts as released, since the run releases it.
    ///   - gitVersions: the versions that git tags name; nil where they are not asked for.
    ///   - evidence: what is to be believed.
    ///   - variants: the variants whose tags are asked for.
    ///   - naming: what versions are called.
    /// - Throws: `TaggingError`.
    package init(
        existing: Set<Tag>,
        version: Version?,
        isReleased: Bool = false,
        gitVersions: Set<Version>?,
        evidence: Evidence,
        variants: [Variant],
        naming: TagNaming
    ) throws(TaggingError) {
        let registry = try ReleasedVersions(in: existing, naming: naming, own: version)
        var released = registry
        if let gitVersions, evidence != .registry {
            // A git tag of the run's own version may well come after it.
            let own: Set<Version> = isReleased ? Set(version.map { [$0] } ?? []) : []
            released = registry.joined(
                with: gitVersions.union(own),
                keepingOthers: evidence == .both,
                variants: variants,
                naming: naming
            )
        }
        if isReleased, let version {
            for affix in variants.flatMap(\.series) {
                for name in try naming.versionTags(of: version, in: affix).names {
                    released.add([version], to: name.series) { _ in name.tag }
                }
            }
        }
        self.released = released
        places = try MovingTags(released: released, variants: variants, naming: naming).places
        disagreement =
            evidence == .both
            ? Self.disagreement(
                registry: Set(registry.all.filter { !$0.isDevelopment }),
                git: Set((gitVersions ?? []).filter { !$0.isDevelopment }),
                own: version
            ) : nil
    }

    /// The tags whose images a plan needs to know besides the run's own.
    package func tagsToRead(for tags: Set<Tag>) -> Set<Tag> {
        var needed: Set<Tag> = []
        for place in places.values where tags.contains(place.tag) || place.isException {
            needed.insert(place.tag)
            if let winner = place.versionTag { needed.insert(winner) }
            for version in place.yanked { needed.formUnion(released.tags(of: version)) }
        }
        return needed
    }

    /// The tags that hold a version which the policy yanked.
    func tags(ofYanked place: MovingTags.Place) -> Set<Tag> {
        place.yanked.reduce(into: []) { $0.formUnion(released.tags(of: $1)) }
    }

    private static func disagreement(registry: Set<Version>, git: Set<Version>, own: Version?) -> String? {
        func list(_ versions: Set<Version>) -> String {
            let sorted = versions.sorted(by: >)
            let shown = sorted.prefix(5).map(\.text).joined(separator: ", ")
            return sorted.count > 5 ? "\(shown) and \(sorted.count - 5) more" : shown
        }
        let onlyGit = git.subtracting(registry).filter { $0 != own }
        let onlyRegistry = registry.subtracting(git).filter { $0 != own }
        var parts: [String] = []
        if !onlyGit.isEmpty { parts.append("only git has \(list(onlyGit))") }
        if !onlyRegistry.isEmpty { parts.append("only the repository has \(list(onlyRegistry))") }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}

extension MovingTags.Place {
    /// Whether the policy makes an exception for this tag, which the next run has to carry out.
    var isException: Bool { isHeld || !yanked.isEmpty }
}

extension ReleasedVersions {
    /// The tags that hold a version, in every series.
    func tags(of version: Version) -> Set<Tag> {
        Set(series.values.compactMap { $0[version] ?? nil })
    }

    /// The versions that git knows, in every series of some variants, with the tags that the repository has for them.
    fileprivate func joined(
        with gitVersions: Set<Version>,
        keepingOthers: Bool,
        variants: [Variant],
        naming: TagNaming
    ) -> ReleasedVersions {
        var joined = keepingOthers ? self : ReleasedVersions()
        for affix in variants.flatMap(\.series) {
            for placed in naming.rules where placed.rule.isAboutVersions {
                let known = placed.series(in: affix)
                joined.add(gitVersions, to: known) { version in self.series[known]?[version] ?? nil }
            }
        }
        return joined
    }
}
