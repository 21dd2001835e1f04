internal import CLibgit2
import Glibc

/// What a commit says of one file.
@safe struct FileChange {
    let path: String
    /// The file's entry in the index, its path apart; nil where the file is gone.
    let entry: git_index_entry?
}

extension GitRepository {
    /// What the work tree has at some paths; the index on disk stays as it is.
    ///
    /// - Throws: `GitError`; of kind `needsFilterProgram` or `outsideWorkTree` for a file that cannot be committed.
    func fileChanges(at paths: [String]) throws(GitError) -> [FileChange] {
        let index = try readIndex()
        var changes: [FileChange] = []
        for path in paths {
            for path in try trackedPaths(of: path) where !changes.contains(where: { $0.path == path }) {
                if let filter = try filterProgram(of: path) {
                    throw GitError(.needsFilterProgram(path: path, filter: filter))
                }
                changes.append(try change(at: path, index))
            }
        }
        // Only its memory was used; it must not keep what was added.
        try check("git_index_read", unsafe git_index_read(index.pointer, 1))
        return changes
    }

    /// Puts changes into the index on disk.
    ///
    /// - Returns: what it had at their paths before.
    @discardableResult
    func stage(_ changes: [FileChange]) throws(GitError) -> [FileChange] {
        let index = try readIndex()
        var before: [FileChange] = []
        for change in changes {
            let old = unsafe git_index_get_bypath(index.pointer, change.path, 0)
            before.append(unsafe FileChange(path: change.path, entry: old.map { unsafe Self.entry($0) }))
            try unsafe Self.apply(change, to: index.pointer)
        }
        unsafe Self.distrustRecentTimes(in: index.pointer)
        try check("git_index_write", unsafe git_index_write(index.pointer))
        return before
    }

    /// Has git look into the files that may have changed within the second in which the index was written.
    ///
    /// Debian's git compares whole seconds, and takes such a file for unchanged once the index is written anew in a later
    /// second; libgit2 compares nanoseconds. An entry of size 0 is compared by content (git's racy-git.txt).
    private static func distrustRecentTimes(in index: OpaquePointer) {
        var status = stat()
        guard let path = unsafe git_index_path(index), unsafe stat(path, &status) == 0 else { return }
        for position in 0..<(unsafe git_index_entrycount(index)) {
            guard let entry = unsafe git_index_get_byindex(index, position),
                unsafe Int(entry.pointee.mtime.seconds) >= status.st_mtim.tv_sec
            else { continue }
            unsafe UnsafeMutablePointer(mutating: entry).pointee.file_size = 0
        }
    }

    /// The tree of a commit with changes applied.
    ///
    /// Only the folders on the way to the files are read: in a partial clone the rest may not be there.
    func tree(of parent: CommitID?, with changes: [FileChange]) throws(GitError) -> ObjectID {
        let repository = unsafe handle.pointer
        var baseline: OpaquePointer?
        defer { unsafe git_tree_free(baseline) }
        if let parent {
            let commit = try commitHandle(parent)
            try check("git_commit_tree", unsafe git_commit_tree(&baseline, commit.pointer))
        }
        var updates: [git_tree_update] = unsafe []
        defer { unsafe updates.forEach { unsafe free(UnsafeMutablePointer(mutating: $0.path)) } }
        for change in changes {
            let entry = unsafe change.entry
            if unsafe entry == nil, unsafe !Self.has(change.path, baseline) { continue }
            unsafe updates.append(
                git_tree_update(
                    action: entry == nil ? GIT_TREE_UPDATE_REMOVE : GIT_TREE_UPDATE_UPSERT,
                    id: entry?.id ?? git_oid(),
                    filemode: git_filemode_t(entry?.mode ?? 0),
                    path: strdup(change.path)
                )
            )
        }
        var id = git_oid()
        let status = unsafe git_tree_create_updated(&id, repository, baseline, updates.count, updates)
        try check("git_tree_create_updated", status)
        return CommitID(id)
    }

    private static func has(_ path: String, _ tree: OpaquePointer?) -> Bool {
        guard let tree = unsafe tree else { return false }
        var entry: OpaquePointer?
        defer { unsafe git_tree_entry_free(entry) }
        let status = unsafe git_tree_entry_bypath(&entry, tree, path)
        git_error_clear()
        return status == 0
    }

    private func readIndex() throws(GitError) -> Handle {
        let repository = unsafe handle.pointer
        let index = try unsafe Handle("git_repository_index", freedBy: { unsafe git_index_free($0) }) { pointer in
            unsafe git_repository_index(&pointer, repository)
        }
        try check("git_index_read", unsafe git_index_read(index.pointer, 1))
        return index
    }

    private func change(at path: String, _ index: borrowing Handle) throws(GitError) -> FileChange {
        let status = unsafe git_index_add_bypath(index.pointer, path)
        if status == GIT_ENOTFOUND.rawValue, unsafe git_index_get_bypath(index.pointer, path, 0) != nil {
            git_error_clear()
            return unsafe FileChange(path: path, entry: nil)
        }
        try check("git_index_add_bypath", status)
        guard let entry = unsafe git_index_get_bypath(index.pointer, path, 0) else {
            throw GitError(function: "git_index_get_bypath", code: GIT_ENOTFOUND.rawValue)
        }
        return unsafe FileChange(path: path, entry: Self.entry(entry))
    }

    /// A copy that does not depend on the index's memory.
    static func entry(_ pointer: UnsafePointer<git_index_entry>) -> git_index_entry {
        var entry = unsafe pointer.pointee
        unsafe entry.path = nil
        return unsafe entry
    }

    private static func apply(_ change: FileChange, to index: OpaquePointer) throws(GitError) {
        guard var entry = unsafe change.entry else {
            let status = unsafe git_index_remove(index, change.path, 0)
            // The file may be in the one and not in the other of index and HEAD.
            if status == GIT_ENOTFOUND.rawValue { return git_error_clear() }
            return try check("git_index_remove", status)
        }
        let status = unsafe change.path.withCString { name in
            unsafe entry.path = name
            return unsafe git_index_add(index, &entry)
        }
        try check("git_index_add", status)
    }

    /// The filter that a file's content goes through by its attributes, which libgit2 does not run.
    private func filterProgram(of path: String) throws(GitError) -> String? {
        var value: UnsafePointer<CChar>?
        try check("git_attr_get", unsafe git_attr_get(&value, handle.pointer, 0, path, "filter"))
        guard unsafe git_attr_value(value) == GIT_ATTR_VALUE_STRING, let value = unsafe value else { return nil }
        return unsafe String(cString: value)
    }
}
