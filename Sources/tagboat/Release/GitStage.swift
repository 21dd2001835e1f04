import Changes
import Git
import Release
import SystemPackage

/// The end of a release in git: the tag, the moving tags, and the push of all of it.
struct GitStage {
    let context: CommandContext
    let project: Project
    /// The branch to push with the tags: that of the release commit; nil for none.
    let branch: String?

    /// What was done.
    struct Result {
        let plan: BumpPlan
        /// Nil in a dry run.
        let outcome: BumpRun.Outcome?

        /// Whether anything changed at the remote, or here where nothing is pushed.
        var hasChanged: Bool {
            guard let outcome else { return false }
            guard let push = outcome.push else { return !outcome.madeTags.isEmpty }
            return push.entries.contains { $0.outcome != .unchanged }
        }
    }

    /// What would be done.
    ///
    /// - Returns: the plan; nil where the configuration wants no git tag.
    /// - Throws: `BumpRefusal` where another commit has the version's tag; `GitError`.
    func plan() async throws -> BumpPlan? {
        guard let extent = context.configuration.release.gitExtent else { return nil }
        let settings = context.configuration.git
        let planning = TagPlanning(
            project,
            component: context.configuration.component?.name,
            movingTags: settings.movingTags
        )
        return try await planning.plan(extent: extent, branch: branch, remote: settings.remote)
    }

    /// Tags and pushes.
    ///
    /// - Throws: what `BumpRun` throws; tags that were made are kept where the push fails, and the next run pushes them.
    func run(_ plan: BumpPlan) async throws -> Result {
        let document = try JSONText.render(BumpDocument(plan, folder: context.folder.string))
        let outcome = try await context.carryOut(plan, in: try await context.repository(), document: document)
        return Result(plan: plan, outcome: outcome)
    }
}
