import OCI
import Registry
import Release
import Tagging

/// What a copy will do or has done, as text or JSON (docs/json.md, schema `tagboat.copy/1`).
struct TransferReport {
    let context: CommandContext
    let heading: String
    let plans: [TargetPlan]
    let traffic: Traffic?

    func printPlan(as format: CopyOptions.Format) throws {
        switch format {
        case .text: Output.standard.write(PlanText(style: context.style).render(plans, heading: [heading]))
        case .json: try write(plans.map(PlanDocument.Target.init(_:)), applied: false)
        }
    }

    /// Prints the outcome.
    ///
    /// - Throws: `ExitStatus` where something failed, after it was said.
    func print(_ outcomes: [TargetOutcome], as format: CopyOptions.Format) throws {
        switch format {
        case .text:
            Output.standard.write(PlanText(style: context.style).render(outcomes, of: plans, heading: [heading]))
        case .json:
            try write(outcomes.map { PlanDocument.Target($0, of: plans) }, applied: true)
        }
        try TargetOutcome.check(outcomes)
    }

    private func write(_ targets: [PlanDocument.Target], applied: Bool) throws {
        let document = Document(
            heading: heading,
            applied: applied,
            targets: targets,
            traffic: OrNull(traffic?.document)
        )
        Output.standard.write(try JSONText.render(document))
    }

    private struct Document: Encodable {
        let schema = "tagboat.copy/1"
        let heading: String
        let applied: Bool
        let targets: [PlanDocument.Target]
        let traffic: OrNull<Traffic.Document>
    }
}

extension TargetOutcome {
    /// Ends a run in which something failed, with the exit code that tells whether anything was written.
    ///
    /// - Throws: `ExitStatus`.
    static func check(_ outcomes: [TargetOutcome]) throws {
        guard let failure = outcomes.lazy.compactMap(\.firstFailure).first else { return }
        let report = FailureReport(failure)
        guard outcomes.contains(where: \.hasWritten) else {
            Output.message(report.text)
            throw report.status
        }
        // What is refused would be refused again.
        let hint = report.status == .refused ? report.hint ?? "" : "run again to converge"
        Output.message("error: some tags were not written: \(report.description)\nhint: \(hint)")
        throw ExitStatus.partlyApplied
    }
}
