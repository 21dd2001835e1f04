import OCI
package import Versioning

/// The versions that are released, in each series of tags, and the tag that names each.
package struct ReleasedVersions: Sendable {
    /// By series: the versions in it, with the tag that holds each; nil for one that only git knows.
    private(set) var series: [Affix: [Version: Tag?]] = [:]
    /// The version that each tag names; more tags than one may name the same.
    private(set) var versionsByTag: [Tag: Version] = [:]

    /// What a rule's version tags look like: what stands around the version, and the series they count for.
    private struct Shape {
        let affix: Affix
        let variantSeries: Affix
        let placed: TagNaming.PlacedRule

        var series: Affix { placed.series(in: variantSeries) }
    }

    /// The series in which some rule names versions, by the series of the variant.
    private var named: [Affix: Set<Affix>] = [:]

    /// No versions.
    init() {}

    /// Reads the versions out of a repository's tags.
    ///
    /// A tag that fits several series, such as `2.1.0-slim-bookworm`, belongs to the one with the longest affix.
    ///
    /// - Throws: `TaggingError`.
    init(in tags: some Sequence<Tag>, naming: TagNaming, own version: Version?) throws(TaggingError) {
        let shapes = try Self.shapes(naming, own: version).sorted { $0.affix.length > $1.affix.length }
        // In an order, so that where two rules name a version it is always the same tag that stands for it.
        for tag in tags.sorted() {
            for shape in shapes {
                guard let name = shape.affix.name(in: tag.name), let found = naming.policy.scheme.version(named: name)
                else { continue }
                // Only what the rule makes of the version is its tag.
                guard case .fixed(let text)? = try naming.naming(of: found, by: shape.placed)?.naming,
                    shape.variantSeries.around(text) == tag.name
                else { continue }
                versionsByTag[tag] = found
                if series[shape.series]?[found] == nil { series[shape.series, default: [:]][found] = tag }
                break
            }
        }
        for shape in shapes { named[shape.variantSeries, default: []].insert(shape.series) }
        if case .custom = naming.policy.scheme { dropLines() }
    }

    /// Where versions may leave a number out, `17` is the line of `17.5` and no release.
    private mutating func dropLines() {
        for (affix, versions) in series {
            let lines = Set(versions.keys.flatMap(\.lineNames))
            series[affix] = versions.filter { !lines.contains($0.key.text) }
            for (version, tag) in versions where lines.contains(version.text) {
                if let tag { versionsByTag[tag] = nil }
            }
        }
    }

    private static func shapes(_ naming: TagNaming, own version: Version?) throws(TaggingError) -> [Shape] {
        let probes = naming.policy.scheme.examples + (version.map { [$0] } ?? [])
        var shapes: [Shape] = []
        for placed in naming.rules where placed.rule.isAboutVersions {
            // What stands around versions by this rule: it may differ between releases and prereleases.
            var affixes: Set<Affix> = []
            for probe in probes {
                guard case .fixed(let text)? = try naming.naming(of: probe, by: placed)?.naming,
                    let place = text.firstRange(of: probe.tagName)
                else { continue }
                affixes.insert(
                    Affix(prefix: String(text[..<place.lowerBound]), suffix: String(text[place.upperBound...]))
                )
            }
            for variantSeries in naming.policy.allVariants.flatMap(\.series) {
                shapes += affixes.map { inner in
                    Shape(affix: variantSeries.around(inner), variantSeries: variantSeries, placed: placed)
                }
            }
        }
        return shapes
    }

    /// The versions that decide the lines of a series.
    ///
    /// - Parameters:
    ///   - affix: the series.
    ///   - variantSeries: the series of the variant that it is in.
    /// - Returns: the versions in it; where no rule names versions in it, those of its neighbours.
    func versions(in affix: Affix, of variantSeries: Affix) -> [Version: Tag?] {
        if named[variantSeries]?.contains(affix) ?? false || series[affix] != nil { return series[affix] ?? [:] }
        return (named[variantSeries] ?? []).reduce(into: [:]) { all, neighbour in
            all.merge(series[neighbour] ?? [:]) { first, _ in first }
        }
    }

    /// Adds versions to a series; a tag that is known already stays.
    mutating func add(_ versions: some Sequence<Version>, to affix: Affix, tag: (Version) -> Tag?) {
        for version in versions where series[affix]?[version] == nil {
            series[affix, default: [:]][version] = tag(version)
        }
    }

    /// All versions, of every series.
    package var all: Set<Version> { Set(series.values.flatMap(\.keys)) }
}
