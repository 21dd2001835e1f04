/// A commit as the history tells it: what was changed, by whom and when.
package struct CommitRecord: Hashable, Sendable {
    /// The commit's whole hash.
    package let hash: String
    /// The hashes of its parents; more than one for a merge.
    package let parents: [String]
    package let authorName: String
    package let authorEmail: String
    /// When it was committed, in seconds since 1970 UTC.
    package let secondsSinceEpoch: Int64
    /// The whole message.
    package let message: String

    package init(
        hash: String,
        parents: [String] = [],
        authorName: String = "",
        authorEmail: String = "",
        secondsSinceEpoch: Int64 = 0,
        message: String
    ) {
        self.hash = hash
        self.parents = parents
        self.authorName = authorName
        self.authorEmail = authorEmail
        self.secondsSinceEpoch = secondsSinceEpoch
        self.message = message
    }

    /// The hash as people write it.
    package var shortHash: String { String(hash.prefix(7)) }
}
