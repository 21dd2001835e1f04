/// GitHub Actions, read as docker/metadata-action does: "Variables reference" and "Webhook events and payloads".
enum GitHubActions: CISystem {
    static let name = "GitHub Actions"
    static let payloadVariable = "GITHUB_EVENT_PATH"

    static func isRunning(in environment: BuildEnvironment) -> Bool {
        environment.isTrue("GITHUB_ACTIONS") || environment.isTrue("GITEA_ACTIONS")
            || environment.isTrue("FORGEJO_ACTIONS")
    }

    static func context(from environment: BuildEnvironment) throws(BuildContextError) -> BuildContext {
        let event = try GitHubEvent(
            payload: environment.eventPayload,
            path: environment[payloadVariable] ?? payloadVariable
        )
        var context = BuildContext(
            system: name,
            event: environment["GITHUB_EVENT_NAME"] ?? "",
            ref: environment["GITHUB_REF"] ?? "",
            revision: environment["GITHUB_SHA"] ?? "",
            defaultBranch: event.repository?.defaultBranch,
            payloadDefaultBranch: event.repository?.defaultBranch,
            repository: BuildContext.Repository(
                name: event.repository?.name ?? environment["GITHUB_REPOSITORY"],
                description: event.repository?.description,
                address: event.repository?.htmlUrl ?? address(in: environment),
                license: event.repository?.license?.spdxId
            )
        )
        // GITHUB_REF is the base branch here; an image must not pass for one of that branch.
        if context.event.contains("pull_request_target") {
            context.ref = event.number.map { BuildReference.pullRequest(String($0)).ref } ?? ""
        }
        if context.event.contains("pull_request"), let head = event.pullRequest?.head?.sha,
            environment["DOCKER_METADATA_PR_HEAD_SHA"]?.lowercased().contains("true") == true
        {
            context.revision = head
        }
        if context.ref.hasPrefix("refs/tags/") {
            context.baseRef = event.baseRef?.removing(prefix: "refs/heads/") ?? ""
        } else if context.ref.hasPrefix("refs/pull/") {
            context.baseRef = event.pullRequest?.base?.ref ?? ""
        }
        context.commitDate = event.date(of: context.revision)
        return context
    }

    private static func address(in environment: BuildEnvironment) -> String? {
        environment["GITHUB_REPOSITORY"].map { "\(environment["GITHUB_SERVER_URL"] ?? "https://github.com")/\($0)" }
    }
}

/// Gitea Actions, which sets GitHub's variables: "Gitea Actions", "Compared to GitHub Actions".
enum GiteaActions: CISystem {
    static let name = "Gitea Actions"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment.isTrue("GITEA_ACTIONS") }

    static func context(from environment: BuildEnvironment) throws(BuildContextError) -> BuildContext {
        try GitHubActions.context(from: environment).renamed(name)
    }
}

/// Forgejo Actions, which sets GitHub's and Gitea's variables: "Forgejo Actions | Reference".
enum ForgejoActions: CISystem {
    static let name = "Forgejo Actions"

    static func isRunning(in environment: BuildEnvironment) -> Bool { environment.isTrue("FORGEJO_ACTIONS") }

    static func context(from environment: BuildEnvironment) throws(BuildContextError) -> BuildContext {
        try GitHubActions.context(from: environment).renamed(name)
    }
}

extension BuildContext {
    /// The same under another name, with `refs/pull/5/head`, as Gitea has it, in GitHub's form.
    fileprivate func renamed(_ system: String) -> BuildContext {
        var context = self
        context.system = system
        context.ref = BuildReference(name: ref)?.ref ?? ref
        return context
    }
}
