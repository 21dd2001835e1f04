package import OCI
package import Versioning

/// The release that a build follows: what it most likely shares its layers with.
package struct LastRelease: Hashable, Sendable {
    package let version: Version
    package let tag: Tag

    /// Finds it among a repository's tags: the highest release up to a version on its narrowest line that has one.
    ///
    /// It is nil where the repository holds none.
    ///
    /// - Parameters:
    ///   - version: the version that is built.
    ///   - tags: the repository's tags.
    ///   - variant: the variant that is built.
    ///   - naming: what versions are called.
    /// - Throws: `TaggingError`.
    package init?(
        before version: Version,
        in tags: some Sequence<Tag>,
        variant: Variant,
        naming: TagNaming
    ) throws(TaggingError) {
        guard let series = variant.series.first else { return nil }
        let released = try ReleasedVersions(in: tags, naming: naming, own: version).versions(in: series, of: series)
        let candidates = released.filter { other, _ in
            other <= version && !other.isDevelopment && !naming.policy.lines.yanked.contains(other)
        }
        for line in version.lineNames.reversed() + [""] {
            let onLine = candidates.filter { line.isEmpty || $0.key.lineNames.contains(line) }
            guard let best = onLine.max(by: { $0.key < $1.key }), let tag = best.value else { continue }
            self.version = best.key
            self.tag = tag
            return
        }
        return nil
    }
}
