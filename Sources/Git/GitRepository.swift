internal import CLibgit2
import FoundationEssentials

/// A git repository on this machine, read and written through libgit2.
///
/// One actor owns every handle of libgit2; what it gives away are values.
package actor GitRepository {
    let handle: Handle
    /// The commits at which a shallow clone was cut off; their parents are not there.
    let shallowCommits: Set<CommitID>
    /// The folder of the repository, which worktrees share.
    let commonDirectory: String
    let overridesEnvironment: HistoryOverrides.Environment
    var objects: ObjectDatabase?
    /// What was read of its history so far.
    var history: CommitSource?
    /// The top of the work tree; nil for a bare repository.
    package let workingDirectory: String?
    /// The mailmap, once it was asked for.
    var mailmap: Mailmap?

    /// Opens the repository around a folder: at its top, below it, in a worktree, or bare; where the environment names
    /// one, as it does in git's hooks, that one.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - variables: the environment of the process.
    /// - Throws: `GitError`; of kind `notARepository`, `notOwned`, `sha256Repository`, `reftable` or
    ///   `unsupportedExtension` where that is why it cannot be opened.
    package init(
        discoveringFrom path: String,
        environment variables: [String: String] = ProcessInfo.processInfo.environment
    ) throws(GitError) {
        let environment = GitEnvironment(variables)
        let start = environment.directory ?? path
        if let problem = RepositoryFormat.problem(near: start) { throw GitError(problem) }
        do {
            handle = try Library.open(start, environment)
            try Self.setWorkTree(of: handle, environment, current: path)
        } catch {
            if error.isAboutOwner { throw GitError(.notOwned(path: RepositoryFormat.root(near: start) ?? start)) }
            guard error.code == .notFound else { throw error }
            throw GitError(.notARepository(path: start))
        }
        let repository = unsafe handle.pointer
        workingDirectory = unsafe git_repository_workdir(repository).map { text in
            let path = unsafe String(cString: text)
            return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        }
        let common = unsafe String(cString: git_repository_commondir(repository))
        commonDirectory = common.hasSuffix("/") ? String(common.dropLast()) : common
        shallowCommits = HistoryOverrides.shallowCommits(in: commonDirectory)
        overridesEnvironment = HistoryOverrides.Environment(variables)
    }

    /// Puts the work tree where the environment wants it.
    ///
    /// Where only `GIT_DIR` is set, the current folder is the top of the work tree, unless the repository is bare or
    /// knows better (git(1), `--git-dir`).
    private static func setWorkTree(
        of handle: borrowing Handle,
        _ environment: GitEnvironment,
        current: String
    ) throws(GitError) {
        guard environment.directory != nil else { return }
        let repository = unsafe handle.pointer
        guard unsafe environment.workTree != nil || git_repository_is_bare(repository) == 0 else { return }
        let configuration = try unsafe Handle("git_repository_config_snapshot", freedBy: { unsafe git_config_free($0) })
        {
            unsafe git_repository_config_snapshot(&$0, repository)
        }
        var configured: UnsafePointer<CChar>?
        let isConfigured = unsafe git_config_get_string(&configured, configuration.pointer, "core.worktree") == 0
        git_error_clear()
        guard let top = environment.workTree ?? (isConfigured ? nil : current) else { return }
        try check("git_repository_set_workdir", unsafe git_repository_set_workdir(repository, top, 0))
    }

    /// Whether history is cut off.
    package var isShallow: Bool { !shallowCommits.isEmpty }
}
