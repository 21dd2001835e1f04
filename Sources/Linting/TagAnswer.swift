package import OCI

/// What a registry says of a tag.
package enum TagAnswer: Hashable, Sendable {
    /// The digest of what it holds, and those of the single-platform images in it, as far as they were asked for.
    case holds(Digest, members: Set<Digest>)
    case missing
    /// It did not say, for a reason.
    case unread(String)

    /// Whether the tag holds what is pinned: the image itself, or one of its platforms.
    func includes(_ pinned: Digest) -> Bool {
        guard case .holds(let digest, let members) = self else { return false }
        return digest == pinned || members.contains(pinned)
    }
}
