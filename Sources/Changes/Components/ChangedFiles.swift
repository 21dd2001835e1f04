/// A file that a commit changes.
package struct ChangedFile: Hashable, Sendable {
    /// Where it was; nil for a new one.
    package let old: String?
    /// Where it is; nil for a removed one.
    package let new: String?

    package init(old: String?, new: String?) {
        self.old = old
        self.new = new
    }

    /// Whether the file went from one place to another.
    package var isMoved: Bool { old != nil && new != nil && old != new }

    /// Both places, each once.
    package var paths: [String] { isMoved ? [old, new].compactMap { $0 } : [new ?? old].compactMap { $0 } }
}

/// A commit and the files that it changes.
package struct CommitFiles: Hashable, Sendable {
    package let commit: CommitRecord
    package let files: [ChangedFile]

    package init(_ commit: CommitRecord, files: [ChangedFile]) {
        self.commit = commit
        self.files = files
    }
}
