/// GitLab CI: "Predefined CI/CD variables reference".
enum GitLabCI: CISystem {
    static let name = "GitLab CI"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment.isTrue("GITLAB_CI") }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        BuildContext(
            system: name,
            trigger: trigger(environment["CI_PIPELINE_SOURCE"]),
            reference: BuildReference(
                tag: environment["CI_COMMIT_TAG"],
                pullRequest: environment["CI_MERGE_REQUEST_IID"] ?? environment["CI_EXTERNAL_PULL_REQUEST_IID"],
                branch: environment["CI_COMMIT_BRANCH"]
            ),
            targetBranch: environment["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"]
                ?? environment["CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"],
            revision: environment.revision("CI_COMMIT_SHA"),
            defaultBranch: environment["CI_DEFAULT_BRANCH"],
            commitDate: environment["CI_COMMIT_TIMESTAMP"].flatMap(Timestamp.init(rfc3339:)),
            // Not CI_REPOSITORY_URL, which holds the job's token.
            repository: BuildContext.Repository(
                name: environment["CI_PROJECT_NAME"],
                description: environment["CI_PROJECT_DESCRIPTION"],
                address: environment["CI_PROJECT_URL"]
            )
        )
    }

    private static func trigger(_ source: String?) -> BuildTrigger {
        switch source {
        // A child pipeline does not say what started its parent, which most often is a push.
        case nil, "push", "webide", "external", "parent_pipeline": .push
        case "merge_request_event", "external_pull_request_event": .pullRequest
        case "schedule": .schedule
        default: .manual
        }
    }
}
