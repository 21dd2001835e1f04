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

    /// Reads the source and all targets, at the same time.
    ///
    /// - Parameters:
    ///   - source: reads the image to release.
    ///   - targets: the repositories.
    /// - Returns: the image and the facts.
    /// - Throws: `RegistryError`, `TaggingError`, `ProjectError`, `GitError`.
    package func facts(
        reading source: @escaping @Sendable () async throws -> SourceImage,
        targets: [any ImageStore]
    ) async throws -> (image: SourceImage, facts: ReleaseFacts) {
        let basis = try await basis()
        // A store that must be told of the image first is asked after it; all others at the same time.
        let early = targets.contains(where: \.recognisesImages) ? try await source() : nil
        let (origin, contents) = try await concurrently {
            let image = if let early { early } else { try await source() }
            return (image: image, facts: try await image.store.imageFacts(of: image.manifest))
        } _: {
            try await read(targets, basis)
        }
        return (origin.image, try await facts(source: origin.facts, stores: targets, contents: contents, basis))
    }

    /// Reads one target once more, after tags were written.
    package func facts(source: ImageFacts, target: any ImageStore) async throws -> ReleaseFacts {
        try await facts(source: source, targets: [target])
    }

    /// Reads targets alone.
    ///
    /// - Parameters:
    ///   - source: what is known of the image to release; `ImageFacts.unbuilt` before there is one.
    ///   - targets: the repositories.
    /// - Returns: the facts.
    /// - Throws: `RegistryError`, `TaggingError`, `ProjectError`, `GitError`.
    package func facts(source: ImageFacts, targets: [any ImageStore]) async throws -> ReleaseFacts {
        let basis = try await basis()
        let contents = try await read(targets, basis)
        return try await facts(source: source, stores: targets, contents: contents, basis)
    }

    /// What the checkout tells, before any repository is asked.
    private struct Basis: Sendable {
        let context: RuleContext
        let naming: TagNaming
        let gitVersions: Set<Version>?
    }

    private func basis() async throws -> Basis {
        let context = try await project.ruleContext(for: policy.tags.rules.map(\.name))
        return Basis(
            context: context,
            naming: try TagNaming(policy: policy.tags, context: context),
            gitVersions: try await project.gitVersions(for: policy.evidence)
        )
    }

    private func facts(
        source: ImageFacts,
        stores: [any ImageStore],
        contents: [RepositoryContent],
        _ basis: Basis
    ) async throws -> ReleaseFacts {
        let origins = try tagsWhoseOriginMatters(basis.naming)
        let targets = try await Array(zip(stores, contents)).concurrentMap(width: 4) { store, content in
            try await targetFacts(content, in: store, source: source.digest, origins: origins)
        }
        var facts = ReleaseFacts(
            version: project.version,
            commit: project.commit,
            releasedFrom: project.releasedFrom?.description,
            context: basis.context,
            source: source,
            gitVersions: basis.gitVersions,
            targets: targets
        )
        facts.ancestry = try await ancestry(of: targets, naming: basis.naming)
        return try await completed(facts, stores: stores)
    }

    // MARK: Repositories

    /// The tags of a repository, and what those of them hold that matter to the plan.
    private struct RepositoryContent: Sendable {
        var tags: Set<Tag>
        var digests: [Tag: Digest]
    }

    private func read(_ stores: [any ImageStore], _ basis: Basis) async throws -> [RepositoryContent] {
        let computed = try basis.naming.tags(of: project.version, variant: policy.variant).map(\.tag)
        let own = Set(computed + [try basis.naming.mainTag(of: project.version, variant: policy.variant)])
        return try await stores.concurrentMap(width: 4) { try await content(of: $0, own: own, basis) }
    }

    /// Reads the list of tags and, without waiting for it, the run's own tags; then what else the list calls for.
    private func content(
        of store: any ImageStore,
        own: Set<Tag>,
        _ basis: Basis
    ) async throws -> RepositoryContent {
        let (listed, asked) = try await concurrently {
            try await store.tags()
        } _: {
            try await own.sorted().concurrentMap(width: waveWidth) { tag in
                do {
                    return (tag: tag, answer: Result<Digest?, any Error>.success(try await store.digest(of: tag)))
                } catch {
                    return (tag: tag, answer: Result<Digest?, any Error>.failure(error))
                }
            }
        }
        var content = RepositoryContent(tags: listed, digests: [:])
        for (tag, answer) in asked {
            // What a registry answers for a tag that it does not have means nothing: some deny it.
            if !listed.contains(tag), case .failure = answer { continue }
            guard let digest = try answer.get() else { continue }
            // A list may lag behind.
            content.tags.insert(tag)
            content.digests[tag] = digest
        }
        let evidence = try TargetEvidence(
            existing: content.tags,
            version: project.version,
            isReleased: true,
            gitVersions: basis.gitVersions,
            evidence: policy.evidence,
            variants: [policy.variant],
            naming: basis.naming
        )
        let rest = evidence.tagsToRead(for: own).subtracting(own).intersection(content.tags)
        content.digests.merge(try await store.digests(of: rest)) { first, _ in first }
        return content
    }

    /// What a plan needs to know of a repository.
    ///
    /// The labels of another image are read only for tags whose verdict depends on its origin.
    private func targetFacts(
        _ content: RepositoryContent,
        in store: any ImageStore,
        source: Digest,
        origins: Set<Tag>
    ) async throws -> TargetFacts {
        // Tags of one release share an image, which is read once however many they are.
        let foreign = content.digests.filter { $0.value != source && origins.contains($0.key) }
        let read = try await Set(foreign.values).sorted().concurrentMap(width: 8) { digest in
            (digest, try await store.imageFacts(of: digest))
        }
        let origin = Dictionary(read) { first, _ in first }
        let images = content.digests.map { tag, digest in
            (tag, foreign[tag].flatMap { origin[$0] } ?? ImageFacts(digest: digest))
        }
        return TargetFacts(
            name: store.name,
            tags: content.tags,
            images: Dictionary(images) { first, _ in first }
        )
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
            for (tag, digest) in try await store.digests(of: unread) {
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
