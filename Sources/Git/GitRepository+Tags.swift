internal import CLibgit2

extension GitRepository {
    /// Every tag that stands for a commit, sorted by name.
    ///
    /// - Parameter prefix: what the names begin with.
    /// - Returns: the tags.
    /// - Throws: `GitError`, also where a tag's object is missing: a list with a gap would give a wrong version.
    package func tags(withPrefix prefix: String = "") throws(GitError) -> [GitTag] {
        let repository = unsafe handle.pointer
        let iterator = try unsafe Handle(
            "git_reference_iterator_glob_new",
            freedBy: { unsafe git_reference_iterator_free($0) }
        ) { pointer in
            unsafe git_reference_iterator_glob_new(&pointer, repository, "refs/tags/*")
        }
        let objects = try objectDatabase()
        let start = "refs/tags/" + prefix
        var tags: [GitTag] = []
        while let reference = try Self.next(iterator) {
            let name = unsafe String(cString: git_reference_name(reference.pointer))
            guard name.utf8.starts(with: start.utf8) else { continue }
            if let tag = try tag(reference, name, objects) { tags.append(tag) }
        }
        return tags.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// A tag by its name; nil where there is none, or where it stands for no commit.
    ///
    /// - Throws: `GitError`, also where its object is missing.
    package func tag(named name: String) throws(GitError) -> GitTag? {
        let repository = unsafe handle.pointer
        let reference: Handle
        do {
            reference = try unsafe Handle("git_reference_lookup", freedBy: { unsafe git_reference_free($0) }) {
                unsafe git_reference_lookup(&$0, repository, "refs/tags/" + name)
            }
        } catch {
            guard error.code == .notFound || error.code == .invalidSpecification else { throw error }
            return nil
        }
        return try tag(reference, "refs/tags/" + name, objectDatabase())
    }

    private func tag(
        _ reference: borrowing Handle,
        _ fullName: String,
        _ objects: ObjectDatabase
    ) throws(GitError) -> GitTag? {
        let name = String(fullName.dropFirst("refs/tags/".count))
        // Packed references say what an annotated tag stands for, so that it need not be read.
        if let peeled = unsafe git_reference_target_peel(reference.pointer) {
            let commit = unsafe CommitID(peeled.pointee)
            return try objects.isCommit(commit) ? GitTag(name: name, commit: commit, isAnnotated: true) : nil
        }
        if let target = unsafe git_reference_target(reference.pointer) {
            let id = unsafe CommitID(target.pointee)
            if try objects.isCommit(id) { return GitTag(name: name, commit: id, isAnnotated: false) }
        }
        // A tag may stand for a tree or a file, which no image is made from.
        guard let commit = try commit(behind: reference) else { return nil }
        let target = unsafe git_reference_target(reference.pointer).map { unsafe CommitID($0.pointee) }
        return GitTag(name: name, commit: commit, isAnnotated: target != commit)
    }
}
