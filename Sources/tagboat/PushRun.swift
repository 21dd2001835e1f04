import OCI
import Registry
import Release
import Tagging

/// What `plan` and `push` have in common: read facts, make the plan, and say it; `push` then applies it.
struct PushRun {
    let context: CommandContext
    let options: PushOptions

    func plan() async throws {
        try await withPlan(access: .pull) { plan, _, _, _, stores in
            try print(plan, stores.traffic)
            if let refusal = Refusal(plan) { throw refusal }
        }
    }

    func push() async throws {
        try await withPlan(access: .push) { plan, facts, source, reader, stores in
            if let refusal = Refusal(plan) {
                try print(plan, stores.traffic)
                throw refusal
            }
            let progress = TransferProgress(isTerminal: Output.messagesGoToTerminal, isQuiet: context.isQuiet)
            let jobs = context.configuration.jobs
            let outcome = try await PlanApplication(plan, facts: facts, source: source, reader: reader, jobs: jobs) {
                progress.report($0)
            }.run(on: stores.targets)
            try print(outcome, stores.traffic)
            try TargetOutcome.check(outcome.targets)
        }
    }

    private func withPlan(
        access: RepositoryAccess,
        operation: (ReleasePlan, ReleaseFacts, SourceImage, FactsReader, Stores) async throws -> Void
    ) async throws {
        let configuration = context.configuration
        guard let from = configuration.from else {
            throw ConfigurationError(
                "no image to release is named",
                hint: "name it with --from, such as --from oci:build:app or --from ghcr.io/acme/app@sha256:…"
            )
        }
        let images = try context.images()
        var policy = try configuration.policy()
        policy.rebuild = options.rebuild
        let reader = FactsReader(project: try await context.project(), policy: policy)
        try await Stores.with(source: from, targets: images, access: access, context: context) { stores in
            guard let readSource = stores.readSource else { return }
            let (source, facts) = try await reader.facts(reading: readSource, targets: stores.targets)
            warnAboutForeignImage(facts)
            let plan = try ReleasePlan(facts: facts, policy: reader.policy)
            try await operation(plan, facts, source, reader, stores)
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

    private func print(_ plan: ReleasePlan, _ traffic: Traffic?) throws {
        switch options.format {
        case .text: Output.standard.write(PlanText(style: context.style).render(plan))
        case .json: Output.standard.write(try JSONText.render(PlanDocument(plan, traffic: traffic)))
        }
    }

    private func print(_ outcome: ReleaseOutcome, _ traffic: Traffic?) throws {
        switch options.format {
        case .text: Output.standard.write(PlanText(style: context.style).render(outcome))
        case .json: Output.standard.write(try JSONText.render(PlanDocument(outcome, traffic: traffic)))
        }
    }
}
