import FoundationEssentials
package import Git
import Registry
import SystemPackage

/// git's own hook `commit-msg`, which may correct the message of a commit or refuse it.
///
/// libgit2 runs no hooks. This one is worth running: servers ask for what it adds (Gerrit's `Change-Id`), and teams
/// check messages with it. `pre-commit` is about an index that a commit of named files does not have, and is left to
/// the hook `before-commit` of the configuration.
package struct CommitMessageHook: Sendable {
    let environment: [String: String]
    let deadline: ContinuousClock.Instant?
    /// Takes what the hook says, line by line.
    let tell: @Sendable (String) -> Void

    package init(
        environment: [String: String],
        deadline: ContinuousClock.Instant? = nil,
        tell: @escaping @Sendable (String) -> Void
    ) {
        self.environment = environment
        self.deadline = deadline
        self.tell = tell
    }

    /// The message that the hook makes of one; the same where there is no hook.
    ///
    /// - Throws: `HookError` where it refuses; `GitError`, `ProgramError`, `FileFailure`.
    package func apply(to message: String, in git: GitRepository) async throws -> String {
        guard let hook = try await git.hook(named: "commit-msg", environment: environment),
            let top = await git.workingDirectory
        else { return message }
        // Where hooks expect it, and where people find a message that was refused.
        let file = await git.administrativePath("COMMIT_EDITMSG")
        let copy = try AtomicFile(FilePath(file))
        try copy.append(Array(message.utf8))
        try copy.commit()
        let program = Program(hook, [file], environment: ["GIT_EDITOR": ":"], folder: top)
        let result = try await program.run(.standardError, deadline: deadline)
        guard result.isSuccess else { throw HookError(hook: "commit-msg", command: hook, ending: result.ending) }
        guard let data = FileManager.default.contents(atPath: file) else { return message }
        return String(decoding: data, as: UTF8.self)
    }
}
