package import Versioning

/// One change of a release: a commit, or one of several that a squashed commit tells of.
package struct Change: Hashable, Sendable {
    package let commit: CommitRecord
    /// What the message says by the grammar; nil where it does not follow it.
    package let conventional: ConventionalCommit?
    /// The level that it asks for; nil where it asks for no release.
    package let level: BumpLevel?

    package init(commit: CommitRecord, conventional: ConventionalCommit?, level: BumpLevel?) {
        self.commit = commit
        self.conventional = conventional
        self.level = level
    }

    /// What was changed, in one line.
    package var summary: String {
        conventional?.description ?? String(commit.message.prefix { !$0.isNewline })
    }
}
