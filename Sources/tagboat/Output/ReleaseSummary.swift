import OCI
import Release
import Tagging

/// What a release did, as Markdown by the template `summary.markdown`: docs/templates.md tells its fields.
struct ReleaseSummary {
    let templates: Templates

    func render(_ reports: [ReleaseResult]) throws(ConfigurationError) -> String {
        try templates.render(
            "summary.markdown",
            TemplateFields([("releases", TemplateFields.items(reports, Self.fields(of:)))])
        )
    }

    private static func fields(of report: ReleaseResult) -> [String: Any] {
        [
            "name": (report.component.map { "\($0) " } ?? "") + report.version,
            "version": report.version,
            "kind": report.plan.kind.name,
            "isRelease": report.isRelease,
            "hasChanged": report.hasChanged,
            "isComplete": report.failure == nil,
            "headline": report.plan.headline,
            "digest": report.plan.source.description,
            "commit": report.plan.commit.hash,
            "gitTag": report.git?.plan.releases.first?.tag ?? "",
            "repositories": TemplateFields.items(rows(of: report)) { name, tags in
                ["repository": name, "tags": TemplateFields.items(tags) { $0 }]
            },
            "notes": OptionalText(report.notes),
        ]
    }

    private static func rows(of report: ReleaseResult) -> [(String, [[String: Any]])] {
        guard let outcome = report.image.pushed.outcome else { return [] }
        return outcome.targets.map { target in
            (
                target.name,
                target.steps.map { step in
                    var state = step.state.name
                    if case .done = step.state { state = step.step.from == nil ? "created" : "moved" }
                    var reason = ""
                    if case .withheld(let text) = step.state { reason = text }
                    if case .failed(let error) = step.state { reason = FailureReport(error).description }
                    return ["tag": step.step.tag.name, "state": state, "reason": markdown(reason)]
                }
            )
        }
    }

    /// Text within a cell of a table.
    private static func markdown(_ text: String) -> String {
        text.map { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) }.joined()
    }
}
