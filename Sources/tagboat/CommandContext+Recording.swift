import Git
import Release
import SystemPackage

/// What writes to git, as the configuration, the environment and the user's git configuration say.
extension CommandContext {
    /// When a program that is started now must have ended.
    var programDeadline: ContinuousClock.Instant { .now + configuration.timeout }

    /// The user's git, for what goes over the network.
    func gitProgram(for git: GitRepository) async -> GitProgram {
        GitProgram(in: await git.programFolder, deadline: programDeadline) { Output.message($0) }
    }

    /// Who commits and tags, and how; nil where nothing is recorded.
    ///
    /// - Throws: `CommitIdentityError`, `SigningError`, `GitError`, `ConfigurationError`.
    private func recording(in git: GitRepository, extent: BumpPlan.Extent) async throws -> BumpRun.Recording? {
        guard extent >= .commit else { return nil }
        let identity = try await CommitIdentity(in: git, environment: environment, now: try now())
        let settings = configuration.git
        return BumpRun.Recording(
            identity: identity,
            commitSigner: try await signer(for: .commit, identity, git),
            tagSigner: extent >= .tag ? try await signer(for: .tag, identity, git) : nil,
            added: settings.committedPaths,
            tagMessage: settings.tagMessage,
            movingTagKind: settings.movingTagKind,
            messageHook: CommitMessageHook(environment: environment, deadline: programDeadline) { Output.message($0) }
        )
    }

    private func signer(
        for object: SignedObject,
        _ identity: CommitIdentity,
        _ git: GitRepository
    ) async throws -> CommitSigner? {
        try await git.signer(
            for: object,
            choice: configuration.git.isSigned,
            committer: identity.committer,
            environment: environment,
            deadline: programDeadline
        )
    }

    /// Carries out what was planned for files, commits, tags and pushes.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - git: the repository; nil where there is none, and files are all that changes.
    ///   - document: the same plan as JSON, for hooks.
    /// - Returns: what was done.
    /// - Throws: what a step throws; what was done before it is taken back, unless it was pushed.
    func carryOut(_ plan: BumpPlan, in git: GitRepository?, document: String) async throws -> BumpRun.Outcome {
        try await BumpRun(
            plan,
            git: git,
            recording: try await git.asyncMap { try await recording(in: $0, extent: plan.extent) } ?? nil,
            program: await git.asyncMap { await gitProgram(for: $0) },
            hooks: await hooks(in: git),
            document: Array(document.utf8)
        ).run()
    }

    /// The commands around the steps of a release.
    func hooks(in git: GitRepository?) async -> Hooks {
        let isQuiet = isQuiet
        return Hooks(
            configuration.git.hooks,
            in: await git?.workingDirectory ?? folder.string,
            environment: environment,
            deadline: programDeadline
        ) { line in
            if !isQuiet { Output.message(line) }
        }
    }
}
