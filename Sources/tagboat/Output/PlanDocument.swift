import OCI
import Release
import Tagging
import Versioning

/// The JSON form of a plan or its outcome: docs/json.md, schema `tagboat.plan/1`.
struct PlanDocument: Encodable {
    let schema = "tagboat.plan/1"
    let version: String
    let variant: OrNull<String>
    let development: OrNull<String>
    let commit: String
    let kind: String
    let headline: String
    let source: OrNull<String>
    let applied: Bool
    let targets: [Target]
    let traffic: OrNull<Traffic.Document>

    struct Target: Encodable {
        let name: String
        let error: OrNull<String>
        let disagreement: OrNull<String>
        let tags: [Tag]
    }

    struct Tag: Encodable {
        let tag: String
        let `class`: String
        let rule: String
        let from: OrNull<String>
        let to: OrNull<String>
        let version: OrNull<String>
        let verdict: String
        let state: OrNull<String>
        let reason: OrNull<String>
    }

    init(_ plan: ReleasePlan, traffic: Traffic?) {
        self.init(plan, applied: false, targets: plan.targets.map(Target.init(_:)), traffic: traffic)
    }

    init(_ outcome: ReleaseOutcome, traffic: Traffic?) {
        let targets = outcome.targets.map { Target($0, of: outcome.plan.targets) }
        self.init(outcome.plan, applied: true, targets: targets, traffic: traffic)
    }

    private init(_ plan: ReleasePlan, applied: Bool, targets: [Target], traffic: Traffic?) {
        version = plan.version.text
        variant = OrNull(plan.variant.isEmpty ? nil : plan.variant)
        development = OrNull(plan.development?.text)
        commit = plan.commit.hash
        kind = plan.kind.name
        headline = plan.headline
        source = OrNull(plan.isBuilt ? plan.source.description : nil)
        self.applied = applied
        self.targets = targets
        self.traffic = OrNull(traffic?.document)
    }
}

extension PlanDocument.Target {
    init(_ plan: TargetPlan) {
        self.init(
            name: plan.name,
            error: OrNull(nil),
            disagreement: OrNull(plan.disagreement),
            tags: plan.steps.map { PlanDocument.Tag($0, state: nil) }
        )
    }

    init(_ outcome: TargetOutcome, of plans: [TargetPlan]) {
        self.init(
            name: outcome.name,
            error: OrNull(outcome.failure.map { FailureReport($0).description }),
            disagreement: OrNull(plans.first { $0.name == outcome.name }?.disagreement),
            tags: outcome.steps.map { PlanDocument.Tag($0.step, state: $0.state) }
        )
    }
}

extension PlanDocument.Tag {
    fileprivate init(_ step: TagStep, state: TagState?) {
        tag = step.tag.name
        `class` = step.tagClass.rawValue
        rule = step.rule
        from = OrNull(step.from?.description)
        to = OrNull(step.to == ImageFacts.unbuilt.digest ? nil : step.to.description)
        version = OrNull(step.version?.description)
        verdict = step.verdict.name
        self.state = OrNull(state?.name)
        let reason: String? =
            switch state {
            case .failed(let error)?: FailureReport(error).description
            case .withheld(let reason)?: reason
            default: step.verdict.reason
            }
        self.reason = OrNull(reason)
    }
}
