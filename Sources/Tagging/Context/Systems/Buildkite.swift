/// Buildkite: "Environment variables".
enum Buildkite: CISystem {
    static let name = "Buildkite"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment.isTrue("BUILDKITE") }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        BuildContext(
            system: name,
            trigger: trigger(environment["BUILDKITE_SOURCE"]),
            reference: BuildReference(
                tag: environment["BUILDKITE_TAG"],
                pullRequest: environment.number("BUILDKITE_PULL_REQUEST"),
                branch: environment["BUILDKITE_BRANCH"]
            ),
            targetBranch: environment["BUILDKITE_PULL_REQUEST_BASE_BRANCH"],
            revision: environment.revision("BUILDKITE_COMMIT"),
            defaultBranch: environment["BUILDKITE_PIPELINE_DEFAULT_BRANCH"],
            repository: BuildContext.Repository(address: environment["BUILDKITE_REPO"])
        )
    }

    private static func trigger(_ source: String?) -> BuildTrigger {
        switch source {
        case nil, "webhook": .push
        case "schedule": .schedule
        default: .manual
        }
    }
}
