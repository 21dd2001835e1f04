internal import CLibgit2

extension GitRepository {
    /// The content of a file as a commit has it; nil where it has none of that name.
    ///
    /// - Parameters:
    ///   - path: the file, relative to the top of the work tree.
    ///   - commit: the commit.
    /// - Returns: the bytes.
    /// - Throws: `GitError`, also where a partial clone does not have the content.
    package func content(of path: String, in commit: CommitID) throws(GitError) -> [UInt8]? {
        guard let id = try entry(path, in: commit) else { return nil }
        let repository = unsafe handle.pointer
        let blob = try unsafe Handle("git_blob_lookup", freedBy: { unsafe git_blob_free($0) }) { pointer in
            var oid = id.oid
            return unsafe git_blob_lookup(&pointer, repository, &oid)
        }
        guard let start = unsafe git_blob_rawcontent(blob.pointer) else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(git_blob_rawsize(blob.pointer))))
    }

    /// The commit that gave a file the content that it has at a tip, by first parents; nil where the tip does not have
    /// the file.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func lastChange(of path: String, upTo tip: CommitID) throws(GitError) -> CommitID? {
        guard let content = try entry(path, in: tip) else { return nil }
        var id = tip
        while true {
            guard !shallowCommits.contains(id) else { throw GitError(.historyIncomplete) }
            guard let parent = try commit(id).parents.first,
                try entry(path, in: parent) == content
            else { return id }
            id = parent
        }
    }

    /// The name of a file's content.
    private func entry(_ path: String, in commit: CommitID) throws(GitError) -> CommitID? {
        let commit = try commitHandle(commit)
        let owner = unsafe commit.pointer
        let tree = try unsafe Handle("git_commit_tree", freedBy: { unsafe git_tree_free($0) }) { pointer in
            unsafe git_commit_tree(&pointer, owner)
        }
        let pointer = unsafe tree.pointer
        do {
            let entry = try unsafe Handle("git_tree_entry_bypath", freedBy: { unsafe git_tree_entry_free($0) }) {
                unsafe git_tree_entry_bypath(&$0, pointer, path)
            }
            guard unsafe git_tree_entry_type(entry.pointer) == GIT_OBJECT_BLOB,
                let id = unsafe git_tree_entry_id(entry.pointer)
            else { return nil }
            return unsafe CommitID(id.pointee)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }
}
