internal import CLibgit2

extension GitRepository {
    /// Takes a commit back that was just made: HEAD goes to where it was, and so do the entries of the commit's files in
    /// the index; the work tree is left alone.
    ///
    /// - Parameters:
    ///   - commit: the commit, which must still be at HEAD.
    ///   - head: what HEAD was before.
    /// - Throws: `GitError`; of kind `moved` where HEAD is elsewhere by now.
    package func takeBack(_ commit: CommitID, before head: Head) throws(GitError) {
        guard try self.head().commit == commit else { throw GitError(.moved(reference: "HEAD")) }
        let paths = try changedPaths(of: commit, findsRenames: false).compactMap { $0.newPath ?? $0.oldPath }
        let who = try self.commit(commit).committer.handle()
        let transaction = try unsafe ReferenceTransaction(handle.pointer)
        try transaction.lock(head.reference, expecting: commit)
        if let old = head.commit {
            try transaction.set(head.reference, to: old, by: who, message: "commit: taken back")
        } else {
            // The branch had no commit: it goes back to having none.
            try transaction.remove(head.reference)
        }
        try transaction.commit()
        try stage(try entries(of: paths, in: head.commit))
    }

    /// Puts tags back to what they named before.
    ///
    /// - Throws: `GitError`; of kind `moved` where somebody has moved one since.
    package func putBack(_ tags: [MovedTag], by who: Signature) throws(GitError) {
        guard !tags.isEmpty else { return }
        let signature = try who.handle()
        let transaction = try unsafe ReferenceTransaction(handle.pointer)
        for tag in tags { try transaction.lock("refs/tags/\(tag.name)", expecting: tag.now) }
        for tag in tags {
            let name = "refs/tags/\(tag.name)"
            if let before = tag.before {
                try transaction.set(name, to: before, by: signature, message: "tag: put back")
            } else {
                try transaction.remove(name)
            }
        }
        try transaction.commit()
    }

    /// What a commit has at some paths, as the index would have it.
    private func entries(of paths: [String], in commit: CommitID?) throws(GitError) -> [FileChange] {
        let memory = try unsafe Handle("git_index_new", freedBy: { unsafe git_index_free($0) }) { pointer in
            unsafe git_index_new(&pointer)
        }
        if let commit {
            let handle = try commitHandle(commit)
            let pointer = unsafe handle.pointer
            let tree = try unsafe Handle("git_commit_tree", freedBy: { unsafe git_tree_free($0) }) { tree in
                unsafe git_commit_tree(&tree, pointer)
            }
            try check("git_index_read_tree", unsafe git_index_read_tree(memory.pointer, tree.pointer))
        }
        return paths.map { path in
            let entry = unsafe git_index_get_bypath(memory.pointer, path, 0)
            return unsafe FileChange(path: path, entry: entry.map { unsafe Self.entry($0) })
        }
    }
}
