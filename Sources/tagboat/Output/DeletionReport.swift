import OCI
import Registry
import Release

/// What was deleted, as text or JSON (docs/json.md, schema `tagboat.delete/1`).
struct DeletionReport {
    let style: Style

    func text(_ plans: [Deletion.Plan], isDone: Bool) -> String {
        let verb = isDone ? "deleted" : "would delete"
        return plans.map { plan in
            var lines: [String] = []
            switch plan.subject {
            case .tag(let tag):
                lines.append("\(style.good(verb)) \(plan.repository):\(tag) (\(plan.digest.abbreviated))")
                lines.append(
                    plan.kept.isEmpty
                        ? "  the image stays without a tag: \(plan.digest)"
                        : "  the image stays as \(plan.kept.map(\.name).joined(separator: ", "))"
                )
            case .image:
                lines.append("\(style.good(verb)) \(plan.repository)@\(plan.digest)")
                if !plan.tags.isEmpty {
                    lines.append("  with the tags \(plan.tags.map(\.name).joined(separator: ", "))")
                }
                for orphan in plan.orphans { lines.append("  and \(orphan)") }
            }
            return lines.joined(separator: "\n") + "\n"
        }.joined()
    }

    func json(_ plans: [Deletion.Plan], isDone: Bool, traffic: Traffic?) throws -> String {
        try JSONText.render(
            Document(
                applied: isDone,
                deleted: plans.map { plan in
                    let isImage = if case .image = plan.subject { true } else { false }
                    return Entry(
                        repository: plan.repository,
                        digest: plan.digest.description,
                        imageDeleted: isImage,
                        tags: plan.tags.map(\.name),
                        keptTags: plan.kept.map(\.name),
                        children: plan.orphans.map(\.description)
                    )
                },
                traffic: OrNull(traffic?.document)
            )
        )
    }

    private struct Document: Encodable {
        let schema = "tagboat.delete/1"
        let applied: Bool
        let deleted: [Entry]
        let traffic: OrNull<Traffic.Document>
    }

    private struct Entry: Encodable {
        let repository: String
        let digest: String
        let imageDeleted: Bool
        let tags: [String]
        let keptTags: [String]
        let children: [String]
    }
}
