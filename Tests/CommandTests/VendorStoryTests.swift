import SystemPackage
import TestSupport
import Testing

/// Releases by the program to registries that behave as each vendor's does.
@Suite struct VendorStoryTests {
    private static let profiles: [VendorProfile] = [
        .dockerHub, .elasticContainerRegistry, .artifactRegistry, .githubContainerRegistry, .azureContainerRegistry,
        .quay, .gitlab, .harbor, .nexus, .artifactory, .zot, .distribution,
    ]

    /// A checkout and a registry that its images go to.
    private struct Stage {
        let checkout: Checkout
        let registry: VendorRegistry

        var image: String { "\(registry.address)/acme/ui" }
        var tags: [String: String] { registry.tags(of: "acme/ui") ?? [:] }

        /// Runs the program with somebody's credentials, and makes sure that it tells none of them.
        func tagboat(_ arguments: String..., as user: TokenUser? = nil, password: String? = nil) async throws
            -> CommandResult
        {
            let user = user ?? registry.writer
            let file = registry.credentialFile(for: user, password: password)
            let result = try await checkout.tagboat(arguments, environment: ["DOCKER_AUTH_CONFIG": file])
            #expect(!(result.standardOutput + result.standardError).contains(password ?? user.password))
            #expect(registry.strayCredentials == [])
            return result
        }

        func push(_ more: String..., as user: TokenUser? = nil, password: String? = nil) async throws -> CommandResult {
            let arguments = ["push", "--from", "oci:../build:app", "--image", image] + more
            let file = registry.credentialFile(for: user ?? registry.writer, password: password)
            let result = try await checkout.tagboat(arguments, environment: ["DOCKER_AUTH_CONFIG": file])
            #expect(!(result.standardOutput + result.standardError).contains(password ?? registry.writer.password))
            #expect(registry.strayCredentials == [])
            return result
        }

        /// Commits a version, builds an image of it and pushes that.
        func release(_ version: String, at day: Int) async throws -> CommandResult {
            _ = try checkout.folder.write("VERSION", version + "\n")
            try await checkout.commit("Release \(version)", at: day)
            try await checkout.makeImage()
            return try await push()
        }

        /// How often something was written.
        var writes: Int {
            registry.registryRequests.filter { !["GET", "HEAD"].contains($0.method) }.count
        }
    }

    private func withStage(_ profile: VendorProfile, _ body: (Stage) async throws -> Void) async throws {
        try await withVendorRegistry(profile) { registry in
            try await Checkout.with { checkout in
                if !profile.createsRepositories { registry.create("acme/ui") }
                try await body(Stage(checkout: checkout, registry: registry))
            }
        }
    }

    @Test(arguments: profiles)
    func aReleaseARepeatAndABackport(profile: VendorProfile) async throws {
        try await withStage(profile) { stage in
            let first = try await stage.release("2.1.106", at: 1)
            #expect(first.exitCode == 0, "\(first.standardError)")
            let digest = try #require(stage.tags["2.1.106"])
            for tag in ["2.1", "2", "latest"] { #expect(stage.tags[tag] == digest) }

            // The same again, with a registry that now keeps the version, writes nothing.
            stage.registry.lock(["2.1.106"], in: "acme/ui")
            stage.registry.forgetRequests()
            let before = stage.tags
            let again = try await stage.push()
            #expect(again.exitCode == 0, "\(again.standardError)")
            #expect(stage.writes == 0)
            #expect(stage.tags == before)

            #expect(try await stage.release("3.0.0", at: 2).exitCode == 0)
            let backport = try await stage.release("2.1.107", at: 3)
            #expect(backport.exitCode == 0, "\(backport.standardError)")
            let tags = stage.tags
            #expect(tags["2.1.106"] == digest)
            #expect(tags["2.1"] == tags["2.1.107"] && tags["2"] == tags["2.1.107"])
            #expect(tags["latest"] == tags["3.0.0"] && tags["3"] == tags["3.0.0"])
            #expect(Set(tags.values).count == 3)

            let verified = try await stage.tagboat("verify", "--image", stage.image)
            #expect(verified.exitCode == 0, "\(verified.standardOutput)\(verified.standardError)")
        }
    }

    @Test(arguments: profiles)
    func aPlanCreatesNothing(profile: VendorProfile) async throws {
        try await withVendorRegistry(profile) { registry in
            try await Checkout.with { checkout in
                let stage = Stage(checkout: checkout, registry: registry)
                try await checkout.makeImage()
                let plan = try await stage.tagboat("plan", "--from", "oci:../build:app", "--image", stage.image)
                #expect(plan.exitCode == 0, "\(plan.standardError)")
                #expect(registry.tags(of: "acme/ui") == nil)
                #expect(stage.writes == 0)
            }
        }
    }

    @Test(arguments: profiles)
    func whoMayNotWriteChangesNothing(profile: VendorProfile) async throws {
        try await withStage(profile) { stage in
            #expect(try await stage.release("2.1.106", at: 1).exitCode == 0)
            let before = stage.tags
            _ = try stage.checkout.folder.write("VERSION", "2.1.107\n")
            try await stage.checkout.commit("Release 2.1.107", at: 2)
            try await stage.checkout.makeImage()
            let reader = try await stage.push(as: stage.registry.reader)
            #expect(reader.exitCode == 4, "\(reader.standardError)")
            let wrong = try await stage.push(password: "wr0ng:+/")
            #expect(wrong.exitCode == 4, "\(wrong.standardError)")
            #expect(stage.tags == before)
        }
    }

    @Test(arguments: profiles.filter { $0.manifests.immutable != nil })
    func aTagThatTheRegistryKeepsIsToldAndTheOthersMove(profile: VendorProfile) async throws {
        try await withStage(profile) { stage in
            #expect(try await stage.release("2.1.106", at: 1).exitCode == 0)
            let old = stage.tags["latest"]
            stage.registry.lock(["latest"], in: "acme/ui")
            let next = try await stage.release("2.1.107", at: 2)
            #expect(next.exitCode == 6)
            #expect(next.standardOutput.lines.contains { $0.contains("latest") && $0.contains("failed") })
            #expect(stage.tags["latest"] == old)
            for tag in ["2.1.107", "2.1", "2"] { #expect(stage.tags[tag] != nil && stage.tags[tag] != old) }
        }
    }

    @Test(arguments: [VendorProfile.zot, .dockerHub])
    func whoAsksTooOftenWaitsAndGoesOn(profile: VendorProfile) async throws {
        try await withStage(profile) { stage in
            stage.registry.throttle(next: 3)
            let result = try await stage.release("2.1.106", at: 1)
            #expect(result.exitCode == 0, "\(result.standardError)")
            #expect(stage.tags.count >= 4)
        }
    }
}
