internal import CLibgit2

extension GitRepository {
    /// Commits one file of the work tree and nothing else, as `git commit --only FILE`: what else is staged stays
    /// staged and out of the commit.
    ///
    /// - Parameters:
    ///   - path: the file, relative to the top of the work tree.
    ///   - message: the whole message.
    ///   - author: who made the change.
    ///   - committer: who records it.
    /// - Returns: the new commit.
    /// - Throws: `GitError`; of kind `operationInProgress` during a merge and the like, `nothingToCommit` where the
    ///   file is as HEAD has it.
    package func commitFile(
        at path: String,
        message: String,
        author: Signature,
        committer: Signature
    ) throws(GitError) -> CommitID {
        let repository = unsafe handle.pointer
        guard workingDirectory != nil else { throw GitError(.bareRepository) }
        guard unsafe git_repository_state(repository) == GIT_REPOSITORY_STATE_NONE.rawValue else {
            throw GitError(.operationInProgress)
        }
        let parent: CommitID? =
            switch try head() {
            case .branch(_, let id), .detached(let id): id
            case .unborn: nil
            }
        let blob = try stage(path)
        let tree = try tree(of: parent, with: blob, at: path)
        if let parent, try treeID(of: parent) == tree { throw GitError(.nothingToCommit(path: path)) }
        return try createCommit(tree: tree, parent: parent, message: message, author: author, committer: committer)
    }

    /// Makes an annotated tag.
    ///
    /// - Throws: `GitError`; of kind `tagExists` where the name is taken.
    package func createAnnotatedTag(
        _ name: String,
        at commit: CommitID,
        message: String,
        tagger: Signature
    ) throws(GitError) {
        var isValid: Int32 = 0
        try check("git_tag_name_is_valid", unsafe git_tag_name_is_valid(&isValid, name))
        guard isValid == 1 else { throw GitError(.invalidTagName(name)) }
        if let existing = try commitID(matching: "refs/tags/\(name)") { throw GitError(.tagExists(name, existing)) }
        let target = try commitHandle(commit)
        let signature = try tagger.handle()
        var id = git_oid()
        try check(
            "git_tag_create",
            unsafe git_tag_create(&id, handle.pointer, name, target.pointer, signature.typed, message, 0)
        )
    }

    /// Puts the file as it is in the work tree into the index, and gives its entry there.
    private func stage(_ path: String) throws(GitError) -> (id: git_oid, mode: UInt32) {
        let repository = unsafe handle.pointer
        let index = try unsafe Handle("git_repository_index", freedBy: { unsafe git_index_free($0) }) { pointer in
            unsafe git_repository_index(&pointer, repository)
        }
        try check("git_index_read", unsafe git_index_read(index.pointer, 0))
        try check("git_index_add_bypath", unsafe git_index_add_bypath(index.pointer, path))
        guard let entry = unsafe git_index_get_bypath(index.pointer, path, 0) else {
            throw GitError(function: "git_index_get_bypath", code: GIT_ENOTFOUND.rawValue)
        }
        let staged = unsafe (id: entry.pointee.id, mode: entry.pointee.mode)
        try check("git_index_write", unsafe git_index_write(index.pointer))
        return staged
    }

    /// HEAD's tree with one file in it replaced.
    private func tree(
        of parent: CommitID?,
        with blob: (id: git_oid, mode: UInt32),
        at path: String
    ) throws(GitError) -> CommitID {
        let repository = unsafe handle.pointer
        let memory = try unsafe Handle("git_index_new", freedBy: { unsafe git_index_free($0) }) { pointer in
            unsafe git_index_new(&pointer)
        }
        if let parent {
            let commit = try commitHandle(parent)
            let pointer = unsafe commit.pointer
            let tree = try unsafe Handle("git_commit_tree", freedBy: { unsafe git_tree_free($0) }) { tree in
                unsafe git_commit_tree(&tree, pointer)
            }
            try check("git_index_read_tree", unsafe git_index_read_tree(memory.pointer, tree.pointer))
        }
        let status = unsafe path.withCString { name in
            var entry = unsafe git_index_entry()
            unsafe entry.path = name
            unsafe entry.id = blob.id
            unsafe entry.mode = blob.mode
            return unsafe git_index_add(memory.pointer, &entry)
        }
        try check("git_index_add", status)
        var id = git_oid()
        try check("git_index_write_tree_to", unsafe git_index_write_tree_to(&id, memory.pointer, repository))
        return CommitID(id)
    }

    private func treeID(of commit: CommitID) throws(GitError) -> CommitID? {
        let commit = try commitHandle(commit)
        return unsafe git_commit_tree_id(commit.pointer).map { unsafe CommitID($0.pointee) }
    }

    private func createCommit(
        tree: CommitID,
        parent: CommitID?,
        message: String,
        author: Signature,
        committer: Signature
    ) throws(GitError) -> CommitID {
        let repository = unsafe handle.pointer
        let treeHandle = try unsafe Handle("git_tree_lookup", freedBy: { unsafe git_tree_free($0) }) { pointer in
            var oid = tree.oid
            return unsafe git_tree_lookup(&pointer, repository, &oid)
        }
        let author = try author.handle()
        let committer = try committer.handle()
        var id = git_oid()
        if let parent {
            let commit = try commitHandle(parent)
            var parents: [OpaquePointer?] = unsafe [commit.pointer]
            let status = unsafe git_commit_create(
                &id,
                repository,
                "HEAD",
                author.typed,
                committer.typed,
                nil,
                message,
                treeHandle.pointer,
                1,
                &parents
            )
            try check("git_commit_create", status)
        } else {
            let status = unsafe git_commit_create(
                &id,
                repository,
                "HEAD",
                author.typed,
                committer.typed,
                nil,
                message,
                treeHandle.pointer,
                0,
                nil
            )
            try check("git_commit_create", status)
        }
        return CommitID(id)
    }
}

/// A signature of libgit2, freed when its owner goes.
@safe private struct SignatureHandle: ~Copyable {
    let typed: UnsafeMutablePointer<git_signature>

    deinit {
        unsafe git_signature_free(typed)
    }
}

extension Signature {
    fileprivate func handle() throws(GitError) -> SignatureHandle {
        var pointer: UnsafeMutablePointer<git_signature>?
        let status = unsafe git_signature_new(
            &pointer,
            identity.name,
            identity.email,
            date.secondsSinceEpoch,
            Int32(date.offsetMinutes)
        )
        guard status == 0, let signature = unsafe pointer else {
            throw GitError(function: "git_signature_new", code: status)
        }
        return unsafe SignatureHandle(typed: signature)
    }
}
