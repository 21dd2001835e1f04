internal import CLibgit2

extension GitRepository {
    /// Takes a commit back that was just made: HEAD goes to where it was, and so do the files' entries in the index;
    /// the work tree is left alone.
    ///
    /// - Parameters:
    ///   - commit: the commit, which must still be at HEAD.
    ///   - head: what HEAD was before.
    ///   - paths: the files of the commit, relative to the top of the work tree.
    /// - Throws: `GitError`; of kind `moved` where HEAD is elsewhere by now.
    package func takeBack(_ commit: CommitID, before head: Head, paths: [String]) throws(GitError) {
        guard try self.head().commit == commit else { throw GitError(.moved(reference: "HEAD")) }
        let repository = unsafe handle.pointer
        guard let old = head.commit else {
            // The branch had no commit: it goes back to having none.
            let status = unsafe git_reference_remove(repository, head.reference)
            try check("git_reference_remove", status)
            try resetEntries(paths, to: nil)
            return
        }
        let signature = try commitHandle(commit)
        guard let who = unsafe git_commit_committer(signature.pointer) else { throw GitError(.unbornHead) }
        let transaction = try unsafe ReferenceTransaction(repository)
        try transaction.lock(head.reference, expecting: commit)
        try transaction.set(head.reference, to: old, by: Signature(copying: who), message: "commit: taken back")
        try transaction.commit()
        try resetEntries(paths, to: old)
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

    /// Gives files the entries in the index that a commit has of them.
    private func resetEntries(_ paths: [String], to commit: CommitID?) throws(GitError) {
        let repository = unsafe handle.pointer
        guard !paths.isEmpty else { return }
        let target = try commit.map { id throws(GitError) in try commitHandle(id) }
        var strings: [UnsafeMutablePointer<CChar>?] = unsafe paths.map { unsafe strdup($0) }
        defer { for string in unsafe strings { unsafe free(string) } }
        let status = unsafe strings.withUnsafeMutableBufferPointer { buffer in
            var list = unsafe git_strarray(strings: buffer.baseAddress, count: buffer.count)
            return unsafe git_reset_default(repository, target?.pointer, &list)
        }
        try check("git_reset_default", status)
    }
}
