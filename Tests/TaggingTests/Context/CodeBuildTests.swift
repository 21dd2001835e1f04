import Tagging
import Testing

@Suite("Contexts of AWS CodeBuild")
struct CodeBuildTests {
    static let codeBuild = SystemSample(variables: [
        "CODEBUILD_BUILD_ID": "boat:b1e6661e",
        "CODEBUILD_RESOLVED_SOURCE_VERSION": commit,
        "CODEBUILD_SOURCE_REPO_URL": "https://github.com/sea/boat.git",
    ])

    @Test(arguments: [
        ContextCase(
            name: "branch",
            environment: codeBuild.with([
                "CODEBUILD_WEBHOOK_EVENT": "PUSH", "CODEBUILD_WEBHOOK_TRIGGER": "branch/feature/x",
                "CODEBUILD_WEBHOOK_HEAD_REF": "refs/heads/feature/x",
            ]),
            ref: "refs/heads/feature/x"
        ),
        ContextCase(
            name: "tag",
            environment: codeBuild.with([
                "CODEBUILD_WEBHOOK_EVENT": "PUSH", "CODEBUILD_WEBHOOK_TRIGGER": "tag/v1.2.3",
            ]),
            ref: "refs/tags/v1.2.3"
        ),
        ContextCase(
            name: "pull request",
            environment: codeBuild.with([
                "CODEBUILD_WEBHOOK_EVENT": "PULL_REQUEST_UPDATED", "CODEBUILD_WEBHOOK_TRIGGER": "pr/15",
                "CODEBUILD_WEBHOOK_HEAD_REF": "refs/heads/x", "CODEBUILD_WEBHOOK_BASE_REF": "refs/heads/main",
                "CODEBUILD_SOURCE_VERSION": "pr/15",
            ]),
            event: "pull_request",
            ref: "refs/pull/15/merge",
            baseRef: "main"
        ),
        ContextCase(
            name: "release",
            environment: codeBuild.with([
                "CODEBUILD_WEBHOOK_EVENT": "RELEASED", "CODEBUILD_WEBHOOK_HEAD_REF": "refs/tags/v1.2.3",
            ]),
            event: "release",
            ref: "refs/tags/v1.2.3"
        ),
        ContextCase(
            name: "pull request by hand",
            environment: codeBuild.with(["CODEBUILD_SOURCE_VERSION": "pr/15"]),
            event: "pull_request",
            ref: "refs/pull/15/merge"
        ),
        ContextCase(
            name: "full reference by hand",
            environment: codeBuild.with(["CODEBUILD_SOURCE_VERSION": "refs/heads/main^{\(commit)}"]),
            event: "workflow_dispatch",
            ref: "refs/heads/main"
        ),
        // It may be a branch or a tag.
        ContextCase(
            name: "some word by hand",
            environment: codeBuild.with(["CODEBUILD_SOURCE_VERSION": "main"]),
            event: "workflow_dispatch",
            ref: ""
        ),
    ])
    func readsCodeBuild(_ sample: ContextCase) throws {
        try sample.check(system: "AWS CodeBuild")
    }

    @Test("A source in a bucket is no repository", arguments: ["s3://bucket/boat.zip", "arn:aws:s3:::bucket/boat.zip"])
    func bucket(_ address: String) throws {
        let environment = Self.codeBuild.with(["CODEBUILD_SOURCE_REPO_URL": address])
        let context = try #require(try BuildContext(environment: environment))
        #expect(context.repository == BuildContext.Repository())
    }
}
