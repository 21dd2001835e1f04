import Changes
import Git
import Release
import SystemPackage
import Tagging
import Versioning

/// The raising of versions: planned, carried out.
struct BumpSession {
    private let context: CommandContext
    private let request: BumpRequest
    private let extent: BumpPlan.Extent
    /// The branch, where HEAD is on none.
    private let branch: String?
    /// Whether the remote is asked for the tags of earlier releases, which this run or a later step will push.
    private let looksAtRemote: Bool
    /// The repository; nil where there is none, and a version file is all that is raised.
    private let git: GitRepository?

    /// Opens the repository where there is need of one.
    ///
    /// - Parameters:
    ///   - context: the configuration.
    ///   - request: what the next version is to be.
    ///   - extent: how far to go.
    ///   - branch: the branch, where HEAD is on none.
    ///   - isPushedLater: whether another step pushes what this one makes.
    /// - Throws: `GitError`, `GitProgramError`.
    init(
        _ context: CommandContext,
        request: BumpRequest,
        extent: BumpPlan.Extent,
        branch: String?,
        isPushedLater: Bool = false
    ) async throws {
        self.context = context
        self.request = request
        self.extent = extent
        self.branch = branch
        looksAtRemote = extent == .push || isPushedLater
        // A version file can be raised outside of any repository, and then libgit2 need not start.
        let needsGit = extent > .files || request.target == .automatic
        let isInRepository =
            WorkTree.top(around: context.folder) != nil || context.environment["GIT_DIR"]?.isEmpty == false
        git = needsGit || isInRepository ? try await context.repository() : nil
    }

    /// Carries a plan out.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - document: the same as JSON, for hooks.
    /// - Returns: what was done.
    /// - Throws: what a step throws; what was done before it is taken back, unless it was pushed.
    func carryOut(_ plan: BumpPlan, document: String) async throws -> BumpRun.Outcome {
        try await context.carryOut(plan, in: git, document: document)
    }

    // MARK: Planning

    /// Works out what is to be done; nothing is written.
    ///
    /// - Throws: `BumpRefusal`, `GitError`, `VersionFileError` and what else a checkout may lack.
    func plan() async throws -> BumpPlan {
        let configuration = context.configuration
        let program = await git.asyncMap { await context.gitProgram(for: $0) }
        let remote = configuration.git.remote
        var targets: [BumpTarget] = []
        for component in chosen { targets.append(try await target(component)) }
        let remoteTags: ([String]) async throws -> Set<String> = { names in
            let references = names.map { "refs/tags/\($0)" }
            let found = try await program?.remoteReferences(of: remote, matching: references) ?? []
            return Set(found.map { String($0.name.dropFirst("refs/tags/".count)) })
        }
        let news: (BumpTarget, BumpPlan.Release, BumpPlanning.News) async throws -> FileChange? = {
            try await changelog($0, $1, $2)
        }
        return try await BumpPlanning(
            targets,
            components: configuration.components,
            request: request,
            git: git,
            extent: extent,
            branch: branch,
            remote: remote,
            message: configuration.git.commitMessage,
            remoteTags: looksAtRemote ? remoteTags : nil,
            changelog: configuration.bumpsChangelog ? news : nil
        ).plan()
    }

    /// The components to release, dependencies first; nil alone for a repository that is released as one.
    private var chosen: [Component?] {
        let map = context.configuration.components
        if let component = context.configuration.component { return [component] }
        return map.components.isEmpty ? [nil] : map.order.map { map[$0] }
    }

    private func target(_ component: Component?) async throws -> BumpTarget {
        let configuration = try context.components.configuration(for: component)
        guard configuration.tagPolicy.scheme == .semantic else {
            throw ConfigurationError(
                "bump raises semantic versions, and this project's scheme is \(configuration.tagPolicy.scheme.name)",
                hint: "write the version into its file yourself"
            )
        }
        return BumpTarget(
            component: component,
            location: VersionLocation(
                configuration.versionFile,
                in: context.folder,
                workTree: await git?.workingDirectory.map { FilePath($0) }
            ),
            files: try VersionedFiles.read(configuration.versionFiles, in: context.folder),
            source: configuration.versionSource,
            tags: configuration.tagPolicy,
            bump: configuration.bumpPolicy,
            lines: configuration.bumpLines,
            rules: configuration.commitRules,
            movingTags: configuration.git.movingTags
        )
    }

    /// The changelog with the section of a release.
    private func changelog(
        _ target: BumpTarget,
        _ release: BumpPlan.Release,
        _ news: BumpPlanning.News
    ) async throws -> FileChange? {
        let configuration = try context.components.configuration(for: target.component)
        let settings = configuration.changelog
        let writer = try ChangelogWriter(configuration, links: settings.links(remote: try await git?.remoteURL()))
        let file = ChangelogFile(
            settings.file,
            in: context.folder,
            workTree: await git?.workingDirectory.map { FilePath($0) }
        )
        let old = try file.read()
        let bytes = try writer.bytes(
            releasing: release.version,
            on: try context.now(),
            changes: news.changes,
            after: news.previousTag,
            into: old
        )
        return bytes == old ? nil : FileChange(context.folder.pushing(file.path), bytes)
    }
}
