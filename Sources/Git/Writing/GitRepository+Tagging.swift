internal import CLibgit2

extension GitRepository {
    /// Makes an annotated tag.
    ///
    /// - Parameters:
    ///   - name: the name, without `refs/tags/`.
    ///   - commit: what it stands for.
    ///   - message: the whole message; needless blank lines go, as in git.
    ///   - tagger: who tags.
    ///   - signer: what signs the tag; nil for none.
    /// - Returns: the tag object.
    /// - Throws: `GitError`; of kind `tagExists` where the name is taken; `SigningError`, `ProgramError`.
    @discardableResult
    package func createAnnotatedTag(
        _ name: String,
        at commit: CommitID,
        message: String,
        tagger: Signature,
        signer: CommitSigner? = nil
    ) async throws -> ObjectID {
        try checkTag(name)
        try refuseExistingTag(name)
        let content = try tagContent(name, at: commit, message: message, tagger: tagger)
        let signature = try await signer?.signature(of: Array(content.utf8)) ?? ""
        let tag = try writeTag(content + signature)
        var oid = tag.oid
        var reference: OpaquePointer?
        defer { unsafe git_reference_free(reference) }
        let status = unsafe git_reference_create(&reference, handle.pointer, "refs/tags/\(name)", &oid, 0, nil)
        if status == GIT_EEXISTS.rawValue { try refuseExistingTag(name) }
        try check("git_reference_create", status)
        return tag
    }

    /// Throws where libgit2 would not have the name.
    func checkTag(_ name: String) throws(GitError) {
        var isValid: Int32 = 0
        try check("git_tag_name_is_valid", unsafe git_tag_name_is_valid(&isValid, name))
        guard isValid == 1 else { throw GitError(.invalidTagName(name)) }
    }

    private func refuseExistingTag(_ name: String) throws(GitError) {
        if let existing = try commitID(matching: "refs/tags/\(name)") { throw GitError(.tagExists(name, existing)) }
    }

    /// A tag object, unsigned; a signature goes behind it.
    func tagContent(
        _ name: String,
        at commit: CommitID,
        message: String,
        tagger: Signature
    ) throws(GitError) -> String {
        // Seen to be a commit of this repository.
        _ = try commitHandle(commit)
        let tagger = try tagger.handle()
        return """
            object \(commit)
            type commit
            tag \(name)
            tagger \(tagger.line)

            \(try tidied(message))
            """
    }

    func writeTag(_ content: String) throws(GitError) -> ObjectID {
        let repository = unsafe handle.pointer
        let database = try unsafe Handle("git_repository_odb", freedBy: { unsafe git_odb_free($0) }) { pointer in
            unsafe git_repository_odb(&pointer, repository)
        }
        var id = git_oid()
        let bytes = Array(content.utf8)
        let status = unsafe git_odb_write(&id, database.pointer, bytes, bytes.count, GIT_OBJECT_TAG)
        try check("git_odb_write", status)
        return CommitID(id)
    }
}
