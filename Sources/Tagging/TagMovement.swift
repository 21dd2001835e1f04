/// How a tag may come to hold another image.
package enum TagMovement: Hashable, Sendable {
    /// Never: it names one version or one commit.
    case fixed
    /// To the highest release of its line.
    case line
    /// Forward along the history of its branch.
    case head
    /// To an image that is not older.
    case newest

    package var tagClass: TagClass { self == .fixed ? .immutable : .moving }
}

/// Whether a tag stays on one image or follows releases.
package enum TagClass: String, Sendable, Codable {
    case immutable, moving
}
