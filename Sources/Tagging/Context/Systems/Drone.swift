/// Drone: "Environment", "Reference".
enum Drone: CISystem {
    static let name = "Drone"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment.isTrue("DRONE") }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        BuildContext(
            system: name,
            trigger: trigger(environment["DRONE_BUILD_EVENT"]),
            reference: BuildReference(
                tag: environment["DRONE_TAG"],
                pullRequest: environment.number("DRONE_PULL_REQUEST"),
                branch: environment["DRONE_COMMIT_REF"] ?? environment["DRONE_BRANCH"]
            ),
            targetBranch: environment["DRONE_TARGET_BRANCH"],
            revision: environment.revision("DRONE_COMMIT_SHA"),
            defaultBranch: environment["DRONE_REPO_BRANCH"],
            repository: BuildContext.Repository(
                name: environment["DRONE_REPO_NAME"],
                address: environment["DRONE_REPO_LINK"]
            )
        )
    }

    private static func trigger(_ event: String?) -> BuildTrigger {
        switch event {
        case nil, "push", "tag": .push
        case "pull_request": .pullRequest
        case "cron": .schedule
        default: .manual
        }
    }
}
