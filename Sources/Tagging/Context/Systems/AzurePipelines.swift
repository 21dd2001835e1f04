/// Azure Pipelines: "Use predefined variables".
///
/// No variable tells the default branch.
enum AzurePipelines: CISystem {
    static let name = "Azure Pipelines"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment.isTrue("TF_BUILD") }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        BuildContext(
            system: name,
            trigger: trigger(environment["BUILD_REASON"]),
            reference: BuildReference(branch: environment["BUILD_SOURCEBRANCH"]),
            targetBranch: environment["SYSTEM_PULLREQUEST_TARGETBRANCH"],
            revision: environment.revision("BUILD_SOURCEVERSION"),
            repository: BuildContext.Repository(
                name: environment["BUILD_REPOSITORY_NAME"],
                address: environment["BUILD_REPOSITORY_URI"]
            )
        )
    }

    private static func trigger(_ reason: String?) -> BuildTrigger {
        switch reason {
        case nil, "IndividualCI", "BatchedCI": .push
        case "PullRequest": .pullRequest
        case "Schedule": .schedule
        default: .manual
        }
    }
}
