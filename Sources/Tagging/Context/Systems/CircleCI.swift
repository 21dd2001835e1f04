/// CircleCI: "Project values and variables".
///
/// No variable tells a schedule or a manual start from a push, nor the target branch or the default branch.
enum CircleCI: CISystem {
    static let name = "CircleCI"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment.isTrue("CIRCLECI") }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        BuildContext(
            system: name,
            trigger: .push,
            reference: BuildReference(
                tag: environment["CIRCLE_TAG"],
                pullRequest: environment.number("CIRCLE_PR_NUMBER") ?? pullRequest(environment["CIRCLE_PULL_REQUEST"]),
                branch: environment["CIRCLE_BRANCH"]
            ),
            revision: environment.revision("CIRCLE_SHA1"),
            repository: BuildContext.Repository(
                name: environment["CIRCLE_PROJECT_REPONAME"],
                address: environment["CIRCLE_REPOSITORY_URL"]
            )
        )
    }

    /// The number at the end of a pull request's address; only those from forks have a variable for it.
    private static func pullRequest(_ url: String?) -> String? {
        url?.split(separator: "/").last.flatMap { $0.isDecimalNumber ? String($0) : nil }
    }
}
