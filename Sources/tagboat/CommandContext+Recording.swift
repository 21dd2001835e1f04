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
    func recording(in git: GitRepository, extent: BumpPlan.Extent) async throws -> BumpRun.Recording? {
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
