import OCI
package import Registry
package import Tagging

/// Applies a plan: immutable tags, then moving tags, then reads all of it again until nothing is left to do.
package struct PlanApplication: Sendable {
    let plan: ReleasePlan
    let source: SourceImage
    let sourceFacts: ImageFacts
    let reader: FactsReader
    let jobs: Int
    let progress: @Sendable (ImageCopy.Progress) -> Void

    package init(
        _ plan: ReleasePlan,
        facts: ReleaseFacts,
        source: SourceImage,
        reader: FactsReader,
        jobs: Int = ImageCopy.defaultJobs,
        progress: @escaping @Sendable (ImageCopy.Progress) -> Void = { _ in }
    ) {
        self.plan = plan
        self.source = source
        sourceFacts = facts.source
        self.reader = reader
        self.jobs = jobs
        self.progress = progress
    }

    /// Writes to the stores, one for each of the plan's targets and in their order.
    ///
    /// A failure on one repository leaves the others to go on; it is told in the outcome, never thrown.
    package func run(on stores: [any ImageStore]) async throws -> ReleaseOutcome {
        precondition(plan.refusal == nil, "a refused plan must not be applied")
        let pairs = Array(zip(plan.targets, stores))
        let outcomes = try await pairs.concurrentMap(width: 4) { target, store in
            await apply(target, to: store)
        }
        return ReleaseOutcome(plan: plan, targets: outcomes)
    }

    private func apply(_ target: TargetPlan, to store: any ImageStore) async -> TargetOutcome {
        var outcome = TargetOutcome(name: target.name, steps: target.steps.map(StepOutcome.init(planned:)))
        do {
            if target.steps.contains(where: { $0.writes && $0.to == source.manifest.digest }) {
                try await ImageCopy(from: source.store, to: store, jobs: jobs, progress: progress)
                    .copyContent(below: source.manifest)
            }
        } catch {
            outcome.failure = error
            return outcome
        }
        await writer(store).write(&outcome.steps)
        if outcome.steps.contains(where: { $0.state.failure != nil }) {
            // What a store holds back until it is committed is nowhere yet.
            if store.isTransactional { outcome.withdraw(.notAttempted) }
            return outcome
        }
        do {
            try await store.commit()
        } catch {
            outcome.withdraw(.failed(error))
            return outcome
        }
        if target.steps.contains(where: \.writes) {
            await converge(&outcome, on: store)
        }
        return outcome
    }

    private func writer(_ store: any ImageStore) -> TagWriter {
        TagWriter(store, manifests: [source.manifest])
    }

    // MARK: Convergence

    /// Every writer of a moving tag reads again after its last write, so that runs that raced agree in the end
    /// without a lock, which no registry has.
    private func converge(_ outcome: inout TargetOutcome, on store: any ImageStore) async {
        do {
            for round in 1...RegistryError.rounds {
                let current = try await replan(on: store)
                if case .conflict(let problem) = current.kind { throw LostRace(description: problem) }
                var steps = current.targets[0].steps.map(StepOutcome.init(planned:))
                guard steps.contains(where: { $0.step.writes }) else {
                    outcome.settle(with: steps)
                    return
                }
                // Runs that meet here again and again must not go on in step.
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...(20 * round))))
                await writer(store).write(&steps)
                if let failure = steps.lazy.compactMap(\.state.failure).first { throw failure }
                try await store.commit()
            }
            throw RegistryError.restless(outcome.name)
        } catch {
            outcome.failure = error
        }
    }

    private func replan(on store: any ImageStore) async throws -> ReleasePlan {
        var policy = reader.policy
        policy.rebuild = false
        if case .snapshot = plan.kind {
            policy.mode = .snapshot
        } else {
            policy.mode = .release
        }
        let facts = try await FactsReader(project: reader.project, policy: policy)
            .facts(source: sourceFacts, target: store)
        return try ReleasePlan(facts: facts, policy: policy)
    }
}

extension StepOutcome {
    /// The state before anything was written.
    init(planned step: TagStep) {
        self.step = step
        state =
            switch step.verdict {
            case .create, .move, .refused: .notAttempted
            case .unchanged: .unchanged
            case .withheld(let reason): .withheld(reason: reason)
            }
    }
}

extension TargetOutcome {
    /// Takes back what was said of tags that have not come to be.
    mutating func withdraw(_ state: TagState) {
        for index in steps.indices {
            if case .done = steps[index].state { steps[index].state = state }
        }
    }

    /// Takes over what the last reading found.
    ///
    /// A tag that we wrote and that is in its place stays "done".
    fileprivate mutating func settle(with final: [StepOutcome]) {
        for index in steps.indices {
            guard let last = final.first(where: { $0.step.tag == steps[index].step.tag }) else { continue }
            switch (steps[index].state, last.state) {
            case (.done, .withheld(let reason)) where last.step.from != steps[index].step.to:
                // It went further while we wrote: to a release that appeared meanwhile.
                steps[index].step = last.step
                steps[index].state = .withheld(reason: reason)
            case (.withheld, .unchanged), (.unchanged, .withheld):
                steps[index] = last
            default:
                break
            }
        }
    }
}

extension RegistryError {
    /// How often a repository is read again while other runs write to it.
    static let rounds = 10

    /// The error for a repository in which tags do not stay where they belong.
    static func restless(_ name: String) -> RegistryError {
        RegistryError(
            .timedOut,
            "\(name) did not come to rest: other runs kept moving its tags",
            hint: "run again when they have ended"
        )
    }
}
