extension BuildContext {
    /// Reads what the CI system that the environment belongs to says of the build; nil where there is none we know.
    ///
    /// - Parameters:
    ///   - environment: the environment variables of the process.
    ///   - eventPayload: what the file at `eventPayloadPath(in:)` holds; nil where there is no such file.
    /// - Throws: `BuildContextError` for a payload that is not JSON.
    package init?(
        environment: [String: String],
        eventPayload: [UInt8]? = nil
    ) throws(BuildContextError) {
        let environment = BuildEnvironment(variables: environment, eventPayload: eventPayload)
        guard let system = Self.knownSystems.first(where: { $0.isRunning(in: environment) }) else { return nil }
        self = try system.context(from: environment)
    }

    /// Where the CI system has written the event that started the build; nil where it writes none.
    package static func eventPayloadPath(in environment: [String: String]) -> String? {
        let environment = BuildEnvironment(variables: environment)
        return GitHubActions.isRunning(in: environment) ? environment[GitHubActions.payloadVariable] : nil
    }

    /// Every CI system we know; the first that recognises the environment speaks for it.
    ///
    /// The order matters where variables of two systems meet: Forgejo sets Gitea's, both set GitHub's, Woodpecker may
    /// set Drone's. `JENKINS_URL` may belong to the machine, and CodeBuild lends its machines to other systems'
    /// runners, so these two come last.
    static var knownSystems: [any CISystem.Type] {
        [
            ForgejoActions.self,
            GiteaActions.self,
            GitHubActions.self,
            GitLabCI.self,
            CircleCI.self,
            Buildkite.self,
            AzurePipelines.self,
            BitbucketPipelines.self,
            Woodpecker.self,
            Drone.self,
            TravisCI.self,
            TeamCity.self,
            Jenkins.self,
            CodeBuild.self,
        ]
    }
}
