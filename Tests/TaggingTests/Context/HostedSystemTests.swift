import Tagging
import Testing

/// GitLab CI, CircleCI and Bitbucket Pipelines.
@Suite("Contexts of hosted CI systems")
struct HostedSystemTests {
    static let gitLab = SystemSample(variables: [
        "CI": "true",
        "GITLAB_CI": "true",
        "CI_PIPELINE_SOURCE": "push",
        "CI_COMMIT_SHA": commit,
        "CI_COMMIT_TIMESTAMP": "2026-03-05T11:22:33+02:00",
        "CI_DEFAULT_BRANCH": "main",
        "CI_PROJECT_NAME": "boat",
        "CI_PROJECT_DESCRIPTION": "Sails \"well\"",
        "CI_PROJECT_URL": "https://gitlab.example.com:8443/sea/boat",
        "CI_REPOSITORY_URL": "https://gitlab-ci-token:s3cret@gitlab.example.com:8443/sea/boat.git",
    ])

    @Test(arguments: [
        ContextCase(
            name: "branch",
            environment: gitLab.with(["CI_COMMIT_BRANCH": "feature/x"]),
            ref: "refs/heads/feature/x",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "tag",
            environment: gitLab.with(["CI_COMMIT_TAG": "v1.2.3"]),
            ref: "refs/tags/v1.2.3",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "merge request",
            environment: gitLab.with([
                "CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_IID": "7",
                "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            ]),
            event: "pull_request",
            ref: "refs/pull/7/merge",
            baseRef: "main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "merge request in a child pipeline",
            environment: gitLab.with(["CI_PIPELINE_SOURCE": "parent_pipeline", "CI_MERGE_REQUEST_IID": "7"]),
            event: "pull_request",
            ref: "refs/pull/7/merge",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "pull request on GitHub",
            environment: gitLab.with([
                "CI_PIPELINE_SOURCE": "external_pull_request_event", "CI_EXTERNAL_PULL_REQUEST_IID": "8",
                "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME": "dev", "CI_COMMIT_BRANCH": "x",
            ]),
            event: "pull_request",
            ref: "refs/pull/8/merge",
            baseRef: "dev",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "schedule",
            environment: gitLab.with(["CI_PIPELINE_SOURCE": "schedule", "CI_COMMIT_BRANCH": "main"]),
            event: "schedule",
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "by hand",
            environment: gitLab.with(["CI_PIPELINE_SOURCE": "web", "CI_COMMIT_BRANCH": "main"]),
            event: "workflow_dispatch",
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
    ])
    func readsGitLab(_ sample: ContextCase) throws {
        try sample.check(system: "GitLab CI")
    }

    static let circle = SystemSample(variables: [
        "CI": "true",
        "CIRCLECI": "true",
        "CIRCLE_SHA1": commit,
        "CIRCLE_PROJECT_USERNAME": "sea",
        "CIRCLE_PROJECT_REPONAME": "boat",
        "CIRCLE_REPOSITORY_URL": "git@github.com:sea/boat.git",
    ])

    @Test(arguments: [
        ContextCase(name: "branch", environment: circle.with(["CIRCLE_BRANCH": "main"]), ref: "refs/heads/main"),
        ContextCase(name: "tag", environment: circle.with(["CIRCLE_TAG": "v1.2.3"]), ref: "refs/tags/v1.2.3"),
        ContextCase(
            name: "pull request",
            environment: circle.with([
                "CIRCLE_BRANCH": "x", "CIRCLE_PULL_REQUEST": "https://github.com/sea/boat/pull/15",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge"
        ),
        ContextCase(
            name: "pull request from a fork",
            environment: circle.with(["CIRCLE_BRANCH": "pull/16", "CIRCLE_PR_NUMBER": "16"]),
            event: "pull_request",
            ref: "refs/pull/16/merge"
        ),
        ContextCase(
            name: "pull request told by the branch alone",
            environment: circle.with(["CIRCLE_BRANCH": "pull/16/head"]),
            event: "pull_request",
            ref: "refs/pull/16/merge"
        ),
    ])
    func readsCircleCI(_ sample: ContextCase) throws {
        try sample.check(system: "CircleCI")
    }

    static let bitbucket = SystemSample(variables: [
        "CI": "true",
        "BITBUCKET_BUILD_NUMBER": "12",
        "BITBUCKET_COMMIT": commit,
        "BITBUCKET_REPO_SLUG": "boat",
        "BITBUCKET_GIT_HTTP_ORIGIN": "http://bitbucket.org/sea/boat",
    ])

    @Test(arguments: [
        ContextCase(name: "branch", environment: bitbucket.with(["BITBUCKET_BRANCH": "main"]), ref: "refs/heads/main"),
        ContextCase(name: "tag", environment: bitbucket.with(["BITBUCKET_TAG": "v1.2.3"]), ref: "refs/tags/v1.2.3"),
        ContextCase(
            name: "pull request",
            environment: bitbucket.with([
                "BITBUCKET_BRANCH": "x", "BITBUCKET_PR_ID": "15", "BITBUCKET_PR_DESTINATION_BRANCH": "main",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            baseRef: "main"
        ),
    ])
    func readsBitbucket(_ sample: ContextCase) throws {
        try sample.check(system: "Bitbucket Pipelines")
    }
}
