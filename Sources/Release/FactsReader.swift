import Git
package import OCI
package import Registry
package import Tagging
package import Versioning

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
        let read = try await targets.concurrentMap(width: 4) { target in
            try await targetFacts(of: target, source: image.digest)
        }
        let facts = ReleaseFacts(
            version: project.version,
            commit: project.commit,
            source: image,
            targets: read
        )
        return try await completed(facts, stores: targets)
    }

    /// Reads the source's side once more for one target, after tags were written.
    package func facts(source: ImageFacts, target: any ImageStore) async throws -> ReleaseFacts {
        let facts = ReleaseFacts(
            version: project.version,
            commit: project.commit,
            source: source,
            targets: [try await targetFacts(of: target, source: source.digest)]
        )
        return try await completed(facts, stores: [target])
    }

    private func targetFacts(of store: any ImageStore, source: Digest) async throws -> TargetFacts {
        let tags = try await store.tags()
        let wanted = try TargetFacts.tagsToRead(
            releasing: project.version,
            commit: project.commit,
            rules: policy.rules,
            existing: tags
        )
        let images = try await images(of: wanted, in: store, source: source)
        return TargetFacts(name: store.name, tags: tags, images: images)
    }

    /// What tags hold.
    ///
    /// The labels of another image are read only for tags whose verdict depends on its origin.
    private func images(
        of tags: Set<Tag>,
        in store: any ImageStore,
        source: Digest
    ) async throws -> [Tag: ImageFacts] {
        let needOrigin = try tagsWhoseOriginMatters()
        let found = try await tags.sorted().concurrentMap(width: 8) { tag -> (Tag, ImageFacts)? in
            guard let digest = try await store.digest(of: tag) else { return nil }
            guard digest != source, needOrigin.contains(tag) else { return (tag, ImageFacts(digest: digest)) }
            return (tag, try await store.imageFacts(of: store.manifest(for: .digest(digest))))
        }
        return Dictionary(found.compactMap { $0 }) { first, _ in first }
    }

    private func tagsWhoseOriginMatters() throws -> Set<Tag> {
        let computed = try ComputedTag.release(of: project.version, commit: project.commit, rules: policy.rules)
        return Set(computed.filter { [.sha, .date].contains($0.rule) }.map(\.tag) + [try project.version.tag()])
    }

    // MARK: Snapshots

    /// Adds what only a snapshot needs: the distance to the release before, and the development version's own tag.
    private func completed(_ facts: ReleaseFacts, stores: [any ImageStore]) async throws -> ReleaseFacts {
        let kind = try RunKind(
            version: facts.version,
            commit: facts.commit,
            source: facts.source.digest,
            targets: facts.targets,
            mode: policy.mode,
            rebuild: policy.rebuild
        )
        guard case .snapshot(let cause) = kind, policy.rules.contains(.version) else { return facts }
        let commits = try await commitsSinceRelease(facts, cause: cause)
        var complete = facts.with(commitsSinceRelease: commits, targets: facts.targets)
        guard let tag = try ReleasePlan(facts: complete, policy: policy).development?.version.tag() else {
            return complete
        }
        var targets: [TargetFacts] = []
        for (target, store) in zip(facts.targets, stores) {
            let images = try await images(of: target.tags.intersection([tag]), in: store, source: facts.source.digest)
            targets.append(
                TargetFacts(
                    name: target.name,
                    tags: target.tags,
                    images: target.images.merging(images) { first, _ in first }
                )
            )
        }
        complete = complete.with(commitsSinceRelease: commits, targets: targets)
        return complete
    }

    private func commitsSinceRelease(_ facts: ReleaseFacts, cause: RunKind.SnapshotCause) async throws -> Int {
        if cause == .demanded(alreadyReleased: false) {
            return try await project.commitsSinceLastRelease()
        }
        let tag = try facts.version.tag()
        let revision = facts.targets.compactMap { $0.images[tag]?.revision }.first
        return try await project.commits(since: facts.version, releasedFrom: revision)
    }
}

extension Project {
    /// How many commits HEAD has beyond a release: beyond its commit, else beyond the git tag of its version.
    ///
    /// - Throws: `ProjectError.unknownRelease` where neither is in the repository; `GitError` of kind
    ///   `historyIncomplete` in a shallow clone that does not reach it.
    package func commits(since version: SemanticVersion, releasedFrom revision: String?) async throws -> Int {
        guard let tip = CommitID(hex: commit.hash) else { return 0 }
        if let revision, let base = try await git.commitID(matching: revision) {
            return try await git.commitCount(from: base, to: tip)
        }
        let tag = try await git.tags().first { SemanticVersion(gitTag: $0.name) == version }
        guard let tag else {
            if await git.isShallow { throw GitError(.historyIncomplete) }
            throw ProjectError.unknownRelease(version, revision: revision)
        }
        return try await git.commitCount(from: tag.commit, to: tip)
    }

    /// How many commits HEAD has beyond the last release that it contains; all of them where it contains none.
    package func commitsSinceLastRelease() async throws -> Int {
        guard let tip = CommitID(hex: commit.hash) else { return 0 }
        return try await git.commitCount(from: lastRelease()?.commit, to: tip)
    }
}

extension ReleaseFacts {
    fileprivate func with(commitsSinceRelease: Int, targets: [TargetFacts]) -> ReleaseFacts {
        ReleaseFacts(
            version: version,
            commit: commit,
            source: source,
            commitsSinceRelease: commitsSinceRelease,
            targets: targets
        )
    }
}
