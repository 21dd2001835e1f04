internal import CLibgit2
import Synchronization

/// The library's own life: started once, when the first repository is opened, since that takes some 12 ms.
enum Library {
    private static let started: Int32 = {
        let count = git_libgit2_init()
        _ = tagboat_accept_extensions()
        return count
    }()

    /// Whether owners are checked is one setting for the whole process.
    private static let opening = Mutex(())

    /// Opens a repository; one of another user only where it is trusted.
    static func open(_ path: String, _ environment: GitEnvironment) throws(GitError) -> Handle {
        _ = started
        return try opening.withLock { _ throws(GitError) in
            do throws(GitError) {
                return try openChecked(path, environment)
            } catch {
                guard error.isAboutOwner, let root = RepositoryFormat.root(near: path),
                    SafeDirectories.trust(root, in: environment)
                else { throw error }
                _ = tagboat_set_owner_validation(0)
                defer { _ = tagboat_set_owner_validation(1) }
                return try openChecked(path, environment)
            }
        }
    }

    private static func openChecked(_ path: String, _ environment: GitEnvironment) throws(GitError) -> Handle {
        var flags: UInt32 = 0
        if environment.directory != nil { flags |= GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue }
        if environment.crossesFileSystems { flags |= GIT_REPOSITORY_OPEN_CROSS_FS.rawValue }
        return try unsafe Handle("git_repository_open_ext", freedBy: { unsafe git_repository_free($0) }) { pointer in
            unsafe git_repository_open_ext(&pointer, path, flags, environment.ceilings)
        }
    }
}

extension GitError {
    /// Whether libgit2 refused a repository since it is another user's.
    ///
    /// Without any safe.directory in the configuration, libgit2 1.5 reports that it did not find one, in place of the
    /// error of its own that it has for ownership.
    var isAboutOwner: Bool { code == .notOwned || message?.contains("safe.directory") == true }
}
