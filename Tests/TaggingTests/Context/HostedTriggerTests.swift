import Tagging
import Testing

/// Buildkite, Azure Pipelines and Travis CI, which tell a schedule and a start by hand.
@Suite("Contexts of hosted CI systems that name their trigger")
struct HostedTriggerTests {
    static let buildkite = SystemSample(variables: [
        "CI": "true",
        "BUILDKITE": "true",
        "BUILDKITE_SOURCE": "webhook",
        "BUILDKITE_COMMIT": commit,
        "BUILDKITE_PULL_REQUEST": "false",
        "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "",
        "BUILDKITE_PIPELINE_DEFAULT_BRANCH": "main",
        "BUILDKITE_REPO": "git@github.com:sea/boat.git",
    ])

    @Test(arguments: [
        ContextCase(
            name: "branch",
            environment: buildkite.with(["BUILDKITE_BRANCH": "main", "BUILDKITE_TAG": ""]),
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "tag",
            environment: buildkite.with(["BUILDKITE_BRANCH": "v1.2.3", "BUILDKITE_TAG": "v1.2.3"]),
            ref: "refs/tags/v1.2.3",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "pull request",
            environment: buildkite.with([
                "BUILDKITE_BRANCH": "someone:x", "BUILDKITE_PULL_REQUEST": "15",
                "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            baseRef: "main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "schedule",
            environment: buildkite.with(["BUILDKITE_BRANCH": "main", "BUILDKITE_SOURCE": "schedule"]),
            event: "schedule",
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "by hand",
            environment: buildkite.with(["BUILDKITE_BRANCH": "main", "BUILDKITE_SOURCE": "ui"]),
            event: "workflow_dispatch",
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
    ])
    func readsBuildkite(_ sample: ContextCase) throws {
        try sample.check(system: "Buildkite")
    }

    static let azure = SystemSample(variables: [
        "TF_BUILD": "True",
        "BUILD_REASON": "IndividualCI",
        "BUILD_SOURCEVERSION": commit,
        "BUILD_REPOSITORY_NAME": "sea/boat",
        "BUILD_REPOSITORY_URI": "https://sea@dev.azure.com/sea/My%20Project/_git/boat",
    ])

    @Test(arguments: [
        ContextCase(
            name: "branch",
            environment: azure.with(["BUILD_SOURCEBRANCH": "refs/heads/feature/x"]),
            ref: "refs/heads/feature/x"
        ),
        ContextCase(
            name: "tag",
            environment: azure.with(["BUILD_SOURCEBRANCH": "refs/tags/v1.2.3"]),
            ref: "refs/tags/v1.2.3"
        ),
        ContextCase(
            name: "pull request",
            environment: azure.with([
                "BUILD_REASON": "PullRequest", "BUILD_SOURCEBRANCH": "refs/pull/15/merge",
                "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            baseRef: "main"
        ),
        ContextCase(
            name: "schedule",
            environment: azure.with(["BUILD_REASON": "Schedule", "BUILD_SOURCEBRANCH": "refs/heads/main"]),
            event: "schedule",
            ref: "refs/heads/main"
        ),
        ContextCase(
            name: "by hand",
            environment: azure.with(["BUILD_REASON": "Manual", "BUILD_SOURCEBRANCH": "refs/heads/main"]),
            event: "workflow_dispatch",
            ref: "refs/heads/main"
        ),
    ])
    func readsAzure(_ sample: ContextCase) throws {
        try sample.check(system: "Azure Pipelines")
    }

    static let travis = SystemSample(variables: [
        "CI": "true",
        "TRAVIS": "true",
        "TRAVIS_EVENT_TYPE": "push",
        "TRAVIS_PULL_REQUEST": "false",
        "TRAVIS_COMMIT": commit,
        "TRAVIS_REPO_SLUG": "sea/boat",
    ])

    @Test(arguments: [
        ContextCase(name: "branch", environment: travis.with(["TRAVIS_BRANCH": "main"]), ref: "refs/heads/main"),
        ContextCase(
            name: "tag",
            environment: travis.with(["TRAVIS_BRANCH": "v1.2.3", "TRAVIS_TAG": "v1.2.3"]),
            ref: "refs/tags/v1.2.3"
        ),
        ContextCase(
            name: "pull request",
            environment: travis.with([
                "TRAVIS_EVENT_TYPE": "pull_request", "TRAVIS_PULL_REQUEST": "15", "TRAVIS_BRANCH": "main",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            baseRef: "main"
        ),
        ContextCase(
            name: "schedule",
            environment: travis.with(["TRAVIS_EVENT_TYPE": "cron", "TRAVIS_BRANCH": "main"]),
            event: "schedule",
            ref: "refs/heads/main"
        ),
        ContextCase(
            name: "through the API",
            environment: travis.with(["TRAVIS_EVENT_TYPE": "api", "TRAVIS_BRANCH": "main"]),
            event: "workflow_dispatch",
            ref: "refs/heads/main"
        ),
    ])
    func readsTravis(_ sample: ContextCase) throws {
        try sample.check(system: "Travis CI")
    }
}
