internal import CLibgit2

extension GitRepository {
    /// When each annotated tag was made; tags without a tagger, and those that are no objects, have no date.
    ///
    /// - Parameter names: the tags' names, without `refs/tags/`.
    /// - Returns: the dates by name.
    /// - Throws: `GitError`.
    package func tagDates(of names: [String]) throws(GitError) -> [String: GitDate] {
        var dates: [String: GitDate] = [:]
        for name in names { dates[name] = try tagDate(of: name) }
        return dates
    }

    private func tagDate(of name: String) throws(GitError) -> GitDate? {
        let repository = unsafe handle.pointer
        var id = git_oid()
        let status = unsafe git_reference_name_to_id(&id, repository, "refs/tags/\(name)")
        if status == GitError.Code.notFound.rawValue {
            git_error_clear()
            return nil
        }
        try check("git_reference_name_to_id", status)
        let tag: Handle
        do {
            tag = try unsafe Handle("git_tag_lookup", freedBy: { unsafe git_tag_free($0) }) { pointer in
                unsafe git_tag_lookup(&pointer, repository, &id)
            }
        } catch {
            // A lightweight tag leads to the commit itself.
            guard error.code == .notFound else { throw error }
            return nil
        }
        guard let tagger = unsafe git_tag_tagger(tag.pointer)?.pointee else { return nil }
        return unsafe GitDate(secondsSinceEpoch: tagger.when.time, offsetMinutes: Int(tagger.when.offset))
    }
}
