import Changes
import Git
import Logging
import OCI
import Registry
import Release
import SystemPackage
import Tagging
import Versioning

/// A whole release, from the checkout to those who are told of it.
///
/// Every stage finds out for itself what an earlier run has done, so that the same command continues after a failure
/// at any of them.
struct ReleaseRun {
    let options: ReleaseCommand

    func run() async throws {
        let context = try options.context()
        let bump = try await raise(context)
        var reports: [ReleaseResult] = []
        for (subject, branch) in try subjects(context, bump) {
            reports.append(try await release(subject, branch: branch))
            if reports.last?.failure != nil { break }
        }
        let failure = reports.lazy.compactMap(\.failure).first
        let notification = try await announce(reports, bump, context, failed: failure != nil)
        try report(reports, bump, notification?.deliveries ?? [], context)
        for report in reports {
            if let outcome = report.image.pushed.outcome { try TargetOutcome.check(outcome.targets) }
        }
        if let problem = notification?.failure { throw problem }
    }

    // MARK: Stages

    private func raise(_ context: CommandContext) async throws -> BumpStage.Result? {
        guard let target = context.configuration.release.bump.target else { return nil }
        let request = BumpRequest(target, channel: options.release.pre)
        return try await BumpStage(
            context: context,
            request: request,
            branch: options.release.branch,
            isDryRun: options.release.isDryRun
        ).run()
    }

    /// What is released: each component that was raised, else what the command names.
    private func subjects(
        _ context: CommandContext,
        _ bump: BumpStage.Result?
    ) throws -> [(context: CommandContext, branch: String?)] {
        guard let plan = bump?.plan else { return [(context, nil)] }
        // Where versions stand in git tags alone, or the run is dry, the checkout does not name the version yet.
        let raised = plan.releases.map { (component: $0.component, version: String?.some($0.version.text)) }
        let isMonorepo = !context.configuration.components.components.isEmpty
        if isMonorepo, raised.count > 1, context.configuration.from != nil { throw ReleaseRefusal.severalComponents }
        // Of a version that stays, an earlier run may have left something to do.
        let staying = plan.staying.filter { $0.version != nil }.map { (component: $0.component, version: String?.none) }
        let subjects = isMonorepo && context.configuration.component == nil ? raised : (raised + staying)
        // Commits that no release asks for stay where they are.
        let branch = plan.releases.isEmpty && plan.unpushedTags.isEmpty ? nil : plan.branch
        return try subjects.map { subject in
            (try options.context(component: subject.component, version: subject.version), branch)
        }
    }

    private func release(_ context: CommandContext, branch: String?) async throws -> ReleaseResult {
        let isDryRun = options.release.isDryRun
        let project = try await context.project()
        // A tag that stands elsewhere is found out before anything is built.
        let early = GitStage(context: context, project: project, branch: branch)
        let mode = try context.configuration.policy().mode
        let isSnapshot = project.releasedFrom != nil || mode == .snapshot
        let tagging = isSnapshot ? nil : try await gitPlan(early)
        let image = try await ImageStage(options: options, context: context, isDryRun: isDryRun).run()
        var report = ReleaseResult(
            component: context.configuration.component?.name,
            image: image,
            git: nil,
            notes: nil
        )
        guard report.failure == nil, report.isRelease else { return report }
        let notes = await notes(context, version: project.version)
        var git: GitStage.Result?
        if let tagging {
            git = isDryRun ? GitStage.Result(plan: tagging, outcome: nil) : try await early.run(tagging)
        }
        report = ReleaseResult(component: report.component, image: image, git: git, notes: notes)
        return report
    }

    /// The plan for git; nil where the version's tag stands on another commit, and so this commit is a snapshot.
    private func gitPlan(_ stage: GitStage) async throws -> BumpPlan? {
        do {
            return try await stage.plan()
        } catch let refusal as BumpRefusal {
            let mode = try stage.context.configuration.policy().mode
            guard case .released = refusal, mode == .auto else { throw refusal }
            return nil
        }
    }

    /// The notes of a version; a history that cannot tell is no reason to stop.
    private func notes(_ context: CommandContext, version: Version) async -> String? {
        do {
            let run = try await NotesRun(context, source: .auto)
            return try run.text(try await run.notes(of: .releasing(version.text)), template: "notes.markdown")
        } catch {
            context.logger.debug("no release notes: \(FailureReport(error).description)")
            return nil
        }
    }

    // MARK: Telling

    private func announce(
        _ reports: [ReleaseResult],
        _ bump: BumpStage.Result?,
        _ context: CommandContext,
        failed: Bool
    ) async throws -> (deliveries: [Announcement.Delivery], failure: (any Error)?)? {
        guard !options.release.isDryRun, !failed, isWorthTelling(reports, context) else { return nil }
        let variables = HookVariables(
            version: reports.map(\.version).joined(separator: " "),
            tag: reports.compactMap { $0.git?.plan.releases.first?.tag }.first,
            commit: reports.first?.plan.commit.hash,
            component: reports.compactMap(\.component).first
        )
        return try await Announcement(
            context: context,
            document: try JSONText.render(document(reports, bump, [], context)),
            variables: variables
        ).run()
    }

    private func isWorthTelling(_ reports: [ReleaseResult], _ context: CommandContext) -> Bool {
        switch context.configuration.notification.occasion {
        case .never: false
        case .always: !reports.isEmpty
        case .change: reports.contains(where: \.hasChanged)
        case .release: reports.contains { $0.hasChanged && $0.isRelease }
        }
    }

    private func document(
        _ reports: [ReleaseResult],
        _ bump: BumpStage.Result?,
        _ deliveries: [Announcement.Delivery],
        _ context: CommandContext
    ) -> ReleaseDocument {
        ReleaseDocument(
            reports,
            bump: bump,
            deliveries: deliveries,
            isDryRun: options.release.isDryRun,
            folder: context.folder.string
        )
    }

    private func report(
        _ reports: [ReleaseResult],
        _ bump: BumpStage.Result?,
        _ deliveries: [Announcement.Delivery],
        _ context: CommandContext
    ) throws {
        switch options.push.format {
        case .text:
            let text = ReleaseText(style: context.style, isDryRun: options.release.isDryRun)
            Output.standard.write(text.render(reports, deliveries))
        case .json:
            Output.standard.write(try JSONText.render(document(reports, bump, deliveries, context)))
        }
        guard !options.release.isDryRun else { return }
        if let file = options.release.outputDigest, let digest = reports.first?.plan.source {
            try AtomicFile.write("\(digest)\n", to: file)
        }
        let templates = Templates(folder: context.configuration.templates)
        let summary = try ReleaseSummary(templates: templates).render(reports)
        if let file = options.release.summary { try AtomicFile.write(summary, to: file) }
        let environment = context.environment
        if let file = environment["GITHUB_STEP_SUMMARY"], !file.isEmpty { try GitHubFile.append(summary, to: file) }
        if let file = environment["GITHUB_OUTPUT"], !file.isEmpty, let report = reports.first {
            try GitHubFile.set(report.outputs, in: file)
        }
    }
}
