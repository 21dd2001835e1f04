internal import CLibgit2

/// References that are locked together, checked, then written; whatever was not committed is unlocked and as it was.
@safe struct ReferenceTransaction: ~Copyable {
    private let handle: Handle
    private let repository: OpaquePointer

    init(_ repository: OpaquePointer) throws(GitError) {
        unsafe self.repository = unsafe repository
        handle = try unsafe Handle("git_transaction_new", freedBy: { unsafe git_transaction_free($0) }) { pointer in
            unsafe git_transaction_new(&pointer, repository)
        }
    }

    /// Locks a reference and sees that it is still where the work began.
    ///
    /// - Throws: `GitError`; of kind `locked` where someone else holds it, `moved` where it is elsewhere.
    func lock(_ name: String, expecting expected: ObjectID?) throws(GitError) {
        try check("git_transaction_lock_ref", unsafe git_transaction_lock_ref(handle.pointer, name))
        guard try unsafe Self.target(of: name, in: repository) == expected else {
            throw GitError(.moved(reference: name))
        }
    }

    /// Says where a locked reference is to go; the message is for its reflog.
    func set(_ name: String, to target: ObjectID, by who: borrowing SignatureHandle, message: String) throws(GitError) {
        var oid = target.oid
        try check(
            "git_transaction_set_target",
            unsafe git_transaction_set_target(handle.pointer, name, &oid, who.typed, message)
        )
    }

    /// Says that a locked reference is to go.
    func remove(_ name: String) throws(GitError) {
        try check("git_transaction_remove", unsafe git_transaction_remove(handle.pointer, name))
    }

    /// Writes them all.
    func commit() throws(GitError) {
        try check("git_transaction_commit", unsafe git_transaction_commit(handle.pointer))
    }

    /// The object that a reference names; nil where there is no such reference.
    static func target(of name: String, in repository: OpaquePointer) throws(GitError) -> ObjectID? {
        var oid = git_oid()
        let status = unsafe git_reference_name_to_id(&oid, repository, name)
        if status == GIT_ENOTFOUND.rawValue {
            git_error_clear()
            return nil
        }
        try check("git_reference_name_to_id", status)
        return CommitID(oid)
    }
}
