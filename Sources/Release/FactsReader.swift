import Git
package import OCI
package import Registry
package import Tagging
import Versioning

/// An image to release: the store that has it, and its manifest as the store gave it.
package struct SourceImage: Sendable {
    package let store: any ImageStore
    package let manifest: StoredManifest

    package init(store: any ImageStore, manifest: StoredManifest) {
        self.store = store
        self.manifest = manifest
    }
}

/// Reads what a plan needs to know.
package struct FactsReader: Sendable {
    package let project: Project
    package let policy: ReleasePolicy

    package init(project: Project, policy: ReleasePolicy) {
        self.project = project
        self.policy = policy
    }

    /// Reads the source and all targets.
    package func facts(source: SourceImage, targets: [any ImageStore]) async throws -> ReleaseFacts {
        let image = try await source.store.imageFacts(of: source.manifest)
        return try await facts(source: image, stores: targets)
    }

    /// Reads the source's side once more for one target, after tags were written.
    package func facts(source: ImageFacts, target: any ImageStore) async throws -> ReleaseFacts {
        try await facts(source: source, stores: [target])
    }

    private func facts(source: ImageFacts, stores: [any ImageStore]) async throws -> ReleaseFacts {
        let context = try await project.ruleContext(for: policy.tags.rules.map(\.name))
        let gitVersions = try await project.gitVersions(for: policy.evidence)
        let naming = try TagNaming(policy: policy.tags, context: context)
        let targets = try await stores.concurrentMap(width: 4) { store in
            try await targetFacts(of: store, source: source.digest, gitVersions: gitVersions, naming: naming)
        }
        var facts = ReleaseFacts(
            version: project.version,
            commit: project.commit,
            context: context,
            source: source,
            gitVersions: gitVersions,
            targets: targets
        )
        facts.ancestry = try await ancestry(of: targets, naming: naming)
        return try await completed(facts, stores: stores)
    }

    // MARK: Repositories

    private func targetFacts(
        of store: any ImageStore,
        source: Digest,
        gitVersions: Set<Version>?,
        naming: TagNaming
    ) async throws -> TargetFacts {
        let existing = try await store.tags()
        let evidence = try TargetEvidence(
            existing: existing,
            version: project.version,
            isReleased: true,
            gitVersions: gitVersions,
            evidence: policy.evidence,
            variants: [policy.variant],
            naming: naming
        )
        let own = Set(try naming.tags(of: project.version, variant: policy.variant).map(\.tag))
        var wanted = own.union(evidence.tagsToRead(for: own))
        wanted.insert(try naming.mainTag(of: project.version, variant: policy.variant))
        let images = try await images(of: wanted.intersection(existing), in: store, source: source, naming: naming)
        return TargetFacts(name: store.name, tags: existing, images: images)
    }

    /// What tags hold.
    ///
    /// The labels of another image are read only for tags whose verdict depends on its origin.
    private func images(
        of tags: Set<Tag>,
        in store: any ImageStore,
        source: Digest,
        naming: TagNaming
    ) async throws -> [Tag: ImageFacts] {
        let needOrigin = try tagsWhoseOriginMatters(naming)
        let found = try await tags.sorted().concurrentMap(width: 8) { tag -> (Tag, ImageFacts)? in
            guard let digest = try await store.digest(of: tag) else { return nil }
            guard digest != source, needOrigin.contains(tag) else { return (tag, ImageFacts(digest: digest)) }
            return (tag, try await store.imageFacts(of: digest))
        }
        return Dictionary(found.compactMap { $0 }) { first, _ in first }
    }

    private func tagsWhoseOriginMatters(_ naming: TagNaming) throws -> Set<Tag> {
        let computed = try naming.tags(of: project.version, variant: policy.variant)
        let main = try naming.mainTag(of: project.version, variant: policy.variant)
        return Set(computed.filter { $0.movement != .line }.map(\.tag) + [main])
    }

    /// How the commits that branch tags hold stand to HEAD.
    private func ancestry(of targets: [TargetFacts], naming: TagNaming) async throws -> [String: Ancestry] {
        let heads = try naming.tags(of: project.version, variant: policy.variant).filter { $0.movement == .head }
        var ancestry: [String: Ancestry] = [:]
        for target in targets {
            for head in heads {
                guard let revision = target.images[head.tag]?.revision, ancestry[revision] == nil else { continue }
                ancestry[revision] = try await project.ancestry(of: revision)
            }
        }
        return ancestry
    }

    // MARK: Snapshots

    /// Adds what only a snapshot needs: the distance to the release before, and the development version's own tags.
    private func completed(_ facts: ReleaseFacts, stores: [any ImageStore]) async throws -> ReleaseFacts {
        let kind = try RunKind(facts: facts, policy: policy)
        guard case .snapshot(let cause) = kind, policy.tags.rules.contains(where: \.namesVersions) else { return facts }
        var complete = facts
        complete.commitsSinceRelease = try await commitsSinceRelease(facts, cause: cause)
        guard let development = try ReleasePlan(facts: complete, policy: policy).development else { return complete }
        let naming = try TagNaming(policy: policy.tags, context: facts.context)
        let tags = Set(try naming.snapshotTags(of: development, variant: policy.variant).map(\.tag))
        for (index, store) in stores.enumerated() {
            let target = facts.targets[index]
            let unread = tags.intersection(target.tags).subtracting(target.images.keys)
            for (tag, digest) in try await digests(of: unread, in: store) {
                // Its origin matters: the tag of a development version never moves.
                let isOwn = digest == facts.source.digest
                complete.targets[index].images[tag] =
                    isOwn
                    ? ImageFacts(digest: digest)
                    : try await store.imageFacts(of: digest)
            }
        }
        return complete
    }

    private func digests(of tags: Set<Tag>, in store: any ImageStore) async throws -> [(Tag, Digest)] {
        try await tags.sorted()
            .concurrentMap(width: 8) { tag in try await store.digest(of: tag).map { (tag, $0) } }
            .compactMap { $0 }
    }

    private func commitsSinceRelease(_ facts: ReleaseFacts, cause: RunKind.SnapshotCause) async throws -> Int {
        if cause == .demanded(alreadyReleased: false) {
            return try await project.commitsSinceLastRelease()
        }
        let naming = try TagNaming(policy: policy.tags, context: facts.context)
        let tag = try naming.mainTag(of: facts.version, variant: policy.variant)
        let revision = facts.targets.compactMap { $0.images[tag]?.revision }.first
        return try await project.commits(since: facts.version, releasedFrom: revision)
    }
}
