import Tagging
import Testing

/// GitHub Actions, after what docker/metadata-action makes of the same events.
@Suite("Contexts of GitHub Actions and its kin")
struct GitHubContextTests {
    static let head = "1111111111111111111111111111111111111111"

    static let repository = """
        "repository": {"name": "boat", "full_name": "sea/boat", "description": "Sails \\"well\\"",
        "html_url": "https://github.com/sea/boat", "default_branch": "main", "license": {"spdx_id": "MIT"}}
        """

    static func environment(_ event: String, ref: String, _ more: [String: String] = [:]) -> [String: String] {
        [
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": "/github/event.json",
            "GITHUB_REF": ref,
            "GITHUB_REPOSITORY": "sea/boat",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_SHA": commit,
        ].merging(more) { _, new in new }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let environment: [String: String]
        var payload: String
        var ref: String
        var baseRef = ""
        var revision = commit
        var date: String?

        var testDescription: String { name }
    }

    static let pullRequest = """
        {"number": 15, "pull_request": {"base": {"ref": "main"}, "head": {"sha": "\(head)"}}, \(repository)}
        """

    @Test(arguments: [
        Case(
            name: "push to a branch",
            environment: environment("push", ref: "refs/heads/dev"),
            payload: """
                {"ref": "refs/heads/dev", "base_ref": null, \(repository), "commits": [
                {"id": "\(head)", "timestamp": "2022-01-01T00:00:00Z"},
                {"id": "\(commit)", "timestamp": "2022-04-19T11:27:24+02:00"}]}
                """,
            ref: "refs/heads/dev",
            date: "2022-04-19T09:27:24Z"
        ),
        // A pushed tag brings no new commits, only the one that it points at.
        Case(
            name: "push of a tag",
            environment: environment("push", ref: "refs/tags/v1.1.1"),
            payload: """
                {"base_ref": "refs/heads/release/1", "commits": [], \(repository),
                "head_commit": {"id": "\(commit)", "timestamp": "2022-04-19T11:39:35+02:00"}}
                """,
            ref: "refs/tags/v1.1.1",
            baseRef: "release/1",
            date: "2022-04-19T09:39:35Z"
        ),
        Case(
            name: "push with the date of another commit",
            environment: environment("push", ref: "refs/heads/dev"),
            payload: """
                {\(repository), "head_commit": {"id": "\(head)", "timestamp": "2022-04-19T11:39:35+02:00"}}
                """,
            ref: "refs/heads/dev"
        ),
        Case(
            name: "pull request",
            environment: environment("pull_request", ref: "refs/pull/15/merge"),
            payload: pullRequest,
            ref: "refs/pull/15/merge",
            baseRef: "main"
        ),
        Case(
            name: "head of a pull request",
            environment: environment(
                "pull_request",
                ref: "refs/pull/15/merge",
                ["DOCKER_METADATA_PR_HEAD_SHA": "True"]
            ),
            payload: pullRequest,
            ref: "refs/pull/15/merge",
            baseRef: "main",
            revision: head
        ),
        Case(
            name: "no head without a pull request",
            environment: environment("push", ref: "refs/heads/dev", ["DOCKER_METADATA_PR_HEAD_SHA": "true"]),
            payload: pullRequest,
            ref: "refs/heads/dev"
        ),
        Case(
            name: "target of a pull request",
            environment: environment("pull_request_target", ref: "refs/heads/main"),
            payload: pullRequest,
            ref: "refs/pull/15/merge",
            baseRef: "main"
        ),
        Case(
            name: "target of a pull request without a number",
            environment: environment("pull_request_target", ref: "refs/heads/main"),
            payload: "{\(repository)}",
            ref: ""
        ),
        Case(
            name: "schedule",
            environment: environment("schedule", ref: "refs/heads/main"),
            payload: "{\"schedule\": \"5 4 * * *\", \(repository)}",
            ref: "refs/heads/main"
        ),
        Case(
            name: "release",
            environment: environment("release", ref: "refs/tags/v1.1.1"),
            payload: "{\"action\": \"created\", \(repository)}",
            ref: "refs/tags/v1.1.1"
        ),
    ])
    func event(_ sample: Case) throws {
        let context = try #require(
            try BuildContext(environment: sample.environment, eventPayload: Array(sample.payload.utf8))
        )
        #expect(context.system == "GitHub Actions")
        #expect(context.event == sample.environment["GITHUB_EVENT_NAME"])
        #expect(context.ref == sample.ref)
        #expect(context.baseRef == sample.baseRef)
        #expect(context.revision == sample.revision)
        #expect(context.commitDate?.rfc3339 == sample.date)
        #expect(context.defaultBranch == "main")
        #expect(context.payloadDefaultBranch == "main")
        #expect(
            context.repository
                == BuildContext.Repository(
                    name: "boat",
                    description: "Sails \"well\"",
                    address: "https://github.com/sea/boat",
                    license: "MIT"
                )
        )
    }

    @Test(
        "Gitea and Forgejo go by their own names and have pull requests in GitHub's form",
        arguments: [
            ("Gitea Actions", ["GITEA_ACTIONS": "true"]),
            ("Forgejo Actions", ["GITEA_ACTIONS": "true", "FORGEJO_ACTIONS": "true"]),
        ]
    )
    func kin(system: String, markers: [String: String]) throws {
        func context(_ event: String, ref: String, _ payload: String) throws -> BuildContext {
            try #require(
                try BuildContext(
                    environment: Self.environment(event, ref: ref, markers),
                    eventPayload: Array(payload.utf8)
                )
            )
        }
        let request = try context("pull_request", ref: "refs/pull/15/head", Self.pullRequest)
        #expect(request.system == system)
        #expect(request.ref == "refs/pull/15/merge")
        #expect(request.baseRef == "main")
        #expect(request.defaultBranch == "main")
        #expect(try context("push", ref: "refs/tags/v1.1.1", "{}").ref == "refs/tags/v1.1.1")
        #expect(try context("push", ref: "refs/heads/pull/1", "{}").ref == "refs/heads/pull/1")
        #expect(try context("schedule", ref: "refs/heads/main", "{}").event == "schedule")
    }
}
