import Git
import Release
import SystemPackage

/// The first stage of a release: the version is raised and committed, where that is asked for.
///
/// The tag comes last, with the image released, so that a run that breaks off is taken up where it ended: the release
/// commit at HEAD without its tag is what `bump` knows as begun.
struct BumpStage {
    let context: CommandContext
    let request: BumpRequest
    /// The branch, where HEAD is on none.
    let branch: String?
    let isDryRun: Bool

    /// What was raised.
    struct Result {
        let plan: BumpPlan
        /// Nil where nothing was written.
        let outcome: BumpRun.Outcome?
    }

    /// Raises the version.
    ///
    /// - Throws: `BumpRefusal`, `ReleaseRefusal`, and what `BumpSession` throws.
    func run() async throws -> Result {
        let pushes = context.configuration.release.gitExtent == .push
        let session = try await BumpSession(
            context,
            request: request,
            extent: .commit,
            branch: branch,
            isPushedLater: pushes
        )
        let plan = try await session.plan()
        let folder = context.folder.string
        let text = BumpText(style: context.style, folder: folder)
        text.reasons(plan).forEach(context.inform)
        if pushes, plan.releases.contains(where: \.isNew) { try await requireCurrentBranch(plan) }
        if isDryRun {
            text.steps(plan).forEach { context.inform("would " + $0) }
            if !plan.releases.isEmpty { context.inform("note: tags of a commit will have that of the release commit") }
            return Result(plan: plan, outcome: nil)
        }
        guard !plan.releases.isEmpty else { return Result(plan: plan, outcome: nil) }
        let document = try JSONText.render(BumpDocument(plan, folder: folder))
        return Result(plan: plan, outcome: try await session.carryOut(plan, document: document))
    }

    /// A branch that is behind its remote could not be pushed in the end, when the image is out already.
    private func requireCurrentBranch(_ plan: BumpPlan) async throws {
        guard let branch = plan.branch else { throw BumpRefusal.noBranch }
        let git = try await context.repository()
        let remote = context.configuration.git.remote
        let found = try await context.gitProgram(for: git)
            .remoteReferences(of: remote, matching: ["refs/heads/\(branch)"])
            .first { $0.name == "refs/heads/\(branch)" }
        guard let found, let head = try await git.head().commit else { return }
        let isCurrent = try? await git.isAncestor(found.object, of: head)
        guard isCurrent == true else { throw ReleaseRefusal.behind(branch: branch, remote: remote) }
    }
}
