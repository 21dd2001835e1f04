import OCI
package import Versioning

/// The git tags that follow the releases, such as `v2` and `v2.1`, and where a release puts them.
///
/// They obey the rule of an image's moving tags: each stands for the highest release of its line, whatever the order
/// in which versions are released; exceptions are those of the policy.
package struct MovingGitTags: Hashable, Sendable {
    /// A sort of line that has git tags.
    package enum Line: String, CaseIterable, Sendable {
        case major, minor

        fileprivate var rule: TagRule.VersionLine {
            switch self {
            case .major: .major
            case .minor: .minor
            }
        }
    }

    /// Where one tag belongs.
    package struct Place: Hashable, Sendable {
        /// The tag's name, with the prefix of the project's git tags.
        package let name: String
        /// The highest release of the line.
        package let version: Version
    }

    /// The tags of the lines that the released version is in, narrowest first; none for a prerelease.
    package let places: [Place]
    private let released: Version

    /// Works out where the tags of one version's lines belong.
    ///
    /// - Parameters:
    ///   - version: the version that is released.
    ///   - earlier: what is released already.
    ///   - lines: which lines have tags.
    ///   - policy: how versions are written, and the exceptions.
    package init(
        releasing version: Version,
        after earlier: [Version],
        lines: Set<Line>,
        policy: TagPolicy
    ) {
        released = version
        func names(_ version: Version) -> [String] {
            Line.allCases.reversed().filter { lines.contains($0) }
                .flatMap { policy.lines.names(of: version, for: $0.rule) }
        }
        let candidates = (earlier + [version]).filter { !policy.lines.yanked.contains($0) }
        let held = Dictionary(uniqueKeysWithValues: policy.lines.held.map { ($0.key.name, $0.value) })
        places = names(version).compactMap { name in
            let highest = held[name] ?? candidates.filter { names($0).contains(name) }.max()
            return highest.map { Place(name: policy.gitTags.name(of: name), version: $0) }
        }
    }

    /// The tags that the release takes.
    package var taken: [Place] { places.filter { $0.version == released } }

    /// The tags that stay with another version, which is higher or held.
    package var withheld: [Place] { places.filter { $0.version != released } }
}
