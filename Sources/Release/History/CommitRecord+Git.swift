package import Changes
package import Git

extension CommitRecord {
    /// What git tells of a commit.
    package init(_ commit: Commit) {
        self.init(
            hash: commit.id.description,
            parents: commit.parents.map(\.description),
            authorName: commit.author.identity.name,
            authorEmail: commit.author.identity.email,
            secondsSinceEpoch: commit.committerDate.secondsSinceEpoch,
            message: commit.message
        )
    }
}
