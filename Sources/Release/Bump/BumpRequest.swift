package import Versioning

/// What the next version is to be.
package struct BumpRequest: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        /// What the commits since the last release ask for.
        case automatic
        case level(BumpLevel)
        case exactly(SemanticVersion)
    }

    package var target: Target
    /// The channel of a prerelease, such as `rc`; nil for a stable version.
    package var channel: String?
    /// Build metadata, without the `+`.
    package var buildMetadata: String?
    /// Whether an exact version may be lower than the last one.
    package var isForced: Bool

    package init(
        _ target: Target,
        channel: String? = nil,
        buildMetadata: String? = nil,
        isForced: Bool = false
    ) {
        self.target = target
        self.channel = channel
        self.buildMetadata = buildMetadata
        self.isForced = isForced
    }
}
