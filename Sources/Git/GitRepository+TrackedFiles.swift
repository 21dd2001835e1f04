internal import CLibgit2

extension GitRepository {
    /// The regular files that git tracks in the work tree, by the index: neither links nor submodules.
    ///
    /// - Returns: paths from the top of the work tree, in the order of their bytes, each once.
    /// - Throws: `GitError`; of kind `bareRepository` where there is no work tree.
    package func trackedFiles() throws(GitError) -> [String] {
        guard workingDirectory != nil else { throw GitError(.bareRepository) }
        let repository = unsafe handle.pointer
        let index = try unsafe Handle("git_repository_index", freedBy: { unsafe git_index_free($0) }) { pointer in
            unsafe git_repository_index(&pointer, repository)
        }
        try check("git_index_read", unsafe git_index_read(index.pointer, 1))
        var paths: [String] = []
        for position in 0..<(unsafe git_index_entrycount(index.pointer)) {
            guard let entry = unsafe git_index_get_byindex(index.pointer, position),
                unsafe entry.pointee.mode & 0o170000 == 0o100000
            else { continue }
            let path = unsafe String(cString: entry.pointee.path)
            // A file in conflict has several entries, one after the other.
            if paths.last != path { paths.append(path) }
        }
        return paths
    }
}
