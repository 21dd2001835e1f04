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
    ///   - version: the version that the run is about; it counts as released where `isReleased`.
    ///   - isReleased: whether the run releases it.
    ///   - gitVersions: the versions that git tags name; nil where they are not asked for.
    ///   - policy: the rules in force.
    ///   - naming: what versions are called.
    /// - Throws: `TaggingError`.
    package init(
        existing: Set<Tag>,
        version: Version,
        isReleased: Bool,
        gitVersions: Set<Version>?,
        policy: ReleasePolicy,
        naming: TagNaming
    ) throws(TaggingError) {
        let registry = try ReleasedVersions(in: existing, naming: naming, own: version)
        var released = registry
        if let gitVersions, policy.evidence != .registry {
            released = registry.joined(
                with: gitVersions,
                keepingOthers: policy.evidence == .both,
                variant: policy.variant,
                naming: naming
            )
        }
        if isReleased {
            for affix in policy.variant.series {
                for name in try naming.versionTags(of: version, in: affix).names {
                    released.add([version], to: name.series) { _ in name.tag }
                }
            }
        }
        self.released = released
        places = try MovingTags(released: released, variants: [policy.variant], naming: naming).places
        disagreement =
            policy.evidence == .both
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

    private static func disagreement(registry: Set<Version>, git: Set<Version>, own: Version) -> String? {
        func list(_ versions: Set<Version>) -> String {
            let sorted = versions.sorted(by: >)
            let shown = sorted.prefix(5).map(\.text).joined(separator: ", ")
            return sorted.count > 5 ? "\(shown) and \(sorted.count - 5) more" : shown
        }
        let onlyGit = git.subtracting(registry).subtracting([own])
        let onlyRegistry = registry.subtracting(git).subtracting([own])
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

    /// The versions that git knows, in every series of a variant, with the tags that the repository has for them.
    fileprivate func joined(
        with gitVersions: Set<Version>,
        keepingOthers: Bool,
        variant: Variant,
        naming: TagNaming
    ) -> ReleasedVersions {
        var joined = keepingOthers ? self : ReleasedVersions()
        for affix in variant.series {
            for placed in naming.rules where placed.rule.isAboutVersions {
                let known = placed.series(in: affix)
                joined.add(gitVersions, to: known) { version in self.series[known]?[version] ?? nil }
            }
        }
        return joined
    }
}
