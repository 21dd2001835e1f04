internal import CLibgit2

extension GitRepository {
    /// Commits files of the work tree and nothing else, as `git commit --only FILE…`: what else is staged stays staged
    /// and out of the commit.
    ///
    /// A file that is gone is taken out of the tree; for a symbolic link the file behind it is committed too. Objects
    /// come first, then the index, then HEAD with its reflog; where one of the steps fails, index and HEAD are as they
    /// were.
    ///
    /// - Parameters:
    ///   - paths: the files, relative to the top of the work tree.
    ///   - message: the whole message; needless blank lines and white space at line ends go, as in git.
    ///   - author: who made the change.
    ///   - committer: who records it.
    ///   - signer: what signs the commit; nil for none.
    /// - Returns: the new commit.
    /// - Throws: `GitError`; of kind `operationInProgress` during a merge and the like, `nothingToCommit` where the
    ///   files are as HEAD has them; `SigningError`, `ProgramError`.
    package func commitFiles(
        at paths: [String],
        message: String,
        author: Signature,
        committer: Signature,
        signer: CommitSigner? = nil
    ) async throws -> CommitID {
        guard workingDirectory != nil else { throw GitError(.bareRepository) }
        guard unsafe git_repository_state(handle.pointer) == GIT_REPOSITORY_STATE_NONE.rawValue else {
            throw GitError(.operationInProgress)
        }
        let head = try head()
        let text = try tidied(message)
        let changes = try fileChanges(at: paths)
        let tree = try tree(of: head.commit, with: changes)
        if let parent = head.commit, try treeHash(of: parent) == tree.description {
            throw GitError(.nothingToCommit(path: paths.joined(separator: ", ")))
        }
        let content = try commitContent(tree: tree, parent: head.commit, text, author: author, committer: committer)
        // A person may have to type a passphrase here, and much can happen meanwhile: what follows checks HEAD again.
        let signature = try await signer?.signature(of: Array(content.utf8))
        let commit = try write(content, signature: signature)
        let subject = text.prefix { $0 != "\n" }
        let reason = head.commit == nil ? "commit (initial): \(subject)" : "commit: \(subject)"
        try moveHead(head, to: commit, staging: changes, by: committer, reason: reason)
        return commit
    }

    /// A message without needless blank lines, ending in one line end.
    func tidied(_ message: String) throws(GitError) -> String {
        var buffer = unsafe git_buf()
        try check("git_message_prettify", unsafe git_message_prettify(&buffer, message, 0, 0))
        defer { unsafe git_buf_dispose(&buffer) }
        let text = unsafe buffer.ptr.map { unsafe String(cString: $0) } ?? ""
        guard !text.isEmpty else { throw GitError(.emptyMessage) }
        return text
    }

    /// The commit object, unsigned.
    private func commitContent(
        tree: ObjectID,
        parent: CommitID?,
        _ message: String,
        author: Signature,
        committer: Signature
    ) throws(GitError) -> String {
        let repository = unsafe handle.pointer
        let treeHandle = try unsafe Handle("git_tree_lookup", freedBy: { unsafe git_tree_free($0) }) { pointer in
            var oid = tree.oid
            return unsafe git_tree_lookup(&pointer, repository, &oid)
        }
        let author = try author.handle()
        let committer = try committer.handle()
        var buffer = unsafe git_buf()
        defer { unsafe git_buf_dispose(&buffer) }
        var commit: OpaquePointer?
        defer { unsafe git_commit_free(commit) }
        if let parent {
            var oid = parent.oid
            try check("git_commit_lookup", unsafe git_commit_lookup(&commit, repository, &oid))
        }
        var parents = unsafe [commit]
        let status = unsafe git_commit_create_buffer(
            &buffer,
            repository,
            author.typed,
            committer.typed,
            nil,
            message,
            treeHandle.pointer,
            parent == nil ? 0 : 1,
            &parents
        )
        try check("git_commit_create_buffer", status)
        return unsafe String(cString: buffer.ptr)
    }

    private func write(_ content: String, signature: String?) throws(GitError) -> CommitID {
        var id = git_oid()
        // Git's own header ends with the signature's last line, not with an empty one.
        let lines = signature.map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 }
        let status = unsafe git_commit_create_with_signature(&id, handle.pointer, content, lines, nil)
        try check("git_commit_create_with_signature", status)
        return CommitID(id)
    }

    /// Moves what HEAD is, once the index holds what it will hold then.
    private func moveHead(
        _ head: Head,
        to commit: CommitID,
        staging changes: [FileChange],
        by committer: Signature,
        reason: String
    ) throws(GitError) {
        let who = try committer.handle()
        let transaction = try unsafe ReferenceTransaction(handle.pointer)
        try transaction.lock(head.reference, expecting: head.commit)
        guard try self.head() == head else { throw GitError(.moved(reference: "HEAD")) }
        try transaction.set(head.reference, to: commit, by: who, message: reason)
        let before = try stage(changes)
        do {
            try transaction.commit()
        } catch {
            try stage(before)
            throw error
        }
    }
}

extension Head {
    /// The commit; nil on a branch that has none.
    package var commit: CommitID? {
        switch self {
        case .branch(_, let id), .detached(let id): id
        case .unborn: nil
        }
    }

    /// The reference that a commit moves.
    package var reference: String {
        switch self {
        case .branch(let name, _), .unborn(let name): "refs/heads/" + name
        case .detached: "HEAD"
        }
    }
}
