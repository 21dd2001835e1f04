/// A CI system, as far as it tells a build about itself.
///
/// To support another one, write a type like `GitLabCI` and name it in `BuildContext.knownSystems`.
protocol CISystem {
    /// The name that people know it by.
    static var name: String { get }

    /// Whether the environment is one of its builds.
    static func isRunning(in environment: BuildEnvironment) -> Bool

    /// What its variables say of the build.
    ///
    /// - Throws: `BuildContextError` for an event that cannot be read.
    static func context(from environment: BuildEnvironment) throws(BuildContextError) -> BuildContext
}

/// What makes a build start, by GitHub's name of the event.
enum BuildTrigger: String {
    case push
    case pullRequest = "pull_request"
    case schedule
    /// By hand, through an API or by another build.
    case manual = "workflow_dispatch"
    case release
}

extension BuildContext {
    /// Puts together what a system other than GitHub and its kin says.
    init(
        system: String,
        trigger: BuildTrigger,
        reference: BuildReference?,
        targetBranch: String? = nil,
        revision: String,
        defaultBranch: String? = nil,
        commitDate: Timestamp? = nil,
        repository: Repository
    ) {
        self.init(
            system: system,
            event: trigger.rawValue,
            ref: reference?.ref ?? "",
            revision: revision,
            defaultBranch: defaultBranch,
            payloadDefaultBranch: defaultBranch,
            commitDate: commitDate,
            repository: repository
        )
        let isPullRequest = reference?.isPullRequest ?? false
        guard isPullRequest || trigger == .pullRequest else { return }
        event = BuildTrigger.pullRequest.rawValue
        baseRef = targetBranch.map { $0.removing(prefix: "refs/heads/") } ?? ""
        // Some systems name the target branch as the branch of a pull request. An image of it must not pass for one of
        // that branch, so rather no reference than that one.
        if !isPullRequest { ref = "" }
    }
}
