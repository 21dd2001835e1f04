import Changes
import Git
import Release
import SystemPackage
import Tagging
import Versioning

/// A run of `tagboat bump`: planned, told, carried out.
struct BumpSession {
    private let context: CommandContext
    private let options: BumpOptions
    private let request: BumpRequest
    /// The repository; nil where there is none, and a version file is all that is raised.
    private let git: GitRepository?
    private let program: GitProgram?

    init(_ context: CommandContext, options: BumpOptions) async throws {
        self.context = context
        self.options = options
        request = try options.request()
        // A version file can be raised outside of any repository, and then libgit2 need not start.
        let needsGit = options.extent > .files || request.target == .automatic
        let isInRepository =
            WorkTree.top(around: context.folder) != nil || context.environment["GIT_DIR"]?.isEmpty == false
        git = needsGit || isInRepository ? try await context.repository() : nil
        let folder = await git?.programFolder ?? context.folder.string
        program = git.map { _ in
            GitProgram(in: folder, deadline: .now + context.configuration.timeout) { Output.message($0) }
        }
    }

    func run() async throws {
        let plan = try await planning().plan()
        let style = context.style
        let folder = context.folder.string
        let text = BumpText(style: style, folder: folder)
        let isExplained = request.target == .automatic || options.isDryRun || !plan.staying.isEmpty
        if options.format == .text, isExplained { text.reasons(plan).forEach(context.inform) }

        let document = try JSONText.render(BumpDocument(plan, folder: folder))
        guard !options.isDryRun, !plan.releases.isEmpty || !plan.unpushedTags.isEmpty else {
            if options.format == .text { text.steps(plan).forEach { context.inform("would " + $0) } }
            Output.standard.write(options.format == .json ? document : BumpText.versions(plan))
            return
        }
        let outcome = try await BumpRun(
            plan,
            git: git,
            recording: try await recording(),
            program: program,
            hooks: await hooks(),
            document: Array(document.utf8)
        ).run()
        switch options.format {
        case .text: Output.standard.write(BumpText.versions(plan))
        case .json: Output.standard.write(try JSONText.render(BumpDocument(plan, outcome, folder: folder)))
        }
    }

    // MARK: Planning

    private func planning() async throws -> BumpPlanning {
        let configuration = context.configuration
        let program = self.program
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
        return BumpPlanning(
            targets,
            components: configuration.components,
            request: request,
            git: git,
            extent: options.extent,
            branch: options.branch,
            remote: remote,
            message: configuration.git.commitMessage,
            remoteTags: options.extent == .push ? remoteTags : nil,
            changelog: configuration.bumpsChangelog ? news : nil
        )
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
            releasing: Version(release.version),
            on: try context.now(),
            changes: news.changes,
            after: news.previousTag,
            into: old
        )
        return bytes == old ? nil : FileChange(context.folder.pushing(file.path), bytes)
    }

    // MARK: Carrying out

    private func recording() async throws -> BumpRun.Recording? {
        guard let git, options.extent >= .commit else { return nil }
        let identity = try await CommitIdentity(in: git, environment: context.environment, now: try context.now())
        let settings = context.configuration.git
        return BumpRun.Recording(
            identity: identity,
            commitSigner: try await signer(for: .commit, identity, git),
            tagSigner: options.extent >= .tag ? try await signer(for: .tag, identity, git) : nil,
            added: settings.committedPaths,
            tagMessage: settings.tagMessage,
            movingTagKind: settings.movingTagKind,
            messageHook: CommitMessageHook(
                environment: context.environment,
                deadline: .now + context.configuration.timeout
            ) { Output.message($0) }
        )
    }

    private func signer(
        for object: SignedObject,
        _ identity: CommitIdentity,
        _ git: GitRepository
    ) async throws -> CommitSigner? {
        try await git.signer(
            for: object,
            choice: context.configuration.git.isSigned,
            committer: identity.committer,
            environment: context.environment,
            deadline: .now + context.configuration.timeout
        )
    }

    private func hooks() async -> Hooks {
        let isQuiet = context.isQuiet
        return Hooks(
            context.configuration.git.hooks,
            in: await git?.workingDirectory ?? context.folder.string,
            environment: context.environment,
            deadline: .now + context.configuration.timeout,
            isDryRun: options.isDryRun
        ) { line in
            if !isQuiet { Output.message(line) }
        }
    }
}
