internal import CLibgit2
import FoundationEssentials
import Glibc

extension GitRepository {
    /// The files of the work tree that differ from HEAD, among those that some patterns name, untracked ones too.
    ///
    /// - Parameter patterns: files, folders and patterns with `*`, from the top of the work tree, as for `git add`.
    /// - Returns: paths from the top of the work tree, sorted; ignored files are not among them.
    /// - Throws: `GitError`.
    package func changedFiles(matching patterns: [String]) throws(GitError) -> [String] {
        guard workingDirectory != nil else { throw GitError(.bareRepository) }
        if patterns.isEmpty { return [] }
        let repository = unsafe handle.pointer
        var options = unsafe git_status_options()
        try check(
            "git_status_options_init",
            unsafe git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))
        )
        unsafe options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
        unsafe options.flags =
            GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
        var texts = unsafe patterns.map { unsafe strdup($0) }
        defer { unsafe texts.forEach { unsafe free($0) } }
        return try unsafe texts.withUnsafeMutableBufferPointer { buffer throws(GitError) in
            unsafe options.pathspec = unsafe git_strarray(strings: buffer.baseAddress, count: buffer.count)
            let list = try unsafe Handle("git_status_list_new", freedBy: { unsafe git_status_list_free($0) }) {
                pointer in
                unsafe git_status_list_new(&pointer, repository, &options)
            }
            var paths: Set<String> = []
            for index in 0..<(unsafe git_status_list_entrycount(list.pointer)) {
                guard let entry = unsafe git_status_byindex(list.pointer, index) else { continue }
                let staged = unsafe entry.pointee.head_to_index?.pointee.new_file.path
                let changed = unsafe entry.pointee.index_to_workdir?.pointee.new_file.path
                if let path = unsafe staged { unsafe paths.insert(String(cString: path)) }
                if let path = unsafe changed { unsafe paths.insert(String(cString: path)) }
            }
            return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    /// The paths that git knows a file by: its own and, for a symbolic link, that of the file behind it.
    ///
    /// - Throws: `GitError` of kind `outsideWorkTree`.
    func trackedPaths(of path: String) throws(GitError) -> [String] {
        guard let workingDirectory, let top = Self.resolved(workingDirectory) else { throw GitError(.bareRepository) }
        let full = path.hasPrefix("/") ? path : workingDirectory + "/" + path
        let slash = full.lastIndex(of: "/") ?? full.startIndex
        let name = String(full[slash...].dropFirst())
        // A folder on the way may be a link too, beyond which git does not look. A file that is gone may have taken
        // its folder along.
        var paths: [String] = []
        if let folder = Self.resolved(String(full[..<slash])) {
            paths.append(folder + "/" + name)
        } else {
            paths.append(top + "/" + path)
        }
        if let target = Self.resolved(full), !paths.contains(target) { paths.append(target) }
        return try paths.map { found throws(GitError) in
            guard found.hasPrefix(top + "/") else { throw GitError(.outsideWorkTree(path: path)) }
            return String(found.dropFirst(top.count + 1))
        }
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }
}
