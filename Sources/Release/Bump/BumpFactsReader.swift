import Git
import SystemPackage
package import Tagging
package import Versioning

/// Reads what must be known before a version is raised.
package struct BumpFactsReader: Sendable {
    /// How versions, their tags and their changes are to be read.
    package struct Options: Sendable {
        package var source: VersionSource
        package var policy: TagPolicy
        package var lines: [BranchPattern]
        /// The branch, where the checkout does not tell: a CI system may check out a commit alone.
        package var branch: String?
        /// Whether the run commits and tags, and so may have to finish what an earlier one began.
        package var isRecorded: Bool
        /// The message of the commit of a version, by which one of an earlier run is known.
        package var message: @Sendable (SemanticVersion) -> String

        package init(
            source: VersionSource = .auto,
            policy: TagPolicy = TagPolicy(),
            lines: [BranchPattern] = BranchPattern.defaults,
            branch: String? = nil,
            isRecorded: Bool = false,
            message: @escaping @Sendable (SemanticVersion) -> String = { "chore(release): \($0)" }
        ) {
            self.source = source
            self.policy = policy
            self.lines = lines
            self.branch = branch
            self.isRecorded = isRecorded
            self.message = message
        }
    }

    private let location: VersionLocation
    private let options: Options

    package init(_ location: VersionLocation, options: Options) {
        self.location = location
        self.options = options
    }

    /// Reads the facts for a request, all but what was changed.
    ///
    /// - Parameters:
    ///   - request: what is asked for; history is read only where it matters.
    ///   - git: the repository; nil where there is none, and the version file alone counts.
    ///   - tags: all of its tags.
    /// - Returns: the facts.
    /// - Throws: `GitError`, of kind `historyIncomplete` where a shallow clone cannot tell; `VersionFileError`,
    ///   `ProjectError`, `SemanticVersionError`.
    func facts(for request: BumpRequest, git: GitRepository?, tags: [GitTag]) async throws -> BumpFacts {
        var facts = BumpFacts()
        if options.source != .tags, location.exists {
            facts.current = try semantic(location.read(scheme: options.policy.scheme).version)
        }
        guard let git, let tip = try await git.head().commit else { return facts }

        facts.branch = try await branch(of: git)
        facts.line = facts.branch.flatMap { ReleaseLine(branch: $0, patterns: options.lines) }
        facts.releases = tags.compactMap { tag in
            guard let version = options.policy.version(gitTag: tag.name), !version.isDevelopment else { return nil }
            return ReleaseTag(version: version, name: tag.name, commit: tag.commit)
        }
        let onLine = facts.releases.filter { facts.line?.contains($0.version) ?? true }
        do {
            facts.last = try await highest(onLine, containedIn: tip, of: git)
            facts.lastStable =
                facts.last?.version.isStable ?? true
                ? facts.last : try await highest(onLine.filter(\.version.isStable), containedIn: tip, of: git)
        } catch {
            // A version that people name needs no history.
            let isIncomplete = (error as? GitError)?.isIncompleteHistory ?? false
            guard isIncomplete, request.target != .automatic, facts.current != nil else { throw error }
        }
        if facts.current == nil, options.source != .file { facts.current = facts.last?.version }
        let top = await git.workingDirectory.map { FilePath($0) }
        if let top, options.isRecorded { try await readCommitted(&facts, git: git, tip: tip, top: top) }
        if request.target == .automatic, facts.last == nil, let current = facts.current,
            let path = top.flatMap({ location.path(below: $0) }),
            let origin = try await git.lastChange(of: path, upTo: tip)
        {
            // Without tags, the commit that wrote the version into the file stands for its release.
            facts.last = KnownRelease(version: current, commit: origin, tag: nil)
            facts.lastStable = facts.last
        }
        return facts
    }

    private func highest(
        _ releases: [ReleaseTag],
        containedIn tip: CommitID,
        of git: GitRepository
    ) async throws -> KnownRelease? {
        let found = try await git.highest(of: releases.map { ($0.version, $0.commit) }, containedIn: tip)
        return try found.map { found in
            let tag = releases.first { $0.version == found.version && $0.commit == found.commit }
            return KnownRelease(version: try semantic(found.version), commit: found.commit, tag: tag)
        }
    }

    private func branch(of git: GitRepository) async throws -> String? {
        if let branch = options.branch { return branch }
        guard let reference = try await git.checkedOutReference(), reference.hasPrefix("refs/heads/") else {
            return nil
        }
        return String(reference.dropFirst("refs/heads/".count))
    }

    /// What HEAD has in the version file, and whether its commit was made for that version.
    private func readCommitted(
        _ facts: inout BumpFacts,
        git: GitRepository,
        tip: CommitID,
        top: FilePath
    ) async throws {
        guard let current = facts.current, let path = location.path(below: top),
            let bytes = try await git.content(of: path, in: tip),
            let committed = try? semantic(VersionFile(parsing: bytes, path: path).version)
        else { return }
        guard committed == current else {
            facts.committed = committed
            return
        }
        let subject = { (message: String) in message.prefix { !$0.isNewline } }
        facts.isHeadReleaseCommit = try await subject(git.commit(tip).message) == subject(options.message(current))
    }

    private func semantic(_ version: Version?) throws -> SemanticVersion {
        try SemanticVersion(parsing: version?.text ?? "")
    }
}
