package import OCI
package import Versioning

/// Which tags, and under which rules, a run may write.
package struct ReleasePolicy: Hashable, Sendable {
    package var rules: [TagRule]
    package var mode: ReleaseMode
    /// Whether a commit may replace its own image under its own tags.
    package var rebuild: Bool

    package init(rules: [TagRule] = TagRule.defaults, mode: ReleaseMode = .auto, rebuild: Bool = false) {
        self.rules = rules
        self.mode = mode
        self.rebuild = rebuild
    }
}

/// Everything that a run will do: for each repository, each tag with from, to, verdict and reason.
///
/// It is a pure function of facts and policy. `plan` and `push --dry-run` print the value that `push` applies.
package struct ReleasePlan: Hashable, Sendable {
    package let version: SemanticVersion
    package let commit: CommitFacts
    package let source: Digest
    package let kind: RunKind
    /// The development version of a snapshot.
    package let development: DevelopmentVersion?
    package let targets: [TargetPlan]

    /// Works out the plan.
    ///
    /// - Throws: `TaggingError` where a tag cannot be worked out.
    package init(facts: ReleaseFacts, policy: ReleasePolicy) throws(TaggingError) {
        version = facts.version
        commit = facts.commit
        source = facts.source.digest
        kind = try RunKind(
            version: facts.version,
            commit: facts.commit,
            source: facts.source.digest,
            targets: facts.targets,
            mode: policy.mode,
            rebuild: policy.rebuild
        )
        let tags: [ComputedTag]
        if case .snapshot(let cause) = kind {
            let development = try Self.developmentVersion(of: facts, cause: cause)
            self.development = development
            tags = try ComputedTag.snapshot(of: development, commit: facts.commit, rules: policy.rules)
        } else {
            development = nil
            tags = try ComputedTag.release(of: facts.version, commit: facts.commit, rules: policy.rules)
        }
        var targets: [TargetPlan] = []
        for target in facts.targets {
            let steps = TargetSteps(facts: facts, target: target, kind: kind, policy: policy)
            targets.append(TargetPlan(name: target.name, steps: try steps.steps(for: tags)))
        }
        self.targets = targets
    }

    private static func developmentVersion(
        of facts: ReleaseFacts,
        cause: RunKind.SnapshotCause
    ) throws(TaggingError) -> DevelopmentVersion {
        let commits = facts.commitsSinceRelease ?? 0
        if cause == .demanded(alreadyReleased: false) {
            return DevelopmentVersion(before: facts.version, commits: commits, shortHash: facts.commit.shortHash)
        }
        do {
            return try DevelopmentVersion(after: facts.version, commits: commits, shortHash: facts.commit.shortHash)
        } catch {
            throw .cannotFollow(error)
        }
    }

    /// What the run is, in one sentence; the first line that a plan prints.
    package var headline: String {
        switch kind {
        case .release:
            "\(version) is a release from \(commit.shortHash)"
        case .repeat:
            "\(version) was already released with this image; this run repeats it"
        case .snapshot(.released(let origin)):
            "\(version) was released from \(origin); \(commit.shortHash) is a snapshot"
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
}
