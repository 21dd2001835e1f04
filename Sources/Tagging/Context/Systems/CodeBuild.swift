/// AWS CodeBuild: "Environment variables in build environments".
///
/// No variable tells the default branch; a build that no webhook started is taken for one started by hand.
enum CodeBuild: CISystem {
    static let name = "AWS CodeBuild"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment["CODEBUILD_BUILD_ID"] != nil }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        BuildContext(
            system: name,
            trigger: trigger(environment["CODEBUILD_WEBHOOK_EVENT"]),
            reference: environment["CODEBUILD_WEBHOOK_TRIGGER"].flatMap(reference(webhook:))
                ?? environment["CODEBUILD_WEBHOOK_HEAD_REF"].flatMap(BuildReference.init(name:))
                ?? environment["CODEBUILD_SOURCE_VERSION"].flatMap(reference(source:)),
            targetBranch: environment["CODEBUILD_WEBHOOK_BASE_REF"],
            revision: environment.revision("CODEBUILD_RESOLVED_SOURCE_VERSION", "CODEBUILD_SOURCE_VERSION"),
            repository: repository(at: environment["CODEBUILD_SOURCE_REPO_URL"])
        )
    }

    private static func trigger(_ event: String?) -> BuildTrigger {
        switch event {
        case "PUSH": .push
        case "RELEASED", "PRERELEASED": .release
        case .some(let event) where event.hasPrefix("PULL_REQUEST_"): .pullRequest
        default: .manual
        }
    }

    /// Reads `branch/main`, `tag/v1.2.3` or `pr/15`.
    private static func reference(webhook trigger: String) -> BuildReference? {
        let parts = trigger.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        return switch parts[0] {
        case "branch": .branch(parts[1])
        case "tag": .tag(parts[1])
        case "pr": .pullRequest(parts[1])
        default: nil
        }
    }

    /// Reads `pr/15` or a full reference, which may have a commit behind it, as in `refs/heads/main^{…}`.
    ///
    /// Any other word may be a branch, a tag or a commit alike.
    private static func reference(source version: String) -> BuildReference? {
        if version.hasPrefix("pr/") { return reference(webhook: version) }
        guard version.hasPrefix("refs/") else { return nil }
        return BuildReference(name: String(version.prefix { $0 != "^" }))
    }

    /// A source in a bucket is named by an address of S3, which is no repository.
    private static func repository(at address: String?) -> BuildContext.Repository {
        BuildContext.Repository(address: address.flatMap { $0.hasPrefix("https://") ? $0 : nil })
    }
}
