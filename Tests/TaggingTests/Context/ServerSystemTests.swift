import Tagging
import Testing

/// TeamCity and Jenkins.
@Suite("Contexts of TeamCity and Jenkins")
struct ServerSystemTests {
    static let teamCity = SystemSample(variables: [
        "TEAMCITY_VERSION": "2025.11 (build 200000)",
        "BUILD_VCS_NUMBER": commit,
        "TEAMCITY_BUILD_REPOSITORY": "https://someone:s3cret@git.example.com/sea/boat.git",
    ])

    @Test(arguments: [
        ContextCase(name: "nothing passed on", environment: teamCity.variables, ref: ""),
        ContextCase(
            name: "unnamed default branch",
            environment: teamCity.with(["TEAMCITY_BUILD_BRANCH": "<default>"]),
            ref: ""
        ),
        ContextCase(
            name: "branch",
            environment: teamCity.with(["TEAMCITY_BUILD_BRANCH": "x"]),
            ref: "refs/heads/x"
        ),
        ContextCase(
            name: "default branch",
            environment: teamCity.with([
                "TEAMCITY_BUILD_BRANCH": "refs/heads/main", "TEAMCITY_BUILD_BRANCH_IS_DEFAULT": "true",
            ]),
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "tag",
            environment: teamCity.with(["TEAMCITY_BUILD_BRANCH": "refs/tags/v1.2.3"]),
            ref: "refs/tags/v1.2.3"
        ),
        ContextCase(
            name: "pull request",
            environment: teamCity.with([
                "TEAMCITY_BUILD_BRANCH": "pull/15", "TEAMCITY_PULLREQUEST_TARGET_BRANCH": "main",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            baseRef: "main"
        ),
        ContextCase(
            name: "schedule",
            environment: teamCity.with([
                "TEAMCITY_BUILD_BRANCH": "main", "TEAMCITY_BUILD_TRIGGEREDBY": "Schedule Trigger",
            ]),
            event: "schedule",
            ref: "refs/heads/main"
        ),
    ])
    func readsTeamCity(_ sample: ContextCase) throws {
        try sample.check(system: "TeamCity")
    }

    static let jenkins = SystemSample(variables: [
        "JENKINS_URL": "https://ci.example.com/",
        "BUILD_ID": "12",
        "GIT_COMMIT": commit,
        "GIT_URL": "https://git.example.com/sea/boat.git",
    ])

    @Test(arguments: [
        ContextCase(
            name: "branch of a multibranch project",
            environment: jenkins.with(["BRANCH_NAME": "feature/x", "GIT_BRANCH": "feature/x"]),
            ref: "refs/heads/feature/x"
        ),
        ContextCase(
            name: "primary branch",
            environment: jenkins.with(["BRANCH_NAME": "main", "BRANCH_IS_PRIMARY": "true"]),
            ref: "refs/heads/main",
            defaultBranch: "main"
        ),
        ContextCase(
            name: "branch of a remote",
            environment: jenkins.with(["GIT_BRANCH": "origin/feature/x"]),
            ref: "refs/heads/feature/x"
        ),
        ContextCase(name: "no branch", environment: jenkins.with(["GIT_BRANCH": "detached"]), ref: ""),
        ContextCase(
            name: "tag",
            environment: jenkins.with(["BRANCH_NAME": "v1.2.3", "TAG_NAME": "v1.2.3"]),
            ref: "refs/tags/v1.2.3"
        ),
        ContextCase(
            name: "pull request",
            environment: jenkins.with([
                "BRANCH_NAME": "PR-15", "CHANGE_ID": "15", "CHANGE_TARGET": "main", "BRANCH_IS_PRIMARY": "true",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            baseRef: "main"
        ),
        ContextCase(
            name: "schedule",
            environment: jenkins.with(["BRANCH_NAME": "main", "BUILD_CAUSE": "SCMTRIGGER,TIMERTRIGGER"]),
            event: "schedule",
            ref: "refs/heads/main"
        ),
        ContextCase(
            name: "by hand",
            environment: jenkins.with(["BRANCH_NAME": "main", "BUILD_CAUSE": "MANUALTRIGGER"]),
            event: "workflow_dispatch",
            ref: "refs/heads/main"
        ),
    ])
    func readsJenkins(_ sample: ContextCase) throws {
        try sample.check(system: "Jenkins")
    }
}
