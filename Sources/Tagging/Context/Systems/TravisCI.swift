/// Travis CI: "Environment Variables", "Default Environment Variables".
///
/// No variable tells the default branch or which forge the repository is on, so its address stays unknown.
enum TravisCI: CISystem {
    static let name = "Travis CI"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment.isTrue("TRAVIS") }

    static func context(from environment: BuildEnvironment) -> BuildContext {
        BuildContext(
            system: name,
            trigger: trigger(environment["TRAVIS_EVENT_TYPE"]),
            reference: BuildReference(
                tag: environment["TRAVIS_TAG"],
                pullRequest: environment.number("TRAVIS_PULL_REQUEST"),
                branch: environment["TRAVIS_BRANCH"]
            ),
            // Of a pull request, this is the branch that it targets.
            targetBranch: environment["TRAVIS_BRANCH"],
            revision: environment.revision("TRAVIS_COMMIT"),
            repository: BuildContext.Repository(name: environment["TRAVIS_REPO_SLUG"])
        )
    }

    private static func trigger(_ event: String?) -> BuildTrigger {
        switch event {
        case nil, "push": .push
        case "pull_request": .pullRequest
        case "cron": .schedule
        default: .manual
        }
    }
}
