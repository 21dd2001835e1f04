import OCI
import Registry
import Release
import Tagging

/// What joining images will do or has done, as text or JSON (docs/json.md, schema `tagboat.index/1`).
struct IndexReport {
    let context: CommandContext
    let draft: IndexJoin.Draft
    let plan: TargetPlan
    let traffic: Traffic?

    private var text: PlanText { PlanText(style: context.style) }

    private var heading: String {
        "index \(draft.index.digest) of " + draft.platforms.map(PlatformText.name).joined(separator: ", ")
    }

    func printPlan(as format: CopyOptions.Format) throws {
        switch format {
        case .text: Output.standard.write(text.render([plan], heading: [heading]))
        case .json: try write([PlanDocument.Target(plan)], applied: false)
        }
    }

    /// Prints the outcome.
    ///
    /// - Throws: `ExitStatus` where something failed, after it was said.
    func print(_ outcomes: [TargetOutcome], as format: CopyOptions.Format) throws {
        switch format {
        case .text: Output.standard.write(text.render(outcomes, of: [plan], heading: [heading]))
        case .json: try write(outcomes.map { PlanDocument.Target($0, of: [plan]) }, applied: true)
        }
        try TargetOutcome.check(outcomes)
    }

    private func write(_ targets: [PlanDocument.Target], applied: Bool) throws {
        let document = Document(
            digest: draft.index.digest.description,
            images: zip(draft.platforms, draft.images).map { platform, digest in
                Document.Image(platform: platform.description, digest: digest.description)
            },
            annotations: draft.annotations,
            applied: applied,
            targets: targets,
            traffic: OrNull(traffic?.document)
        )
        Output.standard.write(try JSONText.render(document))
    }

    private struct Document: Encodable {
        let schema = "tagboat.index/1"
        let digest: String
        let images: [Image]
        let annotations: [String: String]
        let applied: Bool
        let targets: [PlanDocument.Target]
        let traffic: OrNull<Traffic.Document>

        struct Image: Encodable {
            let platform: String
            let digest: String
        }
    }
}
