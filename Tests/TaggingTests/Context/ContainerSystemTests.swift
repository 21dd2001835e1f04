import Tagging
import Testing

/// Woodpecker and Drone.
@Suite("Contexts of Woodpecker and Drone")
struct ContainerSystemTests {
    static let woodpecker = SystemSample(variables: [
        "CI": "woodpecker",
        "CI_PIPELINE_EVENT": "push",
        "CI_COMMIT_SHA": commit,
        "CI_COMMIT_BRANCH": "main",
        "CI_REPO_NAME": "boat",
        "CI_REPO_URL": "https://git.example.com/sea/boat",
        "CI_REPO_DEFAULT_BRANCH": "main",
    ])

    @Test(arguments: [
        ContextCase(
            name: "branch",
            environment: woodpecker.with(["CI_COMMIT_REF": "refs/heads/main"]),
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "tag",
            environment: woodpecker.with([
                "CI_PIPELINE_EVENT": "tag", "CI_COMMIT_TAG": "v1.2.3", "CI_COMMIT_REF": "refs/tags/v1.2.3",
            ]),
            ref: "refs/tags/v1.2.3",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "release",
            environment: woodpecker.with(["CI_PIPELINE_EVENT": "release", "CI_COMMIT_REF": "refs/tags/v1.2.3"]),
            event: "release",
            ref: "refs/tags/v1.2.3",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "pull request",
            environment: woodpecker.with([
                "CI_PIPELINE_EVENT": "pull_request", "CI_COMMIT_PULL_REQUEST": "15", "CI_COMMIT_TARGET_BRANCH": "main",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            baseRef: "main",
            defaultBranch: "main"
        ),
        // CI_COMMIT_BRANCH is the target branch, which a pull request must not pass for.
        ContextCase(
            name: "pull request without a number",
            environment: woodpecker.with(["CI_PIPELINE_EVENT": "pull_request", "CI_COMMIT_TARGET_BRANCH": "main"]),
            event: "pull_request",
            ref: "",
            baseRef: "main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "merge request told by the reference alone",
            environment: woodpecker.with([
                "CI_PIPELINE_EVENT": "pull_request", "CI_COMMIT_REF": "refs/merge-requests/15/head",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "schedule",
            environment: woodpecker.with(["CI_PIPELINE_EVENT": "cron"]),
            event: "schedule",
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "by hand",
            environment: woodpecker.with(["CI_PIPELINE_EVENT": "manual"]),
            event: "workflow_dispatch",
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
    ])
    func readsWoodpecker(_ sample: ContextCase) throws {
        try sample.check(system: "Woodpecker")
    }

    static let drone = SystemSample(variables: [
        "CI": "true",
        "DRONE": "true",
        "DRONE_BUILD_EVENT": "push",
        "DRONE_COMMIT_SHA": commit,
        "DRONE_BRANCH": "main",
        "DRONE_TARGET_BRANCH": "main",
        "DRONE_REPO_NAME": "boat",
        "DRONE_REPO_LINK": "https://git.example.com/sea/boat",
        "DRONE_REPO_BRANCH": "main",
    ])

    @Test(arguments: [
        ContextCase(
            name: "branch",
            environment: drone.with(["DRONE_COMMIT_REF": "refs/heads/main"]),
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "tag",
            environment: drone.with([
                "DRONE_BUILD_EVENT": "tag", "DRONE_TAG": "v1.2.3", "DRONE_COMMIT_REF": "refs/tags/v1.2.3",
            ]),
            ref: "refs/tags/v1.2.3",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "pull request",
            environment: drone.with([
                "DRONE_BUILD_EVENT": "pull_request", "DRONE_PULL_REQUEST": "15",
                "DRONE_COMMIT_REF": "refs/pull/15/head",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            baseRef: "main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "schedule",
            environment: drone.with(["DRONE_BUILD_EVENT": "cron", "DRONE_COMMIT_REF": "refs/heads/main"]),
            event: "schedule",
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "promotion",
            environment: drone.with(["DRONE_BUILD_EVENT": "promote", "DRONE_COMMIT_REF": "refs/heads/main"]),
            event: "workflow_dispatch",
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
    ])
    func readsDrone(_ sample: ContextCase) throws {
        try sample.check(system: "Drone")
    }
}
