/// Woodpecker: "Environment variables", "Built-in environment variables".
enum Woodpecker: CISystem {
    static let name = "Woodpecker"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment["CI"] == "woodpecker" }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        BuildContext(
            system: name,
            trigger: trigger(environment["CI_PIPELINE_EVENT"]),
            reference: BuildReference(
                tag: environment["CI_COMMIT_TAG"],
                pullRequest: environment.number("CI_COMMIT_PULL_REQUEST"),
                branch: environment["CI_COMMIT_REF"] ?? environment["CI_COMMIT_BRANCH"]
            ),
            targetBranch: environment["CI_COMMIT_TARGET_BRANCH"],
            revision: environment.revision("CI_COMMIT_SHA"),
            defaultBranch: environment["CI_REPO_DEFAULT_BRANCH"],
            repository: BuildContext.Repository(
                name: environment["CI_REPO_NAME"],
                address: environment["CI_REPO_URL"]
            )
        )
    }

    private static func trigger(_ event: String?) -> BuildTrigger {
        switch event {
        case nil, "push", "tag": .push
        case "pull_request", "pull_request_closed", "pull_request_metadata": .pullRequest
        case "cron": .schedule
        case "release": .release
        default: .manual
        }
    }
}
