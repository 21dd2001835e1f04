package import OCI
package import Versioning

/// The rule of moving tags: where each one belongs is a pure function of the released versions.
package enum MovingTags {
    /// The version that each moving tag must hold: the highest released version of its line.
    ///
    /// The order in which the versions were released does not matter, and development versions do not count.
    package static func desired(
        for versions: some Sequence<SemanticVersion>,
        rules: [TagRule]
    ) -> [ReleaseLine: SemanticVersion] {
        var highest: [ReleaseLine: SemanticVersion] = [:]
        for version in versions {
            for line in ReleaseLine.lines(of: version, rules: rules) where highest[line].map({ $0 < version }) ?? true {
                highest[line] = version
            }
        }
        return highest
    }

    /// The released versions that a repository's tags name.
    package static func releasedVersions(in tags: some Sequence<Tag>) -> Set<SemanticVersion> {
        Set(tags.compactMap(SemanticVersion.init(named:)).filter { !$0.isDevelopment })
    }
}
