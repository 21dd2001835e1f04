import Changes
import OCI
import Registry
import Release
import Tagging
import Versioning

/// The middle of a release: the image is found or built, planned, and put under its tags.
struct ImageStage {
    let options: ReleaseCommand
    let context: CommandContext
    let isDryRun: Bool

    /// Where an image came from.
    enum Origin: String, Encodable {
        /// `--from` names it.
        case given
        /// A repository had the image of this commit already.
        case found
        case built
        /// A dry run builds nothing.
        case unbuilt
    }

    /// What became of the image.
    struct Result {
        let origin: Origin
        /// Where it was taken from; nil for one that was not built.
        let source: ImageLocation?
        let pushed: PushRun.Result
        /// The checkout, as it was judged.
        let project: Project
    }

    /// Releases the image.
    ///
    /// - Throws: `Refusal` before anything is built or pushed; what building and pushing throw.
    func run() async throws -> Result {
        let read = try await context.project()
        if let source = context.configuration.from {
            return try await push(source, .given, read, mode: nil)
        }
        let tree = try DirtyWorkTree(
            read,
            policy: try context.configuration.policy(),
            isAllowed: options.build.allowDirty,
            context: context
        )
        var run = PushRun(context: context, rebuild: options.push.rebuild)
        run.mode = tree.policy.mode
        run.project = tree.project
        let outlook = try await run.look()
        if let existing = outlook.existing, !options.push.rebuild, !read.isDirty {
            context.inform("not built: \(existing.location.text) is the image of this commit")
            return try await push(existing.location, .found, tree.project, mode: tree.policy.mode)
        }
        if let refusal = Refusal(outlook.plan) { throw refusal }
        let mode: ReleaseMode = if case .snapshot = outlook.plan.kind { .snapshot } else { .release }
        let builds = BuildRun(context: try buildContext(outlook.plan, tree.project), options: options.build)
        let plan = try await builds.plan(try await builds.context.project())
        if isDryRun {
            try plan.commandLines().forEach { context.inform("would run \($0)") }
            let planned = PushRun.Result(plan: outlook.plan, outcome: nil, traffic: nil)
            return Result(origin: .unbuilt, source: nil, pushed: planned, project: tree.project)
        }
        let image = try await builds.build(plan)
        // A release that another run has taken meanwhile must not become a snapshot with the labels of a release.
        let pushed = mode == .release ? mode : tree.policy.mode
        return try await push(image.location, .built, tree.project, mode: pushed)
    }

    /// The configuration for the build: the repositories have told which version the image is going to have, and git
    /// alone may not know.
    private func buildContext(_ plan: ReleasePlan, _ project: Project) throws -> CommandContext {
        let component = context.configuration.component?.name
        guard case .snapshot = plan.kind else {
            return try options.context(component: component, version: context.configuration.version, mode: .release)
        }
        guard !project.isDirty, let development = plan.development else {
            return try options.context(component: component, mode: .snapshot)
        }
        return try options.context(component: component, version: development.text, mode: .release)
    }

    private func push(
        _ source: ImageLocation,
        _ origin: Origin,
        _ project: Project,
        mode: ReleaseMode?
    ) async throws -> Result {
        let run = PushRun(context: context, rebuild: options.push.rebuild, mode: mode, project: project)
        let pushed = try await isDryRun ? run.plan(source) : run.push(source)
        if let refusal = Refusal(pushed.plan) { throw refusal }
        return Result(origin: origin, source: source, pushed: pushed, project: project)
    }
}
