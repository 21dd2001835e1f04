/// Jenkins: "Global Variable Reference", and the pages of the plugins Git and Environment Injector.
enum Jenkins: CISystem {
    static let name = "Jenkins"

    /// Also asks for a build, since Jenkins's command line reads JENKINS_URL on anyone's machine.
    static func isRunning(in environment: BuildEnvironment) -> Bool {
        environment["JENKINS_URL"] != nil && environment["BUILD_ID"] != nil
    }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        let reference = BuildReference(
            tag: environment["TAG_NAME"],
            pullRequest: environment["CHANGE_ID"],
            branch: environment["BRANCH_NAME"] ?? branch(environment["GIT_BRANCH"])
        )
        return BuildContext(
            system: name,
            trigger: trigger(environment["BUILD_CAUSE"]),
            reference: reference,
            targetBranch: environment["CHANGE_TARGET"],
            revision: environment.revision("GIT_COMMIT"),
            defaultBranch: environment.isTrue("BRANCH_IS_PRIMARY") ? reference?.branch : nil,
            repository: BuildContext.Repository(address: environment["GIT_URL"])
        )
    }

    /// The Git plugin names a branch with its remote, and a checkout without a branch `detached`.
    private static func branch(_ name: String?) -> String? {
        name.flatMap { $0 == "detached" ? nil : $0.removing(prefix: "refs/remotes/").removing(prefix: "origin/") }
    }

    /// BUILD_CAUSE, from the plugin Environment Injector, lists every cause; without it all that is known is a push.
    private static func trigger(_ causes: String?) -> BuildTrigger {
        let causes = causes?.split(separator: ",") ?? []
        return if causes.contains("TIMERTRIGGER") {
            .schedule
        } else if causes.contains("MANUALTRIGGER") || causes.contains("UPSTREAMTRIGGER") {
            .manual
        } else {
            .push
        }
    }
}
