package import OCI
package import Registry
package import Tagging

/// Brings images of one repository to others, under tags that somebody named.
package struct ImageTransfer: Sendable {
    /// What is copied.
    package struct Selection: Sendable {
        /// What each tag shall hold.
        package let tags: [Tag: Digest]
        /// Images to bring without a tag.
        package let untagged: Set<Digest>

        package init(tags: [Tag: Digest], untagged: Set<Digest> = []) {
            self.tags = tags
            self.untagged = untagged
        }
    }

    private let source: any ImageStore
    private let naming: TagNaming
    private let isForced: Bool
    private let copiesReferrers: Bool
    private let jobs: Int
    private let progress: @Sendable (ImageCopy.Progress) -> Void

    /// A transfer that has not begun.
    ///
    /// - Parameters:
    ///   - source: who has the images.
    ///   - naming: what versions are called.
    ///   - isForced: whether tags may go to other images than their names promise.
    ///   - copiesReferrers: whether signatures and the like go with the images.
    ///   - jobs: how many blobs are on their way at once.
    ///   - progress: told of each blob's way.
    package init(
        from source: any ImageStore,
        naming: TagNaming,
        isForced: Bool,
        copiesReferrers: Bool,
        jobs: Int,
        progress: @escaping @Sendable (ImageCopy.Progress) -> Void
    ) {
        self.source = source
        self.naming = naming
        self.isForced = isForced
        self.copiesReferrers = copiesReferrers
        self.jobs = jobs
        self.progress = progress
    }

    /// What would happen to each tag of a repository.
    package func plan(_ selection: Selection, for target: any ImageStore) async throws -> TargetPlan {
        let (assignments, held) = try await assignments(selection, in: target)
        return TargetPlan(name: target.name, steps: assignments.steps(held: held), disagreement: nil)
    }

    /// Carries out plans, those of several repositories at the same time.
    package func apply(
        _ errands: [(plan: TargetPlan, selection: Selection, target: any ImageStore)]
    ) async -> [TargetOutcome] {
        let outcomes = try? await errands.concurrentMap(width: 4) { errand in
            await apply(errand.plan, errand.selection, to: errand.target)
        }
        return outcomes ?? []
    }

    /// Copies the images and writes the tags of a plan.
    ///
    /// - Returns: what became of each tag; a failure of the whole is told in it.
    private func apply(
        _ plan: TargetPlan,
        _ selection: Selection,
        to target: any ImageStore
    ) async -> TargetOutcome {
        var outcome = TargetOutcome(name: target.name, steps: plan.steps.map(StepOutcome.init(planned:)))
        do {
            let digests = Set(plan.steps.filter(\.writes).map(\.to)).union(selection.untagged)
            let manifests = try await digests.sorted().concurrentMap(width: jobs) {
                try await source.manifest(for: .digest($0))
            }
            let copy = ImageCopy(from: source, to: target, jobs: jobs, progress: progress)
            try await copy.copyContent(below: manifests)
            try await copy.put(manifests.filter { selection.untagged.contains($0.digest) })
            await TagWriter(target, manifests: manifests).write(&outcome.steps)
            guard outcome.steps.allSatisfy({ $0.state.failure == nil }) else {
                // What a store holds back until it is committed is nowhere yet.
                if target.isTransactional { outcome.withdraw(.notAttempted) }
                return outcome
            }
            if copiesReferrers { try await copy.copyReferrers(of: manifests) }
            try await target.commit()
        } catch {
            outcome.failure = error
            if target.isTransactional { outcome.withdraw(.notAttempted) }
            return outcome
        }
        do {
            if plan.steps.contains(where: \.writes) { try await converge(selection, on: target) }
        } catch {
            outcome.failure = error
        }
        return outcome
    }

    /// Reads again after writing, as a release that appeared meanwhile may have a better claim to a moving tag.
    private func converge(_ selection: Selection, on target: any ImageStore) async throws {
        for _ in 0..<RegistryError.rounds {
            let (assignments, held) = try await assignments(selection, in: target)
            var steps = assignments.corrections(held: held).map(StepOutcome.init(planned:))
            if steps.isEmpty { return }
            await TagWriter(target, manifests: []).write(&steps)
            if let failure = steps.lazy.compactMap(\.state.failure).first { throw failure }
            try await target.commit()
        }
        throw RegistryError.restless(target.name)
    }

    private func assignments(
        _ selection: Selection,
        in target: any ImageStore
    ) async throws -> (TagAssignments, held: [Tag: Digest]) {
        let assignments = try TagAssignments(
            selection.tags,
            existing: try await target.tags(),
            naming: naming,
            rule: "copy",
            isForced: isForced
        )
        return (assignments, try await target.digests(of: assignments.tagsToRead))
    }
}
