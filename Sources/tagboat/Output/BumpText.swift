import Release
import Tagging
import Versioning

/// What `bump` does, for people.
struct BumpText {
    let style: Style
    /// The folder that paths are shown from.
    let folder: String

    /// The versions alone: one in a line, behind the component's name where there are components.
    static func versions(_ plan: BumpPlan) -> String {
        var lines: [String] = []
        func add(_ component: String?, _ version: String) {
            lines.append(component.map { "\($0) \(version)" } ?? version)
        }
        for release in plan.releases { add(release.component, release.version.description) }
        // Where nothing is raised, a script still gets the version that holds.
        for stay in plan.staying where plan.releases.isEmpty { add(stay.component, stay.version?.description ?? "") }
        return lines.filter { !$0.isEmpty }.map { $0 + "\n" }.joined()
    }

    /// Why, in a line for each release.
    func reasons(_ plan: BumpPlan) -> [String] {
        plan.releases.map { release in
            let name = release.component.map { "\($0) " } ?? ""
            let change =
                release.isNew
                ? "\(release.previous.map { "\($0) → " } ?? "")\(style.strong(release.version.description))"
                : style.strong(release.version.description)
            return "\(name)\(change): \(release.reason)"
        }
            + plan.staying.map { stay in
                let name = stay.component.map { "\($0) " } ?? ""
                return "\(name)\(stay.version.map { "stays \($0)" } ?? "has no version"): \(stay.reason)"
            }
    }

    /// What is going to be done, in a line for each step.
    func steps(_ plan: BumpPlan) -> [String] {
        guard !plan.releases.isEmpty || !plan.unpushedTags.isEmpty else { return [] }
        var lines: [String] = []
        let paths = plan.paths(below: folder)
        if !paths.isEmpty { lines.append("write   \(paths.joined(separator: ", "))") }
        if plan.extent >= .commit, !plan.releases.isEmpty {
            lines.append("commit  \(plan.message.prefix { !$0.isNewline })")
        }
        if plan.extent >= .tag {
            for release in plan.releases {
                let moving = release.movingTags.map(\.name)
                lines.append(
                    "tag     \(release.tag)" + (moving.isEmpty ? "" : "; moves \(moving.joined(separator: ", "))")
                )
                for place in release.withheldTags {
                    lines.append("        \(place.name) stays on \(place.version)")
                }
            }
        }
        if plan.extent >= .push {
            let names = plan.references.map { name in
                for prefix in ["refs/heads/", "refs/tags/"] where name.hasPrefix(prefix) {
                    return String(name.dropFirst(prefix.count))
                }
                return name
            }
            lines.append("push    \(names.joined(separator: ", ")) to \(plan.remote)")
        }
        return lines
    }
}
