import OCI
import Release
import Tagging

/// A plan and its outcome as people read them, one line for each tag.
struct PlanText {
    let style: Style

    func render(_ plan: ReleasePlan) -> String {
        render(plan.targets, heading: heading(plan))
    }

    func render(_ outcome: ReleaseOutcome) -> String {
        render(outcome.targets, of: outcome.plan.targets, heading: heading(outcome.plan))
    }

    /// What will happen on some repositories.
    func render(_ targets: [TargetPlan], heading: [String]) -> String {
        var lines = heading
        for target in targets {
            lines += ["", target.name]
            var table = Table(indent: "  ")
            for step in target.steps { table.add(row(step, verdict(step.verdict), detail(step))) }
            lines += table.lines + disagreement(target)
        }
        lines += ["", summary(targets.flatMap(\.steps).map(\.verdict.name), order: Self.verdicts)]
        return lines.joined(separator: "\n") + "\n"
    }

    /// What has happened on them.
    func render(_ targets: [TargetOutcome], of plans: [TargetPlan], heading: [String]) -> String {
        var lines = heading
        for target in targets {
            lines += ["", target.name]
            var table = Table(indent: "  ")
            for result in target.steps { table.add(row(result.step, state(result), detail(result))) }
            lines += table.lines
            lines += plans.first { $0.name == target.name }.map(disagreement) ?? []
            if let failure = target.failure {
                lines.append("  \(style.bad("failed")): \(FailureReport(failure).description)")
            }
        }
        lines += ["", summary(targets.flatMap(\.steps).map(word), order: Self.states)]
        return lines.joined(separator: "\n") + "\n"
    }

    private static let verdicts = ["create", "move", "unchanged", "withheld", "refused"]
    private static let states = ["created", "moved", "unchanged", "withheld", "failed", "not attempted"]

    private func heading(_ plan: ReleasePlan) -> [String] {
        [style.strong(plan.headline), style.faint(plan.isBuilt ? "image \(plan.source)" : "image not built yet")]
    }

    private func disagreement(_ target: TargetPlan) -> [String] {
        target.disagreement.map { ["  \(style.notable("evidence")): \($0)"] } ?? []
    }

    private func row(_ step: TagStep, _ verdict: Table.Cell, _ detail: String) -> [Table.Cell] {
        [Table.Cell(text: step.tag.name), verdict, Table.Cell(text: detail)]
    }

    private func verdict(_ verdict: Verdict) -> Table.Cell {
        let paint: (String) -> String =
            switch verdict {
            case .create, .move: style.good
            case .unchanged: style.faint
            case .withheld: style.notable
            case .refused: style.bad
            }
        return Table.Cell(text: verdict.name, paint: paint)
    }

    private func state(_ result: StepOutcome) -> Table.Cell {
        let paint: (String) -> String =
            switch result.state {
            case .done: style.good
            case .unchanged: style.faint
            case .withheld, .notAttempted: style.notable
            case .failed: style.bad
            }
        return Table.Cell(text: word(result), paint: paint)
    }

    private func word(_ result: StepOutcome) -> String {
        switch result.state {
        case .done: result.step.from == nil ? "created" : "moved"
        default: result.state.name
        }
    }

    private func detail(_ step: TagStep) -> String {
        switch step.verdict {
        case .withheld(let reason), .refused(let reason): reason
        case .unchanged: name(step.to)
        case .create(let reason), .move(let reason): change(step) + (reason.map { ": \($0)" } ?? "")
        }
    }

    private func detail(_ result: StepOutcome) -> String {
        switch result.state {
        case .withheld(let reason): reason
        case .failed(let error): FailureReport(error).description
        case .done, .unchanged, .notAttempted: detail(result.step)
        }
    }

    private func change(_ step: TagStep) -> String {
        guard let from = step.from else { return "→ \(name(step.to))" }
        return "\(name(from)) → \(name(step.to))"
    }

    private func name(_ digest: Digest) -> String {
        digest == ImageFacts.unbuilt.digest ? "the new image" : digest.abbreviated
    }

    private func summary(_ words: [String], order: [String]) -> String {
        let counts = order.compactMap { word in
            let count = words.filter { $0 == word }.count
            return count == 0 ? nil : "\(count) \(word)"
        }
        return counts.isEmpty ? "no tags" : counts.joined(separator: ", ")
    }
}

extension ReleasePlan {
    /// Whether there is an image already.
    var isBuilt: Bool { source != ImageFacts.unbuilt.digest }
}
