/// A preset rule, each of which gives an image at most one tag.
package enum TagRule: String, CaseIterable, Sendable, Codable {
    /// The full version, `2.1.106`.
    case version
    /// The line of a minor version, `2.1`.
    case minor
    /// The line of a major version, `2`; not for 0.x.
    case major
    /// The highest stable release.
    case latest
    /// The channel of a prerelease, `rc` or `beta`.
    case channel
    /// The commit's short hash.
    case sha
    /// The day of the commit, `20260710`.
    case date

    /// The rules in force where the configuration names none.
    package static let defaults: [TagRule] = allCases

    /// Whether a tag of this rule may ever point to another image.
    package var tagClass: TagClass {
        switch self {
        case .version, .sha: .immutable
        case .minor, .major, .latest, .channel, .date: .moving
        }
    }
}

/// Whether a tag stays on one image or follows releases.
package enum TagClass: String, Sendable, Codable {
    case immutable, moving
}
