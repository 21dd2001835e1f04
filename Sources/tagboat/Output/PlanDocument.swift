import OCI
import Release
import Tagging
import Versioning

/// The JSON form of a plan or its outcome: docs/json.md, schema `tagboat.plan/1`.
struct PlanDocument: Encodable {
    let schema = "tagboat.plan/1"
    let version: String
    let variant: String?
    let development: String?
    let commit: String
    let kind: String
    let headline: String
    let source: String
    let applied: Bool
    let targets: [Target]
    let traffic: Traffic.Document?

    enum CodingKeys: CodingKey {
        case schema, version, variant, development, commit, kind, headline, source, applied, targets, traffic
    }

    func encode(to encoder: any Encoder) throws {
        // Every key is always there, so that a reader need not ask.
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(schema, forKey: .schema)
        try container.encode(version, forKey: .version)
        try container.encode(variant, forKey: .variant)
        try container.encode(development, forKey: .development)
        try container.encode(commit, forKey: .commit)
        try container.encode(kind, forKey: .kind)
        try container.encode(headline, forKey: .headline)
        try container.encode(source, forKey: .source)
        try container.encode(applied, forKey: .applied)
        try container.encode(targets, forKey: .targets)
        try container.encode(traffic, forKey: .traffic)
    }

    struct Target: Encodable {
        let name: String
        let error: String?
        let disagreement: String?
        let tags: [Tag]

        enum CodingKeys: CodingKey { case name, error, disagreement, tags }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(error, forKey: .error)
            try container.encode(disagreement, forKey: .disagreement)
            try container.encode(tags, forKey: .tags)
        }
    }

    struct Tag: Encodable {
        let tag: String
        let `class`: String
        let rule: String
        let from: String?
        let to: String
        let version: String?
        let verdict: String
        let state: String?
        let reason: String?

        enum CodingKeys: CodingKey { case tag, `class`, rule, from, to, version, verdict, state, reason }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(tag, forKey: .tag)
            try container.encode(`class`, forKey: .class)
            try container.encode(rule, forKey: .rule)
            try container.encode(from, forKey: .from)
            try container.encode(to, forKey: .to)
            try container.encode(version, forKey: .version)
            try container.encode(verdict, forKey: .verdict)
            try container.encode(state, forKey: .state)
            try container.encode(reason, forKey: .reason)
        }
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
        variant = plan.variant.isEmpty ? nil : plan.variant
        development = plan.development?.text
        commit = plan.commit.hash
        kind = plan.kind.name
        headline = plan.headline
        source = plan.source.description
        self.applied = applied
        self.targets = targets
        self.traffic = traffic?.document
    }
}

extension PlanDocument.Target {
    init(_ plan: TargetPlan) {
        self.init(
            name: plan.name,
            error: nil,
            disagreement: plan.disagreement,
            tags: plan.steps.map { PlanDocument.Tag($0, state: nil) }
        )
    }

    init(_ outcome: TargetOutcome, of plans: [TargetPlan]) {
        self.init(
            name: outcome.name,
            error: outcome.failure.map { FailureReport($0).description },
            disagreement: plans.first { $0.name == outcome.name }?.disagreement,
            tags: outcome.steps.map { PlanDocument.Tag($0.step, state: $0.state) }
        )
    }
}

extension PlanDocument.Tag {
    fileprivate init(_ step: TagStep, state: TagState?) {
        tag = step.tag.name
        `class` = step.tagClass.rawValue
        rule = step.rule
        from = step.from?.description
        to = step.to.description
        version = step.version?.description
        verdict = step.verdict.name
        self.state = state?.name
        reason =
            switch state {
            case .failed(let error)?: FailureReport(error).description
            case .withheld(let reason)?: reason
            default: step.verdict.reason
            }
    }
}
