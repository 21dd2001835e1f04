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

    /// Opens the repository around a folder: at its top, below it, in a worktree, or bare.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - environment: the variables of git's that say how its history is to be read.
    /// - Throws: `GitError`; of kind `notARepository`, `notOwned`, `sha256Repository`, `reftable` or
    ///   `unsupportedExtension` where that is why it cannot be opened.
    package init(
        discoveringFrom path: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(GitError) {
        Library.start()
        if let problem = RepositoryFormat.problem(near: path) { throw GitError(problem) }
        do {
            handle = try unsafe Handle("git_repository_open_ext", freedBy: { unsafe git_repository_free($0) }) {
                pointer in
                unsafe git_repository_open_ext(&pointer, path, 0, nil)
            }
        } catch {
            // Without any safe.directory in the configuration, libgit2 1.5 reports that it did not find one, in place
            // of the error of its own that it has for ownership.
            let isAboutOwner = error.code == .notOwned || error.message?.contains("safe.directory") == true
            if isAboutOwner { throw GitError(.notOwned(path: RepositoryFormat.root(near: path) ?? path)) }
            guard error.code == .notFound else { throw error }
            throw GitError(.notARepository(path: path))
        }
        let repository = unsafe handle.pointer
        workingDirectory = unsafe git_repository_workdir(repository).map { text in
            let path = unsafe String(cString: text)
            return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        }
        let common = unsafe String(cString: git_repository_commondir(repository))
        commonDirectory = common.hasSuffix("/") ? String(common.dropLast()) : common
        shallowCommits = HistoryOverrides.shallowCommits(in: commonDirectory)
        overridesEnvironment = HistoryOverrides.Environment(environment)
    }

    /// Whether history is cut off.
    package var isShallow: Bool { !shallowCommits.isEmpty }
}

/// The library's own life: started once, when the first repository is opened, since that takes some 12 ms.
private enum Library {
    static func start() { _ = started }

    private static let started: Int32 = git_libgit2_init()
}
