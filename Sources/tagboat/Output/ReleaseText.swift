import OCI
import Release
import Tagging

/// What a release did, for people: the plan of each, and last what holds now.
struct ReleaseText {
    let style: Style
    let isDryRun: Bool

    func render(_ reports: [ReleaseResult], _ deliveries: [Announcement.Delivery]) -> String {
        guard !reports.isEmpty else { return "nothing to release\n" }
        let blocks = reports.map { report in
            plan(report) + "\n" + closing(report).map { $0 + "\n" }.joined()
        }
        return blocks.joined(separator: "\n") + told(deliveries).map { $0 + "\n" }.joined()
    }

    private func plan(_ report: ReleaseResult) -> String {
        let text = PlanText(style: style)
        return report.image.pushed.outcome.map(text.render) ?? text.render(report.plan)
    }

    private func closing(_ report: ReleaseResult) -> [String] {
        let name = (report.component.map { "\($0) " } ?? "") + report.version
        guard report.failure == nil else { return ["\(style.bad("not released")) \(name)"] }
        var lines = ["\(verb(report)) \(style.strong(name))"]
        for place in report.places {
            // In a dry run there may be no image to name.
            lines.append("  image  \(place.repository)" + (report.plan.isBuilt ? "@\(report.plan.source)" : ""))
            lines.append("  tags   \(place.tags.map(\.name).joined(separator: ", "))")
        }
        if let git = report.git { lines += self.git(git) }
        return lines
    }

    private func verb(_ report: ReleaseResult) -> String {
        if isDryRun { return report.isRelease ? "would release" : "would push snapshot" }
        if !report.hasChanged { return "nothing to do for" }
        return report.isRelease ? "released" : "pushed snapshot"
    }

    private func git(_ result: GitStage.Result) -> [String] {
        let names = result.plan.releases.flatMap { [$0.tag] + $0.movingTags.map(\.name) }
        let branch = result.plan.branch.map { [$0] } ?? []
        guard result.plan.extent == .push else { return ["  git    \(names.joined(separator: ", "))"] }
        return ["  git    \((branch + names).joined(separator: ", ")) to \(result.plan.remote)"]
    }

    private func told(_ deliveries: [Announcement.Delivery]) -> [String] {
        deliveries.map { delivery in
            delivery.failure == nil ? "  told   \(delivery.host)" : "  \(style.bad("failed")) to tell \(delivery.host)"
        }
    }
}

extension ReleaseResult {
    /// The outputs of a step of GitHub Actions.
    var outputs: [(name: String, value: String)] {
        let references = places.flatMap { place in place.tags.map { "\(place.repository):\($0)" } }
        return [
            ("version", version),
            ("kind", plan.kind.name),
            ("digest", plan.source.description),
            ("tags", references.joined(separator: "\n")),
            ("changed", "\(hasChanged)"),
        ]
    }
}
