import Tagging
import Testing

@Suite("Detection of CI systems")
struct DetectionTests {
    /// A sample of every system that goes by variables alone, with the name and address of its repository.
    static let systems: [(String, SystemSample, String, String)] = [
        ("GitLab CI", HostedSystemTests.gitLab, "boat", "https://gitlab.example.com:8443/sea/boat"),
        ("CircleCI", HostedSystemTests.circle, "boat", "https://github.com/sea/boat"),
        ("Bitbucket Pipelines", HostedSystemTests.bitbucket, "boat", "http://bitbucket.org/sea/boat"),
        ("Buildkite", HostedTriggerTests.buildkite, "boat", "https://github.com/sea/boat"),
        ("Azure Pipelines", HostedTriggerTests.azure, "boat", "https://dev.azure.com/sea/My%20Project/_git/boat"),
        ("Travis CI", HostedTriggerTests.travis, "boat", ""),
        ("Woodpecker", ContainerSystemTests.woodpecker, "boat", "https://git.example.com/sea/boat"),
        ("Drone", ContainerSystemTests.drone, "boat", "https://git.example.com/sea/boat"),
        ("TeamCity", ServerSystemTests.teamCity, "boat", "https://git.example.com/sea/boat"),
        ("Jenkins", ServerSystemTests.jenkins, "boat", "https://git.example.com/sea/boat"),
        ("AWS CodeBuild", CodeBuildTests.codeBuild, "boat", "https://github.com/sea/boat"),
    ]

    @Test("Each system tells its name, the commit and the repository", arguments: systems)
    func facts(system: String, sample: SystemSample, name: String, url: String) throws {
        let context = try #require(try BuildContext(environment: sample.variables))
        #expect(context.system == system)
        #expect(context.revision == commit)
        #expect(context.repository.name == name)
        #expect(context.repository.url == url)
    }

    @Test("GitLab also tells the commit's date and the project's description")
    func gitLab() throws {
        let context = try #require(try BuildContext(environment: HostedSystemTests.gitLab.variables))
        #expect(context.commitDate?.rfc3339 == "2026-03-05T09:22:33Z")
        #expect(context.repository.description == "Sails \"well\"")
    }

    @Test(
        "Without a CI system there is no context",
        arguments: [
            [:],
            ["CI": "true", "HOME": "/root"],
            ["GITHUB_ACTIONS": "", "GITHUB_EVENT_NAME": "", "GITHUB_SHA": ""],
            ["GITHUB_ACTIONS": "false", "TRAVIS": "0"],
            ["JENKINS_URL": "https://ci.example.com/"],
        ]
    )
    func none(_ environment: [String: String]) throws {
        #expect(try BuildContext(environment: environment) == nil)
        #expect(BuildContext.eventPayloadPath(in: environment) == nil)
    }

    @Test(
        "Where the variables of two systems meet, the one that runs the build speaks",
        arguments: [
            (["GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true"], "Gitea Actions"),
            (["GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true", "FORGEJO_ACTIONS": "true"], "Forgejo Actions"),
            (["FORGEJO_ACTIONS": "true"], "Forgejo Actions"),
            (["CI": "woodpecker", "DRONE": "true", "DRONE_BUILD_EVENT": "push"], "Woodpecker"),
            (["GITHUB_ACTIONS": "true", "CODEBUILD_BUILD_ID": "boat:1"], "GitHub Actions"),
            (["GITLAB_CI": "true", "CODEBUILD_BUILD_ID": "boat:1"], "GitLab CI"),
            (["BUILDKITE": "true", "JENKINS_URL": "https://ci.example.com/", "BUILD_ID": "1"], "Buildkite"),
            (["TEAMCITY_VERSION": "2025", "JENKINS_URL": "https://ci.example.com/", "BUILD_ID": "1"], "TeamCity"),
        ]
    )
    func order(environment: [String: String], system: String) throws {
        #expect(try BuildContext(environment: environment)?.system == system)
    }

    @Test(
        "Every system that names a repository's address drops credentials",
        arguments: [
            (["GITLAB_CI": "true"], "CI_PROJECT_URL"),
            (["CIRCLECI": "true"], "CIRCLE_REPOSITORY_URL"),
            (["BUILDKITE": "true"], "BUILDKITE_REPO"),
            (["TF_BUILD": "True"], "BUILD_REPOSITORY_URI"),
            (["BITBUCKET_BUILD_NUMBER": "1"], "BITBUCKET_GIT_HTTP_ORIGIN"),
            (["CI": "woodpecker"], "CI_REPO_URL"),
            (["DRONE": "true"], "DRONE_REPO_LINK"),
            (["TEAMCITY_VERSION": "2025"], "TEAMCITY_BUILD_REPOSITORY"),
            (["JENKINS_URL": "https://ci.example.com/", "BUILD_ID": "1"], "GIT_URL"),
            (["CODEBUILD_BUILD_ID": "boat:1"], "CODEBUILD_SOURCE_REPO_URL"),
        ]
    )
    func credentials(markers: [String: String], variable: String) throws {
        let url = "https://someone:s3cret@git.example.com/sea/boat.git?token=s3cret#s3cret"
        let context = try #require(try BuildContext(environment: markers.merging([variable: url]) { $1 }))
        #expect(context.repository.url == "https://git.example.com/sea/boat")
        #expect(!String(reflecting: context).contains("s3cret"))
    }

    @Test("GitHub's addresses drop credentials too")
    func gitHubCredentials() throws {
        let environment = [
            "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "sea/boat",
            "GITHUB_SERVER_URL": "https://someone:s3cret@git.example.com",
        ]
        let payload = #"{"repository": {"html_url": "https://s3cret@git.example.com/sea/boat"}}"#
        for bytes in [nil, Array(payload.utf8)] {
            let context = try #require(try BuildContext(environment: environment, eventPayload: bytes))
            #expect(context.repository.url == "https://git.example.com/sea/boat")
        }
    }

    @Test("What is no full hash is no revision", arguments: ["HEAD", "main", "4f2a9c0", "refs/heads/main", ""])
    func noHash(_ revision: String) throws {
        let environment = HostedTriggerTests.buildkite.with(["BUILDKITE_COMMIT": revision])
        #expect(try BuildContext(environment: environment)?.revision == "")
    }
}
