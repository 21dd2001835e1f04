/// Bitbucket Pipelines: "Variables and secrets".
///
/// No variable tells a schedule or a manual start from a push, nor the default branch.
enum BitbucketPipelines: CISystem {
    static let name = "Bitbucket Pipelines"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment["BITBUCKET_BUILD_NUMBER"] != nil }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        BuildContext(
            system: name,
            trigger: .push,
            reference: BuildReference(
                tag: environment["BITBUCKET_TAG"],
                pullRequest: environment["BITBUCKET_PR_ID"],
                branch: environment["BITBUCKET_BRANCH"]
            ),
            targetBranch: environment["BITBUCKET_PR_DESTINATION_BRANCH"],
            revision: environment.revision("BITBUCKET_COMMIT"),
            repository: BuildContext.Repository(
                name: environment["BITBUCKET_REPO_SLUG"],
                address: environment["BITBUCKET_GIT_HTTP_ORIGIN"]
            )
        )
    }
}
