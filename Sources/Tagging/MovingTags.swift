package import OCI
package import Versioning

/// The rule of moving tags: where each one belongs is a pure function of the released versions.
package struct MovingTags: Sendable {
    /// Where a moving tag belongs.
    package struct Place: Hashable, Sendable {
        package let tag: Tag
        /// The name of the rule that asks for the tag.
        package let rule: String
        /// The version that the tag must hold: the highest release of its line; nil where all of them are yanked.
        package let version: Version?
        /// The tag that names that version; nil where no repository's tag is known to.
        package let versionTag: Tag?
        /// Whether the policy holds the tag on its version.
        package let isHeld: Bool
        /// Versions of the line that the policy yanked.
        package let yanked: Set<Version>
    }

    /// Each moving tag's place; a tag that the policy holds has one also where it is no line's.
    package let places: [Tag: Place]

    /// Works out where the moving tags of some series belong.
    ///
    /// The order in which the versions were released does not matter, and development versions do not count.
    ///
    /// - Parameters:
    ///   - released: the released versions.
    ///   - variants: the variants whose tags are asked for.
    ///   - naming: what versions are called.
    /// - Throws: `TaggingError` where two versions map to one tag.
    package init(
        released: ReleasedVersions,
        variants: [Variant],
        naming: TagNaming
    ) throws(TaggingError) {
        let lines = naming.policy.lines
        var places: [Tag: Place] = [:]
        for affix in variants.flatMap(\.series) {
            // In an order, so that of several errors it is always the same one that is told.
            for (line, versions) in try Self.lines(released, in: affix, naming: naming).sorted(by: Self.isBefore) {
                let candidates = versions.keys.filter { !lines.yanked.contains($0) }
                let held = lines.held[line.tag]
                let version = held ?? candidates.max()
                let place = Place(
                    tag: line.tag,
                    rule: line.rule,
                    version: version,
                    versionTag: version.flatMap { version in
                        versions[version] ?? released.versions(in: line.series, of: affix)[version] ?? nil
                    },
                    isHeld: held != nil,
                    yanked: Set(versions.keys).intersection(lines.yanked)
                )
                if let other = places[line.tag] {
                    // Two rules may say the same, but not something different.
                    guard other.version == place.version else {
                        throw .sameTag(line.tag, rules: [other.rule, line.rule])
                    }
                } else {
                    places[line.tag] = place
                }
            }
        }
        if variants.contains(where: { $0.series.contains(.none) }) {
            for (tag, version) in lines.held where places[tag] == nil {
                places[tag] = Place(holding: tag, on: version, released: released)
            }
        }
        self.places = places
    }

    static func isBefore(
        _ left: (key: TagNaming.NamedTag, value: [Version: Tag?]),
        _ right: (key: TagNaming.NamedTag, value: [Version: Tag?])
    ) -> Bool {
        (left.key.tag, left.key.rule) < (right.key.tag, right.key.rule)
    }

    /// The lines of a series, each with the versions that take part in it.
    static func lines(
        _ released: ReleasedVersions,
        in affix: Affix,
        naming: TagNaming
    ) throws(TaggingError) -> [TagNaming.NamedTag: [Version: Tag?]] {
        var lines: [TagNaming.NamedTag: [Version: Tag?]] = [:]
        var names: [Tag: Version] = [:]
        var seriesVersions: [Affix: [Version: Tag?]] = [:]
        for placed in naming.rules where placed.rule.isAboutVersions {
            let series = placed.series(in: affix)
            if seriesVersions[series] == nil { seriesVersions[series] = released.versions(in: series, of: affix) }
        }
        for (series, versions) in seriesVersions {
            for (version, tag) in versions.sorted(by: { $0.key < $1.key }) where !version.isDevelopment {
                let tags = try naming.versionTags(of: version, in: affix)
                for line in tags.lines where line.series == series { lines[line, default: [:]][version] = tag }
                for own in tags.names where own.series == series {
                    if let other = names[own.tag], other != version {
                        throw .sameTagOfVersions(own.tag, [other, version].sorted())
                    }
                    names[own.tag] = version
                }
            }
        }
        for (line, versions) in lines {
            if let version = names[line.tag], let other = versions.keys.filter({ $0 != version }).min() {
                throw .sameTagOfVersions(line.tag, [other, version].sorted())
            }
        }
        return lines
    }
}

extension MovingTags.Place {
    /// The place of a tag that is held without being a line's.
    fileprivate init(holding tag: Tag, on version: Version, released: ReleasedVersions) {
        self.init(
            tag: tag,
            rule: "hold",
            version: version,
            versionTag: released.versions(in: .none, of: .none)[version] ?? nil,
            isHeld: true,
            yanked: []
        )
    }
}
