/// Which tags, and under which rules, a run may write.
package struct ReleasePolicy: Hashable, Sendable {
    package var tags: TagPolicy
    /// The variant that the image is.
    package var variant: Variant
    package var evidence: Evidence
    package var heads: HeadMovement
    package var mode: ReleaseMode
    /// Whether a commit may replace its own image under its own tags.
    package var rebuild: Bool

    package init(
        tags: TagPolicy = TagPolicy(),
        variant: Variant = .only,
        evidence: Evidence = .registry,
        heads: HeadMovement = .forward,
        mode: ReleaseMode = .auto,
        rebuild: Bool = false
    ) {
        self.tags = tags
        self.variant = variant
        self.evidence = evidence
        self.heads = heads
        self.mode = mode
        self.rebuild = rebuild
    }
}

/// What tells which versions are released.
package enum Evidence: String, CaseIterable, Sendable, Codable {
    /// The version tags of each repository.
    case registry
    /// The git tags.
    case git
    /// Both: what either one knows is released.
    case both
}

/// Where tags of branches may go.
package enum HeadMovement: String, CaseIterable, Sendable, Codable {
    /// To commits that come after the one they hold.
    case forward
    /// Anywhere.
    case any
}
