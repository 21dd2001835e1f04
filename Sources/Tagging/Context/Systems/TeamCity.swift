/// TeamCity: "List of Predefined Build Parameters".
///
/// Of what matters here, TeamCity itself puts only BUILD_VCS_NUMBER into the environment. The rest are parameters that
/// a build configuration has to pass on, such as `env.TEAMCITY_BUILD_BRANCH` set to `%teamcity.build.branch%`; each is
/// expected under the parameter's name in capitals.
enum TeamCity: CISystem {
    static let name = "TeamCity"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment["TEAMCITY_VERSION"] != nil }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        let branch = environment["TEAMCITY_BUILD_BRANCH"].flatMap { $0 == "<default>" ? nil : $0 }
        let reference = BuildReference(
            pullRequest: environment.number("TEAMCITY_PULLREQUEST_NUMBER"),
            branch: branch
        )
        let isDefault = environment.isTrue("TEAMCITY_BUILD_BRANCH_IS_DEFAULT")
        let isScheduled = environment["TEAMCITY_BUILD_TRIGGEREDBY"]?.contains("Schedule Trigger") ?? false
        return BuildContext(
            system: name,
            trigger: isScheduled ? .schedule : .push,
            reference: reference,
            targetBranch: environment["TEAMCITY_PULLREQUEST_TARGET_BRANCH"],
            revision: environment.revision("BUILD_VCS_NUMBER", "TEAMCITY_BUILD_COMMIT"),
            defaultBranch: isDefault ? reference?.branch : nil,
            // The name that Codecov's uploader expects for `%vcsroot.url%`.
            repository: BuildContext.Repository(address: environment["TEAMCITY_BUILD_REPOSITORY"])
        )
    }
}
