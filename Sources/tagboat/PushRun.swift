import OCI
import Registry
import Release
import Tagging

/// What `plan`, `push` and `release` have in common: facts are read, the plan is made, and applied if so wanted.
struct PushRun {
    let context: CommandContext
    /// Whether a commit may replace its own image.
    let rebuild: Bool
    /// What the run is, where an earlier step has found out; nil for what the configuration says.
    var mode: ReleaseMode?
    /// The checkout as an earlier step has judged it; nil to read it.
    var project: Project?

    /// A plan, and what became of it.
    struct Result {
        let plan: ReleasePlan
        /// Nil where the plan was not applied.
        let outcome: ReleaseOutcome?
        let traffic: Traffic?
    }

    /// What the repositories hold, before there is an image.
    struct Outlook {
        /// What would happen to an image of this commit.
        let plan: ReleasePlan
        /// The image of this commit, where one of the repositories has it; and its digest.
        let existing: (location: ImageLocation, digest: Digest)?
    }

    /// Makes the plan, and changes nothing.
    ///
    /// - Throws: `ConfigurationError`, `RegistryError`, `GitError`, `ProjectError`, `TaggingError`.
    func plan(_ source: ImageLocation) async throws -> Result {
        try await withPlan(source, access: .pull) { plan, _, _, _, stores in
            Result(plan: plan, outcome: nil, traffic: stores.traffic)
        }
    }

    /// Makes the plan and applies it, unless it is refused.
    ///
    /// - Throws: as `plan`; what fails on a repository is told in the outcome.
    func push(_ source: ImageLocation) async throws -> Result {
        try await withPlan(source, access: .push) { plan, facts, source, reader, stores in
            guard plan.refusal == nil else { return Result(plan: plan, outcome: nil, traffic: stores.traffic) }
            let progress = TransferProgress(isTerminal: Output.messagesGoToTerminal, isQuiet: context.isQuiet)
            let jobs = context.configuration.jobs
            let outcome = try await PlanApplication(plan, facts: facts, source: source, reader: reader, jobs: jobs) {
                progress.report($0)
            }.run(on: stores.targets)
            return Result(plan: plan, outcome: outcome, traffic: stores.traffic)
        }
    }

    /// Looks at the repositories before there is an image.
    ///
    /// - Throws: as `plan`.
    func look() async throws -> Outlook {
        let images = try context.images()
        let reader = try await reader()
        return try await Stores.with(source: nil, targets: images, access: .pull, context: context) { stores in
            let facts = try await reader.facts(source: .unbuilt, targets: stores.targets)
            let existing = facts.imageOfCommit.map { found in
                (location: images[found.target].image(found.digest, tag: found.tag), digest: found.digest)
            }
            return Outlook(plan: try ReleasePlan(facts: facts, policy: reader.policy), existing: existing)
        }
    }

    private func reader() async throws -> FactsReader {
        var policy = try context.configuration.policy()
        policy.rebuild = rebuild
        if let mode { policy.mode = mode }
        let project = if let project { project } else { try await context.project() }
        return FactsReader(project: project, policy: policy)
    }

    private func withPlan(
        _ source: ImageLocation,
        access: RepositoryAccess,
        operation: (ReleasePlan, ReleaseFacts, SourceImage, FactsReader, Stores) async throws -> Result
    ) async throws -> Result {
        let images = try context.images()
        let reader = try await reader()
        return try await Stores.with(source: source, targets: images, access: access, context: context) { stores in
            guard let readSource = stores.readSource else { throw ConfigurationError.noSource }
            let (image, facts) = try await reader.facts(reading: readSource, targets: stores.targets)
            warnAboutForeignImage(facts)
            let plan = try ReleasePlan(facts: facts, policy: reader.policy)
            return try await operation(plan, facts, image, reader, stores)
        }
    }

    /// An image that says it is of another commit is most often a mistake, or a base image's label that was
    /// inherited; either way the next run will misjudge it.
    private func warnAboutForeignImage(_ facts: ReleaseFacts) {
        guard facts.source.isMade(from: facts.commit) == false else { return }
        context.inform(
            """
            warning: the image's label org.opencontainers.image.revision says \
            \(facts.source.revision?.prefix(7) ?? ""), but HEAD is \(facts.commit.shortHash)
            hint: build it with the labels of `tagboat labels`, or check out the commit that it was made from
            """
        )
    }
}

extension ConfigurationError {
    /// Nothing says which image is meant.
    static let noSource = ConfigurationError(
        "no image to release is named",
        hint: "name it with --from, such as --from oci:build:app or --from ghcr.io/acme/app@sha256:…"
    )
}

extension ImageLocation {
    /// An image of the repository: by its digest where that names one, else by a tag that never moves.
    fileprivate func image(_ digest: Digest, tag: OCI.Tag) -> ImageLocation {
        switch self {
        case .registry(let reference):
            .registry(ImageReference(repository: reference.repository, digest: digest))
        case .layout(let folder, _): .layout(folder, name: tag.name)
        case .ociArchive(let file, _): .ociArchive(file, name: tag.name)
        case .dockerArchive(let file, let reference):
            .dockerArchive(file, reference: reference.map { ImageReference(repository: $0.repository, tag: tag) })
        case .daemon(let reference): .daemon(ImageReference(repository: reference.repository, tag: tag))
        }
    }
}
