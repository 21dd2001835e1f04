import OCI
import Release
import Tagging
import Versioning

/// What became of one release, before it is written in any form.
struct ReleaseResult {
    /// The component; nil for a repository that is released as one.
    let component: String?
    let image: ImageStage.Result
    /// What became of git; nil where no tag was wanted.
    let git: GitStage.Result?
    /// The release notes, in Markdown; nil for a snapshot, and where nothing can tell.
    let notes: String?

    var plan: ReleasePlan { image.pushed.plan }

    /// The version that the image has: of a snapshot its development version.
    var version: String { (plan.development ?? plan.version).text }

    var isRelease: Bool {
        switch plan.kind {
        case .release, .repeat: true
        case .snapshot, .conflict: false
        }
    }

    /// Whether the run changed anything, on a registry or in git.
    var hasChanged: Bool {
        image.pushed.outcome?.targets.contains(where: \.hasWritten) == true || git?.hasChanged == true
    }

    /// The first thing that failed on a repository.
    var failure: (any Error)? { image.pushed.outcome?.targets.lazy.compactMap(\.firstFailure).first }

    /// The repositories, and the tags that hold the image on each.
    var places: [(repository: String, tags: [OCI.Tag])] {
        guard let outcome = image.pushed.outcome else {
            return plan.targets.map { target in
                (target.name, target.steps.filter { $0.writes || $0.verdict == .unchanged }.map(\.tag))
            }
        }
        return outcome.targets.map { target in
            (target.name, target.steps.filter(\.holdsImage).map(\.step.tag))
        }
    }
}

extension StepOutcome {
    /// Whether the tag is on the image of the run.
    fileprivate var holdsImage: Bool {
        switch state {
        case .done, .unchanged: true
        case .withheld, .failed, .notAttempted: false
        }
    }
}
