import FoundationEssentials
package import Git
package import SystemPackage
package import Tagging
package import Versioning

/// What the checkout says: the version, the commit and the state of the work tree.
package struct Project: Sendable {
    package let version: Version
    /// The commit of the git tag that the version was taken from, where HEAD has left it behind; nil otherwise.
    package let releasedFrom: CommitID?
    package let head: Head
    package let commit: CommitFacts
    /// What the CI system says of the build; nil where there is none.
    let build: BuildContext?
    /// The moment of the run.
    package let date: Timestamp
    /// How versions and their git tags are written.
    package let policy: TagPolicy
    package let isDirty: Bool
    /// Whether what this run names after the commit tells that the work tree has changed since.
    package private(set) var saysDirty = false
    /// The URL of the git remote, credentials and all; not for output.
    package let remote: String?
    /// The repository that it was read from.
    package let git: GitRepository

    /// How a project is to be read.
    package struct Options: Sendable {
        /// The version to take in place of the file's.
        package var version: String?
        /// The VERSION file; relative to the folder, or else to the top of the work tree.
        package var versionFile: FilePath
        /// Where the version comes from, where it is not given.
        package var source: VersionSource
        package var shortHashLength: Int
        /// `SOURCE_DATE_EPOCH`, which stands in for the commit's date and for the present moment.
        package var sourceDate: Timestamp?
        /// The present moment.
        package var date: Timestamp
        /// How versions and their git tags are written.
        package var policy: TagPolicy
        /// What the CI system says of the build; nil where there is none.
        package var build: BuildContext?

        package init(
            version: String? = nil,
            versionFile: FilePath = "VERSION",
            source: VersionSource = .auto,
            shortHashLength: Int = 7,
            sourceDate: Timestamp? = nil,
            date: Timestamp = Timestamp(secondsSinceEpoch: 0),
            policy: TagPolicy = TagPolicy(),
            build: BuildContext? = nil
        ) {
            self.version = version
            self.versionFile = versionFile
            self.source = source
            self.shortHashLength = shortHashLength
            self.sourceDate = sourceDate
            self.date = date
            self.policy = policy
            self.build = build
        }
    }

    /// Reads the project around a folder.
    ///
    /// - Parameters:
    ///   - folder: the folder.
    ///   - git: the repository around it.
    ///   - options: how to read.
    /// - Throws: `GitError`, `VersionFileError`, `ProjectError`.
    package init(in folder: FilePath, git: GitRepository, options: Options) async throws {
        let head = try await git.head()
        let id =
            switch head {
            case .branch(_, let id), .detached(let id): id
            case .unborn(let branch): throw ProjectError.noCommit(branch: branch)
            }
        let workTree = await git.workingDirectory.map { FilePath($0) }
        self.git = git
        self.head = head
        policy = options.policy
        date = options.sourceDate ?? options.date
        if let text = options.version {
            version = try options.policy.version(written: text)
            releasedFrom = nil
        } else {
            let location = VersionLocation(options.versionFile, in: folder, workTree: workTree)
            (version, releasedFrom) = try await git.version(options.source, location, options.policy, at: id)
        }
        isDirty = try await git.isDirty()
        remote = try await git.remoteURL()
        let commitDate: Timestamp
        if let sourceDate = options.sourceDate {
            commitDate = sourceDate
        } else {
            commitDate = Timestamp(secondsSinceEpoch: try await git.commit(id).committerDate.secondsSinceEpoch)
        }
        commit = CommitFacts(
            hash: id.description,
            shortHash: try await git.shortHash(of: id, length: options.shortHashLength),
            date: commitDate
        )
        build = options.build
    }

    /// The same project, where hashes in tags and development versions have `-dirty` behind them.
    package func sayingDirty() -> Project {
        var project = self
        project.saysDirty = true
        return project
    }

    /// The highest release among the git tags that HEAD contains; nil where there is none.
    ///
    /// - Throws: `GitError`, of kind `historyIncomplete` where a shallow clone cannot tell.
    package func lastRelease() async throws -> (version: Version, commit: CommitID)? {
        guard let tip = head.commit else { return nil }
        return try await git.highestVersion(policy, containedIn: tip)
    }
}

/// Where the VERSION file is.
package struct VersionLocation: Sendable {
    package let path: FilePath
    /// The path as people wrote it, for messages.
    let shown: String

    /// Looks in a folder, then at the top of the work tree.
    package init(_ file: FilePath, in folder: FilePath, workTree: FilePath?) {
        shown = file.string
        let candidates = [folder] + (workTree.map { [$0] } ?? [])
        let found = candidates.map { $0.pushing(file) }.first {
            FileManager.default.fileExists(atPath: $0.string)
        }
        path = found ?? folder.pushing(file)
    }

    /// The file as git names it, below the top of the work tree; nil where it lies elsewhere.
    func path(below top: FilePath) -> String? {
        var path = path.lexicallyNormalized()
        return path.removePrefix(top.lexicallyNormalized()) ? path.string : nil
    }

    package var exists: Bool { FileManager.default.fileExists(atPath: path.string) }

    /// Reads the file.
    ///
    /// - Throws: `VersionFileError`, `ProjectError`.
    package func read(scheme: VersionScheme = .semantic) throws -> VersionFile {
        guard exists else { throw ProjectError.noVersionFile(shown) }
        guard let data = FileManager.default.contents(atPath: path.string) else {
            throw ProjectError.unreadableVersionFile(shown)
        }
        return try VersionFile(parsing: Array(data), path: shown, scheme: scheme)
    }
}

/// Why a checkout cannot be released from.
package enum ProjectError: Error, Equatable, Sendable, CustomStringConvertible {
    case noVersionFile(String)
    case unreadableVersionFile(String)
    case noCommit(branch: String)
    case noWorkTree
    case outsideWorkTree(String)
    case tagsIncomplete
    case unknownRelease(Version, revision: String?)
    case noVersionTag
    case disagreement(Version, Version, String)

    package var description: String {
        switch self {
        case .noVersionFile(let path): "there is no version: the file \(path) does not exist"
        case .unreadableVersionFile(let path): "the file \(path) cannot be read"
        case .noCommit(let branch): "the branch \(branch) has no commit yet"
        case .noWorkTree: "the repository is bare: it has no work tree to commit from"
        case .outsideWorkTree(let path): "the file \(path) is not in the work tree of this repository"
        case .tagsIncomplete:
            "this shallow clone has no git tags, so git cannot tell which versions are released"
        case .noVersionTag: "there is no version: no git tag that HEAD contains names one"
        case .disagreement(let version, _, let reason):
            "the version file and the git tags disagree: the file says \(version), but \(reason)"
        case .unknownRelease(let version, let revision):
            "the commits since \(version) cannot be counted: "
                + "its commit \(revision ?? "is not known and") is not in this repository"
        }
    }

    package var hint: String {
        switch self {
        case .noVersionFile:
            "give the version with --version 1.2.3, or make the file with `tagboat bump minor`"
        case .unreadableVersionFile:
            "check that it is a file that you may read"
        case .noCommit:
            "make the first commit, then run again"
        case .noWorkTree:
            "run this in a checkout"
        case .outsideWorkTree:
            "name a file inside of it with --version-file"
        case .noVersionTag:
            "fetch tags with `git fetch --tags`, make the first one with `git tag v0.1.0`, or give it with --version"
        case .disagreement(_, let tagged, _):
            "set the file to \(tagged) or a higher version, or correct the tag"
        case .tagsIncomplete:
            "fetch them with `git fetch --tags origin`, or take the registry's word with `evidence: registry`"
        case .unknownRelease:
            "fetch it with `git fetch --tags origin`, or raise the version with `tagboat bump`"
        }
    }
}
