import OCI
package import Tagging

/// What became of a plan: each tag's state, on every repository.
package struct ReleaseOutcome: Sendable {
    package let plan: ReleasePlan
    package let targets: [TargetOutcome]

    package init(plan: ReleasePlan, targets: [TargetOutcome]) {
        self.plan = plan
        self.targets = targets
    }
}

/// What became of one repository.
package struct TargetOutcome: Sendable {
    package let name: String
    package var steps: [StepOutcome]
    /// What failed for the repository as a whole: bringing the image there, or reading it back.
    package var failure: (any Error)?

    /// The first thing that failed; nil where everything is as it should be.
    package var firstFailure: (any Error)? { steps.lazy.compactMap(\.state.failure).first ?? failure }

    /// Whether any tag was written.
    package var hasWritten: Bool { steps.contains { if case .done = $0.state { true } else { false } } }
}

/// What became of one tag.
package struct StepOutcome: Sendable {
    package var step: TagStep
    package var state: TagState
}

/// How a step ended.
package enum TagState: Sendable {
    case done
    case unchanged
    case withheld(reason: String)
    case failed(any Error)
    case notAttempted

    package var name: String {
        switch self {
        case .done: "done"
        case .unchanged: "unchanged"
        case .withheld: "withheld"
        case .failed: "failed"
        case .notAttempted: "not attempted"
        }
    }

    package var failure: (any Error)? {
        if case .failed(let error) = self { error } else { nil }
    }
}

/// A run that found, after it had written, that another run took what it released.
package struct LostRace: Error, CustomStringConvertible {
    package let description: String
    package let hint = "only one image can be this version; release the other under a higher one with `tagboat bump`"
}
