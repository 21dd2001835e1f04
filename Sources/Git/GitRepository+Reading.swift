internal import CLibgit2
import Glibc

extension GitRepository {
    /// What HEAD is.
    package func head() throws(GitError) -> Head {
        let repository = unsafe handle.pointer
        let isDetached = unsafe git_repository_head_detached(repository)
        try check("git_repository_head_detached", isDetached)
        let reference: Handle
        do {
            reference = try unsafe Handle("git_repository_head", freedBy: { unsafe git_reference_free($0) }) {
                pointer in
                unsafe git_repository_head(&pointer, repository)
            }
        } catch {
            guard error.code == .unbornBranch else { throw error }
            return .unborn(branch: try symbolicHead())
        }
        guard let target = unsafe git_reference_target(reference.pointer) else { throw GitError(.unbornHead) }
        let id = unsafe CommitID(target.pointee)
        if isDetached == 1 { return .detached(id) }
        return .branch(name: unsafe String(cString: git_reference_shorthand(reference.pointer)), id)
    }

    private func symbolicHead() throws(GitError) -> String {
        let repository = unsafe handle.pointer
        let head = try unsafe Handle("git_reference_lookup", freedBy: { unsafe git_reference_free($0) }) { pointer in
            unsafe git_reference_lookup(&pointer, repository, "HEAD")
        }
        guard let target = unsafe git_reference_symbolic_target(head.pointer) else { throw GitError(.unbornHead) }
        let name = unsafe String(cString: target)
        return name.hasPrefix("refs/heads/") ? String(name.dropFirst("refs/heads/".count)) : name
    }

    func commitHandle(_ id: CommitID) throws(GitError) -> Handle {
        let repository = unsafe handle.pointer
        return try unsafe Handle("git_commit_lookup", freedBy: { unsafe git_commit_free($0) }) { pointer in
            var oid = id.oid
            return unsafe git_commit_lookup(&pointer, repository, &oid)
        }
    }

    /// The commit that a full or short hash or a name stands for; nil where this repository has none such.
    package func commitID(matching revision: String) throws(GitError) -> CommitID? {
        let repository = unsafe handle.pointer
        let commit: Handle
        do {
            let object = try unsafe Handle("git_revparse_single", freedBy: { unsafe git_object_free($0) }) { pointer in
                unsafe git_revparse_single(&pointer, repository, revision)
            }
            let found = unsafe object.pointer
            commit = try unsafe Handle("git_object_peel", freedBy: { unsafe git_object_free($0) }) { pointer in
                unsafe git_object_peel(&pointer, found, GIT_OBJECT_COMMIT)
            }
        } catch {
            let isAbsent = [.notFound, .invalidSpecification].contains(error.code) || error.code?.rawValue == -18
            guard isAbsent else { throw error }
            return nil
        }
        return unsafe git_object_id(commit.pointer).map { unsafe CommitID($0.pointee) }
    }

    /// The first characters of a commit's hash, always as many as asked for.
    ///
    /// - Throws: `GitError` of kind `ambiguousPrefix` where another commit begins alike. Other objects do not count:
    ///   no image is named after them.
    package func shortHash(of id: CommitID, length: Int) throws(GitError) -> String {
        let repository = unsafe handle.pointer
        let database = try unsafe Handle("git_repository_odb", freedBy: { unsafe git_odb_free($0) }) { pointer in
            unsafe git_repository_odb(&pointer, repository)
        }
        var short = id.oid
        var found = git_oid()
        let status = unsafe git_odb_exists_prefix(&found, database.pointer, &short, length)
        guard status == GitError.Code.ambiguous.rawValue else {
            try check("git_odb_exists_prefix", status)
            return id.prefix(length)
        }
        git_error_clear()
        // Rare: only now is it worth going through all objects.
        for other in try objects(in: database, startingWith: id.prefix(length)) where other != id {
            var oid = other.oid
            var size = 0
            var type = GIT_OBJECT_ANY
            try check("git_odb_read_header", unsafe git_odb_read_header(&size, &type, database.pointer, &oid))
            if type == GIT_OBJECT_COMMIT { throw GitError(.ambiguousPrefix(id.prefix(length))) }
        }
        return id.prefix(length)
    }

    private func objects(in database: borrowing Handle, startingWith prefix: String) throws(GitError) -> Set<CommitID> {
        final class Search {
            let prefix: String
            var found: Set<CommitID> = []
            init(prefix: String) { self.prefix = prefix }
        }
        let search = Search(prefix: prefix)
        let status = unsafe git_odb_foreach(
            database.pointer,
            { oid, payload in
                guard let oid = unsafe oid, let payload = unsafe payload else { return 0 }
                let search = unsafe Unmanaged<Search>.fromOpaque(payload).takeUnretainedValue()
                let id = unsafe CommitID(oid.pointee)
                if id.prefix(search.prefix.count) == search.prefix { search.found.insert(id) }
                return 0
            },
            unsafe Unmanaged.passUnretained(search).toOpaque()
        )
        try check("git_odb_foreach", status)
        return search.found
    }

    /// Whether tracked files differ from HEAD, in the index or in the work tree.
    ///
    /// Untracked files do not count, also in submodules, as in `git describe --dirty`.
    package func isDirty() throws(GitError) -> Bool {
        if workingDirectory == nil { return false }
        let repository = unsafe handle.pointer
        var options = unsafe git_status_options()
        try check(
            "git_status_options_init",
            unsafe git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))
        )
        unsafe options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
        unsafe options.flags = 0
        let list = try unsafe Handle("git_status_list_new", freedBy: { unsafe git_status_list_free($0) }) { pointer in
            unsafe git_status_list_new(&pointer, repository, &options)
        }
        for index in unsafe 0..<git_status_list_entrycount(list.pointer) {
            guard let entry = unsafe git_status_byindex(list.pointer, index) else { continue }
            if try unsafe isChanged(entry.pointee) { return true }
        }
        return false
    }

    /// Whether a file differs; of a submodule, whether its commit or its tracked files do.
    private func isChanged(_ entry: git_status_entry) throws(GitError) -> Bool {
        guard let delta = unsafe entry.index_to_workdir?.pointee, unsafe entry.head_to_index == nil,
            unsafe delta.old_file.mode == GIT_FILEMODE_COMMIT.rawValue
        else { return true }
        var status: UInt32 = 0
        try check(
            "git_submodule_status",
            unsafe git_submodule_status(&status, handle.pointer, delta.old_file.path, GIT_SUBMODULE_IGNORE_UNTRACKED)
        )
        let changes: [git_submodule_status_t] = [
            GIT_SUBMODULE_STATUS_INDEX_ADDED, GIT_SUBMODULE_STATUS_INDEX_DELETED, GIT_SUBMODULE_STATUS_INDEX_MODIFIED,
            GIT_SUBMODULE_STATUS_WD_ADDED, GIT_SUBMODULE_STATUS_WD_DELETED, GIT_SUBMODULE_STATUS_WD_MODIFIED,
            GIT_SUBMODULE_STATUS_WD_INDEX_MODIFIED, GIT_SUBMODULE_STATUS_WD_WD_MODIFIED,
        ]
        return changes.contains { status & $0.rawValue != 0 }
    }

    static func next(_ iterator: borrowing Handle) throws(GitError) -> Handle? {
        let pointer = unsafe iterator.pointer
        do {
            return try unsafe Handle("git_reference_next", freedBy: { unsafe git_reference_free($0) }) { next in
                unsafe git_reference_next(&next, pointer)
            }
        } catch {
            // The end, and nothing but the end, ends the list.
            guard error.code?.rawValue == GIT_ITEROVER.rawValue else { throw error }
            return nil
        }
    }

    /// The commit that a reference stands for, by way of annotated tags; nil where it stands for something else.
    func commit(behind reference: borrowing Handle) throws(GitError) -> CommitID? {
        let pointer = unsafe reference.pointer
        let object = try unsafe Handle("git_reference_peel", freedBy: { unsafe git_object_free($0) }) { peeled in
            unsafe git_reference_peel(&peeled, pointer, GIT_OBJECT_ANY)
        }
        guard unsafe git_object_type(object.pointer) == GIT_OBJECT_COMMIT, let id = unsafe git_object_id(object.pointer)
        else { return nil }
        return unsafe CommitID(id.pointee)
    }

    /// The URL of the remote `origin`, else of the only remote; nil where there is none.
    ///
    /// It may hold credentials.
    package func remoteURL() throws(GitError) -> String? {
        let repository = unsafe handle.pointer
        var names = unsafe git_strarray()
        try check("git_remote_list", unsafe git_remote_list(&names, repository))
        defer { unsafe git_strarray_dispose(&names) }
        let remotes = unsafe (0..<names.count).compactMap { index in
            unsafe names.strings[index].map { unsafe String(cString: $0) }
        }
        guard let name = remotes.contains("origin") ? "origin" : remotes.count == 1 ? remotes[0] : nil else {
            return nil
        }
        let remote = try unsafe Handle("git_remote_lookup", freedBy: { unsafe git_remote_free($0) }) { pointer in
            unsafe git_remote_lookup(&pointer, repository, name)
        }
        return unsafe git_remote_url(remote.pointer).map { unsafe String(cString: $0) }
    }
}
