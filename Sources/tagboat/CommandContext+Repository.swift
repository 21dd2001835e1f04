import Git
import SystemPackage

extension CommandContext {
    /// The repository around the folder.
    ///
    /// Where `git.fetch` says so, a clone that lacks history or has no tags is completed first, by the user's own git.
    ///
    /// - Throws: `GitError`, `GitProgramError`.
    func repository() async throws -> GitRepository {
        let git = try GitRepository(discoveringFrom: folder.string, environment: environment)
        let settings = configuration.git
        guard settings.fetchesHistory else { return git }
        let isShallow = await git.isShallow
        let hasTags = try await !git.tags().isEmpty
        guard isShallow || !hasTags else { return git }
        try await gitProgram(for: git).fetch(from: settings.remote, depth: isShallow ? .whole : .same)
        // How far the history reaches is read when a repository is opened.
        return try GitRepository(discoveringFrom: folder.string, environment: environment)
    }
}
