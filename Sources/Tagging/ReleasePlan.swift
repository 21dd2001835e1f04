package import OCI
package import Versioning

/// Everything that a run will do: for each repository, each tag with from, to, verdict and reason.
///
/// It is a pure function of facts and policy. `plan` and `push --dry-run` print the value that `push` applies.
package struct ReleasePlan: Hashable, Sendable {
    package let version: Version
    package let commit: CommitFacts
    package let source: Digest
    /// The variant that is released; empty for a project that has none.
    package let variant: String
    package let kind: RunKind
    /// The development version of a snapshot.
    package let development: Version?
    package let targets: [TargetPlan]

    /// Works out the plan.
    ///
    /// - Throws: `TaggingError` where a tag cannot be worked out.
    package init(facts: ReleaseFacts, policy: ReleasePolicy) throws(TaggingError) {
        let naming = try TagNaming(policy: policy.tags, context: facts.context)
        version = facts.version
        commit = facts.commit
        source = facts.source.digest
        variant = policy.variant.name
        kind = try RunKind(facts: facts, policy: policy)
        let tags: [ComputedTag]
        if case .snapshot(let cause) = kind {
            let development = try Self.developmentVersion(of: facts, cause: cause, scheme: policy.tags.scheme)
            self.development = development
            tags = try naming.snapshotTags(of: development, variant: policy.variant)
        } else {
            development = nil
            tags = try naming.tags(of: facts.version, variant: policy.variant)
            try TagNaming.requireEvidence(for: tags, policy.evidence)
        }
        var targets: [TargetPlan] = []
        for target in facts.targets {
            let evidence = try TargetEvidence(
                existing: target.tags,
                version: facts.version,
                isReleased: kind.releasesVersion,
                gitVersions: facts.gitVersions,
                evidence: policy.evidence,
                variants: [policy.variant],
                naming: naming
            )
            let steps = TargetSteps(facts: facts, target: target, kind: kind, policy: policy, evidence: evidence)
            targets.append(
                TargetPlan(name: target.name, steps: steps.steps(for: tags), disagreement: evidence.disagreement)
            )
        }
        self.targets = targets
    }

    private static func developmentVersion(
        of facts: ReleaseFacts,
        cause: RunKind.SnapshotCause,
        scheme: VersionScheme
    ) throws(TaggingError) -> Version {
        let commits = facts.commitsSinceRelease ?? 0
        let shortHash = facts.commit.shortHash + facts.context.hashSuffix
        do {
            if cause == .demanded(alreadyReleased: false) {
                return try scheme.development(before: facts.version, commits: commits, shortHash: shortHash)
            }
            return try scheme.development(after: facts.version, commits: commits, shortHash: shortHash)
        } catch {
            throw .cannotFollow(error)
        }
    }

    /// What the run is, in one sentence; the first line that a plan prints.
    package var headline: String {
        let name = variant.isEmpty ? "\(version)" : "\(version) (\(variant))"
        return switch kind {
        case .release:
            "\(name) is a release from \(commit.shortHash)"
        case .repeat:
            "\(name) was already released with this image; this run repeats it"
        case .snapshot(.released(let origin)):
            "\(name) was released from \(origin); \(commit.shortHash) is a snapshot"
        case .snapshot(.demanded):
            "\(commit.shortHash) is a snapshot, as demanded"
        case .conflict(let problem):
            problem
        }
    }

    /// The first reason not to go on, and where; nil for a plan that may be applied.
    package var refusal: String? {
        if case .conflict(let problem) = kind { return problem }
        for target in targets {
            for step in target.steps {
                if case .refused(let reason) = step.verdict { return reason }
            }
        }
        return nil
    }
}

/// The part of a plan that concerns one repository.
package struct TargetPlan: Hashable, Sendable {
    package let name: String
    package let steps: [TagStep]
    /// What git and the repository tell differently of what is released; nil where nothing.
    package let disagreement: String?

    package init(name: String, steps: [TagStep], disagreement: String? = nil) {
        self.name = name
        self.steps = steps
        self.disagreement = disagreement
    }
}

extension RunKind {
    /// Finds out which kind a run is.
    ///
    /// - Throws: `TaggingError` where the version's tag cannot be worked out.
    package init(facts: ReleaseFacts, policy: ReleasePolicy) throws(TaggingError) {
        let naming = try TagNaming(policy: policy.tags, context: facts.context)
        self.init(
            version: facts.version,
            tag: try naming.mainTag(of: facts.version, variant: policy.variant),
            commit: facts.commit,
            releasedFrom: facts.releasedFrom,
            source: facts.source.digest,
            targets: facts.targets,
            mode: policy.mode,
            rebuild: policy.rebuild
        )
    }

    /// Whether the version counts as released by this run.
    var releasesVersion: Bool {
        switch self {
        case .release, .repeat: true
        case .snapshot, .conflict: false
        }
    }
}

extension TagNaming {
    /// The tag that tells whether a version is released: the first one that names it.
    package func mainTag(of version: Version, variant: Variant) throws(TaggingError) -> Tag {
        let affix = variant.series.first ?? .none
        if let first = try versionTags(of: version, in: affix).names.first { return first.tag }
        return try version.tag(in: affix)
    }
}
