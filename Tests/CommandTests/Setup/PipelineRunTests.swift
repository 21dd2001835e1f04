import Release
import SystemPackage
import TestSupport
import Testing

/// The shell of each pipeline, really run, against a registry that wants a password.
@Suite(.dockerRegistry(.passwordOverTLS(user: "ada", password: "p:ss wörd"))) struct PipelineRunTests {
    private static let secrets = ["REGISTRY_USER": "ada", "REGISTRY_PASSWORD": "p:ss wörd"]
    private static let credentials = "ada:p:ss wörd"

    @Test(arguments: PipelineSystem.allCases) func aPullRequestPushesNothingAndAPushReleases(
        system: PipelineSystem
    ) async throws {
        let registry = try DockerRegistry.required()
        try await PipelineBench.with(system, registry: registry) { bench in
            // A pull request from a fork sees no secrets.
            let check = try await bench.run(.check, secrets: [:])
            #expect(check.exitCode == 0, "\(check)")
            #expect(check.standardOutput.contains("0.1.0"))
            #expect(check.standardError.contains("built 0.1.0 with buildah build"), "\(check)")
            #expect(try await bench.tags(registry, credentials: Self.credentials) == [])

            let release = try await bench.run(.release, secrets: Self.secrets)
            #expect(release.exitCode == 0, "\(release)")
            let tags = try await bench.tags(registry, credentials: Self.credentials)
            #expect(tags.isSuperset(of: ["0.1.0", "0.1", "latest"]), "\(tags)")
            for output in [check.standardOutput, check.standardError, release.standardOutput, release.standardError] {
                #expect(!output.contains("p:ss"))
            }
            // The same once more changes nothing.
            let again = try await bench.run(.release, secrets: Self.secrets)
            #expect(again.exitCode == 0, "\(again)")
            #expect(again.standardOutput.contains("this run repeats it"), "\(again)")
        }
    }

    /// Where a pull request of the project's own sees the secrets, it shows the plan.
    @Test(arguments: [PipelineSystem.github, .gitlab, .bitbucket, .circleci])
    func aPullRequestWithSecretsShowsThePlan(system: PipelineSystem) async throws {
        let registry = try DockerRegistry.required()
        try await PipelineBench.with(system, registry: registry) { bench in
            let check = try await bench.run(.check, secrets: Self.secrets)
            #expect(check.exitCode == 0, "\(check)")
            #expect(check.standardOutput.contains("0.1.0     create"), "\(check)")
            #expect(try await bench.tags(registry, credentials: Self.credentials) == [])
        }
    }

    /// Both ways to install: an archive on a machine, a package in a container.
    @Test(arguments: [PipelineSystem.jenkins, .woodpecker])
    func whatHasAnotherChecksumIsNotRun(system: PipelineSystem) async throws {
        let registry = try DockerRegistry.required()
        try await PipelineBench.with(system, registry: registry) { bench in
            try await bench.spoilDownloads()
            let release = try await bench.run(.release, secrets: Self.secrets)
            #expect(release.exitCode != 0)
            #expect(release.standardError.contains("checksum did NOT match"), "\(release)")
            #expect(try await bench.tags(registry, credentials: Self.credentials) == [])
        }
    }

    @Test func aReleaseWithoutAPasswordSaysWhatToSet() async throws {
        let registry = try DockerRegistry.required()
        try await PipelineBench.with(.gitlab, registry: registry) { bench in
            let release = try await bench.run(.release, secrets: ["REGISTRY_USER": "ada"])
            #expect(release.exitCode != 0)
            #expect(
                release.standardError.contains("REGISTRY_PASSWORD: is not set: the password of \(registry.address)"),
                "\(release)"
            )
            let refused = try await bench.run(.release, secrets: ["REGISTRY_USER": "ada", "REGISTRY_PASSWORD": "x"])
            #expect(refused.exitCode != 0)
            #expect(refused.standardError.contains("does not accept the credentials of user ada"), "\(refused)")
            #expect(try await bench.tags(registry, credentials: Self.credentials) == [])
        }
    }
}
