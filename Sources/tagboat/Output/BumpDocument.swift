import Git
import Release
import SystemPackage
import Tagging
import Versioning

/// The JSON form of what `bump` does: docs/json.md, schema `tagboat.bump/1`.
struct BumpDocument: Encodable {
    private let schema = "tagboat.bump/1"
    private let applied: Bool
    private let releases: [Release]
    private let unchanged: [Unchanged]
    private let files: [String]
    private let message: OrNull<String>
    private let commit: OrNull<String>
    private let push: OrNull<Push>

    private struct Release: Encodable {
        let component: OrNull<String>
        let previous: OrNull<String>
        let version: String
        let level: OrNull<String>
        let reason: String
        let isNew: Bool
        let tag: OrNull<String>
        let movingTags: [String]
        let withheldTags: [Withheld]
    }

    private struct Withheld: Encodable {
        let tag: String
        let version: String
    }

    private struct Unchanged: Encodable {
        let component: OrNull<String>
        let version: OrNull<String>
        let reason: String
    }

    private struct Push: Encodable {
        let remote: String
        let branch: OrNull<String>
        let references: [Reference]
    }

    private struct Reference: Encodable {
        let name: String
        let outcome: OrNull<String>
    }

    /// What is planned; with an outcome, what was done.
    init(_ plan: BumpPlan, _ outcome: BumpRun.Outcome? = nil, folder: String) {
        applied = outcome != nil
        releases = plan.releases.map { release in
            Release(
                component: OrNull(release.component),
                previous: OrNull(release.previous?.description),
                version: release.version.description,
                level: OrNull(release.level?.rawValue),
                reason: release.reason,
                isNew: release.isNew,
                tag: OrNull(plan.extent >= .tag ? release.tag : nil),
                movingTags: plan.extent >= .tag ? release.movingTags.map(\.name) : [],
                withheldTags: release.withheldTags.map { Withheld(tag: $0.name, version: $0.version.text) }
            )
        }
        unchanged = plan.staying.map {
            Unchanged(
                component: OrNull($0.component),
                version: OrNull($0.version?.description),
                reason: $0.reason
            )
        }
        files = plan.paths(below: folder)
        message = OrNull(plan.extent >= .commit ? plan.message : nil)
        commit = OrNull(outcome?.commit?.description)
        push = OrNull(
            plan.extent == .push
                ? Push(
                    remote: plan.remote,
                    branch: OrNull(plan.branch),
                    references: plan.references.map { name in
                        let entry = outcome?.push?.entries.first { $0.name == name }
                        return Reference(name: name, outcome: OrNull(entry?.outcome.name))
                    }
                ) : nil
        )
    }
}

extension PushReport.Outcome {
    /// A word for JSON.
    fileprivate var name: String {
        switch self {
        case .created: "created"
        case .moved: "moved"
        case .forced: "forced"
        case .unchanged: "unchanged"
        case .rejected(let reason): "rejected: \(reason)"
        }
    }
}

extension BumpPlan {
    /// What a push moves at the remote.
    var references: [String] {
        (branch.map { ["refs/heads/\($0)"] } ?? [])
            + (unpushedTags + releases.map(\.tag) + pushedMovingTags)
            .map { "refs/tags/\($0)" }
    }

    /// The files as people know them: from the folder where the command was given.
    func paths(below folder: String) -> [String] {
        files.map { file in
            let path = file.path.string
            return path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
        }
    }
}
