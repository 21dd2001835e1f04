/// A moment as git stores it: seconds since 1970 UTC, and the zone that the writer was in.
package struct GitDate: Hashable, Sendable {
    package let secondsSinceEpoch: Int64
    package let offsetMinutes: Int

    package init(secondsSinceEpoch: Int64, offsetMinutes: Int) {
        self.secondsSinceEpoch = secondsSinceEpoch
        self.offsetMinutes = offsetMinutes
    }
}

/// A person as git names one.
package struct Identity: Hashable, Sendable {
    package let name: String
    package let email: String

    package init(name: String, email: String) {
        self.name = name
        self.email = email
    }
}

/// Who did something, and when.
package struct Signature: Hashable, Sendable {
    package let identity: Identity
    package let date: GitDate

    package init(identity: Identity, date: GitDate) {
        self.identity = identity
        self.date = date
    }
}

/// A commit.
package struct Commit: Hashable, Sendable {
    package let id: CommitID
    package let parents: [CommitID]
    package let author: Signature
    package let committer: Signature
    /// The message; bytes that are not UTF-8 are replaced.
    package let message: String

    package var committerDate: GitDate { committer.date }
}

/// What HEAD is.
package enum Head: Hashable, Sendable {
    case branch(name: String, CommitID)
    case detached(CommitID)
    /// A branch without any commit.
    case unborn(branch: String)
}

/// A git tag on a commit.
package struct GitTag: Hashable, Sendable {
    /// The name without `refs/tags/`.
    package let name: String
    /// The commit that it stands for, annotated tags peeled.
    package let commit: CommitID
    package let isAnnotated: Bool
}
