internal import CLibgit2

/// The objects of a repository, as they are stored.
@safe final class ObjectDatabase {
    private let handle: Handle

    init(of repository: borrowing Handle) throws(GitError) {
        let pointer = unsafe repository.pointer
        handle = try unsafe Handle("git_repository_odb", freedBy: { unsafe git_odb_free($0) }) { database in
            unsafe git_repository_odb(&database, pointer)
        }
    }

    /// Lends a commit's text.
    ///
    /// - Parameters:
    ///   - id: the object.
    ///   - body: reads it.
    /// - Returns: what the body returns.
    /// - Throws: `GitError` where it is missing, or no commit.
    func withCommit<Result>(
        _ id: CommitID,
        _ body: (CommitObject, Span<UInt8>) -> Result
    ) throws(GitError) -> Result {
        let database = unsafe handle.pointer
        var oid = id.oid
        let object = try unsafe Handle("git_odb_read", freedBy: { unsafe git_odb_object_free($0) }) { pointer in
            unsafe git_odb_read(&pointer, database, &oid)
        }
        let size = unsafe git_odb_object_size(object.pointer)
        guard unsafe git_odb_object_type(object.pointer) == GIT_OBJECT_COMMIT,
            let data = unsafe git_odb_object_data(object.pointer)
        else { throw GitError(.notACommit(id)) }
        let text = unsafe UnsafeRawBufferPointer(start: data, count: size).bindMemory(to: UInt8.self)
        guard let commit = unsafe CommitObject(text.span) else { throw GitError(.notACommit(id)) }
        return unsafe body(commit, text.span)
    }

    /// Whether an object is a commit.
    ///
    /// - Throws: `GitError` where it is missing.
    func isCommit(_ id: CommitID) throws(GitError) -> Bool {
        var oid = id.oid
        var size = 0
        var type = GIT_OBJECT_ANY
        try check("git_odb_read_header", unsafe git_odb_read_header(&size, &type, handle.pointer, &oid))
        return type == GIT_OBJECT_COMMIT
    }
}
