import OCI
import Release
import Tagging

/// The JSON form of a whole release, which webhooks and commands get too: docs/json.md, schema `tagboat.release/1`.
struct ReleaseDocument: Encodable {
    private let schema = "tagboat.release/1"
    private let applied: Bool
    private let bump: OrNull<BumpDocument>
    private let releases: [Release]
    private let notifications: [Notification]

    private struct Release: Encodable {
        let component: OrNull<String>
        let version: String
        let kind: String
        let changed: Bool
        let commit: String
        let digest: OrNull<String>
        let origin: ImageStage.Origin
        let source: OrNull<String>
        let plan: PlanDocument
        let git: OrNull<BumpDocument>
        let notes: OrNull<String>
    }

    private struct Notification: Encodable {
        let host: String
        let error: OrNull<String>
    }

    /// Takes what became of a run.
    ///
    /// - Parameters:
    ///   - reports: the releases.
    ///   - bump: what was raised.
    ///   - deliveries: who was told.
    ///   - isDryRun: whether nothing was changed.
    ///   - folder: the folder that paths are shown from.
    init(
        _ reports: [ReleaseResult],
        bump: BumpStage.Result?,
        deliveries: [Announcement.Delivery],
        isDryRun: Bool,
        folder: String
    ) {
        applied = !isDryRun
        self.bump = OrNull(bump.map { BumpDocument($0.plan, $0.outcome, folder: folder) })
        releases = reports.map { report in
            let pushed = report.image.pushed
            return Release(
                component: OrNull(report.component),
                version: report.version,
                kind: report.plan.kind.name,
                changed: report.hasChanged,
                commit: report.plan.commit.hash,
                digest: OrNull(report.plan.isBuilt ? report.plan.source.description : nil),
                origin: report.image.origin,
                source: OrNull(report.image.source?.text),
                plan: pushed.outcome.map { PlanDocument($0, traffic: pushed.traffic) }
                    ?? PlanDocument(pushed.plan, traffic: pushed.traffic),
                git: OrNull(report.git.map { BumpDocument($0.plan, $0.outcome, folder: folder) }),
                notes: OrNull(report.notes)
            )
        }
        notifications = deliveries.map { delivery in
            Notification(
                host: delivery.host,
                error: OrNull(delivery.failure.map { FailureReport($0).description })
            )
        }
    }
}
