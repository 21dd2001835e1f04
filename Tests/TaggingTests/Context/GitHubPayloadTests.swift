import Tagging
import Testing

@Suite("Event payloads of GitHub Actions")
struct GitHubPayloadTests {
    static let environment = GitHubContextTests.environment("push", ref: "refs/heads/dev")

    @Test("The payload's path is known where GitHub's variables are, and nowhere else")
    func path() {
        #expect(BuildContext.eventPayloadPath(in: Self.environment) == "/github/event.json")
        #expect(BuildContext.eventPayloadPath(in: ["GITEA_ACTIONS": "true", "GITHUB_EVENT_PATH": "/e"]) == "/e")
        #expect(BuildContext.eventPayloadPath(in: ["GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": ""]) == nil)
        #expect(BuildContext.eventPayloadPath(in: ["GITLAB_CI": "true", "GITHUB_EVENT_PATH": "/e"]) == nil)
        #expect(BuildContext.eventPayloadPath(in: ["GITHUB_EVENT_PATH": "/e"]) == nil)
    }

    @Test(
        "Without a payload, or with one of other types, the variables have to do",
        arguments: [
            nil, "{}", "[]", "null", "7", #"{"repository": []}"#, #"{"repository": {"name": 7, "license": "MIT"}}"#,
            #"{"number": "x", "commits": [1, {"id": 2}], "head_commit": "y", "base_ref": {}, "pull_request": 3}"#,
        ]
    )
    func lenient(_ payload: String?) throws {
        let context = try BuildContext(environment: Self.environment, eventPayload: payload.map { Array($0.utf8) })
        let expected = BuildContext(
            system: "GitHub Actions",
            event: "push",
            ref: "refs/heads/dev",
            revision: commit,
            repository: BuildContext.Repository(name: "boat", address: "https://github.com/sea/boat")
        )
        #expect(context == expected)
    }

    @Test("One bad field does not hide the others")
    func oneBadField() throws {
        let payload = """
            {"number": true, "commits": [null, {"id": "\(commit)", "timestamp": "2022-04-19T09:27:24Z"}],
            "repository": {"default_branch": "main", "description": 5}}
            """
        let context = try #require(
            try BuildContext(environment: Self.environment, eventPayload: Array(payload.utf8))
        )
        #expect(context.defaultBranch == "main")
        #expect(context.commitDate?.rfc3339 == "2022-04-19T09:27:24Z")
        #expect(context.repository.description.isEmpty)
    }

    @Test(
        "A payload that is not JSON is an error that names the file",
        arguments: ["", "{", "nonsense", "{\"a\": 1,,}"]
    )
    func malformed(_ payload: String) {
        let error = #expect(throws: BuildContextError.self) {
            try BuildContext(environment: Self.environment, eventPayload: Array(payload.utf8))
        }
        #expect(error == .malformedEvent(path: "/github/event.json"))
        #expect(error?.description == "the event file /github/event.json is not valid JSON")
        #expect(error?.hint.isEmpty == false)
    }
}
