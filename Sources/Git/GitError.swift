internal import CLibgit2

/// Why git data could not be read or written.
package struct GitError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What sort of failure it is.
    package enum Kind: Hashable, Sendable {
        case notARepository(path: String)
        case notOwned(path: String)
        case sha256Repository(path: String)
        case reftable(path: String)
        case unsupportedExtension(name: String, path: String)
        case unbornHead
        case ambiguousPrefix(String)
        /// A shallow clone does not reach far enough to tell.
        case historyIncomplete
        /// A partial clone left out what a commit's changes are read from.
        case objectsMissing(CommitID)
        /// An object that should be a commit is none.
        case notACommit(CommitID)
        /// Replacements of an object lead on and on.
        case replacedTooDeeply(CommitID)
        /// The commit-graph is damaged, or too far behind; reading goes on without it.
        case unusableCommitGraph
        case tagExists(String, CommitID)
        case invalidTagName(String)
        case operationInProgress
        case nothingToCommit(path: String)
        case bareRepository
        /// A file that is committed by way of a filter program, such as Git LFS, which libgit2 does not run.
        case needsFilterProgram(path: String, filter: String)
        case outsideWorkTree(path: String)
        case emptyMessage
        /// A reference is not where it was when the work began.
        case moved(reference: String)
        /// Another program has locked a reference or the index.
        case locked(message: String)
        case invalidSetting(key: String, value: String)
        /// Anything else that libgit2 reports.
        case library
    }

    /// A return code of libgit2; unknown ones survive.
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: Int32

        package init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        package static let notFound = Code(rawValue: -3)
        package static let exists = Code(rawValue: -4)
        package static let ambiguous = Code(rawValue: -5)
        package static let bareRepository = Code(rawValue: -8)
        package static let unbornBranch = Code(rawValue: -9)
        package static let invalidSpecification = Code(rawValue: -12)
        package static let locked = Code(rawValue: -14)
        package static let notOwned = Code(rawValue: -36)
    }

    package let kind: Kind
    /// The function of libgit2 that failed; nil where we found the reason ourselves.
    package let function: String?
    package let code: Code?
    /// libgit2's own words.
    package let message: String?

    /// A failure that we found ourselves.
    package init(_ kind: Kind) {
        self.kind = kind
        function = nil
        code = nil
        message = nil
    }

    /// A failure that libgit2 has just returned.
    ///
    /// Its words are copied and cleared at once, since the next call may replace them and an old one must not be taken
    /// for a new one.
    init(function: String, code: Int32, kind: Kind = .library) {
        self.function = function
        self.code = Code(rawValue: code)
        if let last = unsafe git_error_last(), let text = unsafe last.pointee.message {
            message = unsafe String(cString: text)
        } else {
            message = nil
        }
        self.kind = code == GIT_ELOCKED.rawValue ? .locked(message: message ?? function) : kind
        git_error_clear()
    }

    /// Whether the answer lies beyond the end of a shallow clone.
    package var isIncompleteHistory: Bool { kind == .historyIncomplete }

    /// Whether a clone that was cut down lacks what the answer takes: history, or objects.
    package var isAboutCutClone: Bool {
        if case .objectsMissing = kind { true } else { isIncompleteHistory }
    }

    package var description: String {
        switch kind {
        case .notARepository(let path): "\(path) is not in a git repository"
        case .notOwned(let path): "the git repository at \(path) is not owned by the current user"
        case .sha256Repository(let path):
            "the git repository at \(path) uses SHA-256 object names, which cannot be read"
        case .reftable(let path):
            "the git repository at \(path) keeps its references as a reftable, which cannot be read"
        case .unsupportedExtension(let name, let path):
            "the git repository at \(path) uses the extension \"\(name)\", which is not supported"
        case .unbornHead: "the current branch has no commit yet"
        case .ambiguousPrefix(let prefix): "the short hash \(prefix) stands for more than one commit"
        case .historyIncomplete: "the history is cut off: this is a shallow clone that does not reach far enough back"
        case .objectsMissing(let commit):
            "the files of commit \(commit.prefix(7)) cannot be compared: this is a partial clone without them"
        case .notACommit(let id): "the object \(id.prefix(7)) is not a commit"
        case .replacedTooDeeply(let id): "the references in refs/replace/ lead from \(id.prefix(7)) on and on"
        case .unusableCommitGraph: "the commit-graph cannot be used"
        case .tagExists(let name, let commit): "the git tag \(name) exists already, on \(commit.prefix(7))"
        case .invalidTagName(let name): "\"\(name)\" is not a name that a git tag may have"
        case .operationInProgress: "a merge, rebase, cherry-pick or revert is in progress"
        case .nothingToCommit(let path): "there is nothing to commit: \(path) is as it was"
        case .bareRepository: "the repository is bare: it has no work tree to commit from"
        case .needsFilterProgram(let path, let filter):
            "\(path) cannot be committed: its content goes through the filter \"\(filter)\""
        case .outsideWorkTree(let path): "\(path) is not in the work tree of this repository"
        case .emptyMessage: "the message is empty"
        case .moved(let reference): "\(reference) was moved by someone else meanwhile"
        case .locked(let message): "git is at work in this repository already: \(message)"
        case .invalidSetting(let key, let value): "git's configuration says \(key) = \(value), which it cannot be"
        case .library: "git failed in \(function ?? "libgit2"): \(message ?? "error \(code?.rawValue ?? 0)")"
        }
    }

    /// What to do about it.
    package var hint: String? {
        switch kind {
        case .notARepository: "run this in a git checkout, or name one with -C"
        case .notOwned(let path): "trust it with `git config --global --add safe.directory \(path)`"
        case .sha256Repository: "libgit2 reads SHA-1 repositories only; use one, or a clone made with it"
        case .reftable: "convert it with `git refs migrate --ref-format=files`"
        case .unsupportedExtension: "clone it without that extension"
        case .unbornHead: "make the first commit, then run again"
        case .ambiguousPrefix: "ask for more characters with --short-hash-length"
        case .historyIncomplete: "fetch the rest with `git fetch --unshallow --tags`"
        case .objectsMissing: "fetch the rest with `git fetch --refetch --no-filter`, or clone with --filter=blob:none"
        case .notACommit: "check the repository with `git fsck`"
        case .replacedTooDeeply: "look at them with `git replace --list`"
        case .unusableCommitGraph: "write it anew with `git commit-graph write --reachable`"
        case .tagExists(let name, _): "delete it with `git tag --delete \(name)` if it is wrong"
        case .invalidTagName: "choose another --tag-prefix"
        case .operationInProgress: "finish or abort it, then run again"
        case .nothingToCommit: nil
        case .bareRepository: "run this in a checkout"
        case .needsFilterProgram: "commit the file with git, or take the filter from its .gitattributes"
        case .outsideWorkTree: "name a file inside of it"
        case .emptyMessage: "write one, or correct the template that it is made from"
        case .moved: "run again: nothing was written"
        case .locked: "wait until it is done, or remove the lock file that a crash left, then run again"
        case .invalidSetting(let key, _): "correct it with `git config \(key) VALUE`"
        case .library: nil
        }
    }
}

/// Checks a return code of libgit2.
///
/// - Throws: `GitError` where it is negative.
func check(_ function: String, _ status: Int32) throws(GitError) {
    guard status >= 0 else { throw GitError(function: function, code: status) }
}
