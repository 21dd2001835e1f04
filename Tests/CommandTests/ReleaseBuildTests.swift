import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat release` from nothing but the checkout: bump, build, push, tag.
@Suite(.dockerRegistry(.open)) struct ReleaseBuildTests {
    /// A checkout with a Dockerfile that needs no base image, and a storage for buildah.
    private func withProject(_ body: (Checkout, BuilderStorage) async throws -> Void) async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("Dockerfile", "FROM scratch\nCOPY VERSION /\n")
            try await checkout.commit("build: Dockerfile", at: 2)
            try await body(checkout, try BuilderStorage(in: checkout.root))
        }
    }

    private func release(
        _ checkout: Checkout,
        _ storage: BuilderStorage,
        isolation: String = "chroot",
        _ arguments: [String]
    ) async throws -> CommandResult {
        try await checkout.tagboat(
            ["release", "--driver", "buildah"] + arguments + ["--", "--isolation", isolation],
            environment: storage.environment
        )
    }

    private func labels(of image: String) async throws -> [String: String] {
        struct Configuration: Decodable {
            struct Execution: Decodable {
                let labels: [String: String]
                enum CodingKeys: String, CodingKey { case labels = "Labels" }
            }
            let config: Execution
        }
        let text = try await DockerRegistry.required().skopeo().rawConfiguration(of: image)
        return try JSONDecoder().decode(Configuration.self, from: Data(text.utf8)).config.labels
    }

    private let version = "org.opencontainers.image.version"
    private let revision = "org.opencontainers.image.revision"

    @Test func aCheckoutBecomesARelease() async throws {
        let registry = try DockerRegistry.required()
        let image = "\(registry.address)/whole/bump"
        try await withProject { checkout, storage in
            try await checkout.addRemote()
            let feature = try await checkout.commit("feat: zoom", at: 3)
            try await checkout.git("push", "--quiet", "origin", "main")

            let planned = try await release(checkout, storage, ["--bump", "auto", "--image", image, "--dry-run"])
            #expect(planned.exitCode == 0, "\(planned)")
            #expect(planned.standardError.contains("2.1.106 → 2.2.0: minor, because 1 feat: "))
            #expect(planned.standardError.contains("would run buildah build "))
            #expect(planned.standardOutput.contains("  2.2.0     create  → the new image\n"))
            #expect(planned.standardOutput.contains("would release 2.2.0\n"))
            #expect(try await checkout.git("rev-parse", "HEAD") == feature)

            // The builder fails: the release commit stays, and nothing else has happened.
            let command = ["--bump", "auto", "--git-push", "--image", image]
            let failed = try await release(checkout, storage, isolation: "none", command)
            #expect(failed.exitCode == 5, "\(failed)")
            let head = try await checkout.git("rev-parse", "HEAD")
            #expect(try await checkout.git("log", "-1", "--format=%s %P") == "chore(release): 2.2.0 \(feature)")
            #expect(try await checkout.git("tag") == "v2.1.106")

            let done = try await release(checkout, storage, command)
            #expect(done.exitCode == 0, "\(done)")
            #expect(try await checkout.git("rev-parse", "HEAD") == head)
            let remote = try await checkout.git("ls-remote", "origin")
            #expect(remote.contains("\(head)\trefs/heads/main") && remote.contains("\(head)\trefs/tags/v2.2.0^{}"))
            let tags = try await registry.state(of: "whole/bump")
            let days = tags.keys.filter { $0.hasPrefix("20") && $0.count == 8 }
            #expect(Set(tags.keys) == Set(["2.2.0", "2.2", "2", "latest", String(head.prefix(7))] + days))
            let labels = try await labels(of: "docker://\(image):latest")
            #expect(labels[version] == "2.2.0" && labels[revision] == head)

            let again = try await release(checkout, storage, command)
            #expect(again.exitCode == 0, "\(again)")
            #expect(again.standardOutput.contains("nothing to do for 2.2.0\n"))
            #expect(again.standardError.contains("not built: \(image)@\(tags["2.2.0"] ?? "")"))
            #expect(!again.standardError.contains("STEP 1"))
            #expect(try await registry.state(of: "whole/bump") == tags)
        }
    }

    /// The repository alone knows that the version is released; the image is labelled as what it is.
    @Test func aSnapshotIsLabelledAsOne() async throws {
        let registry = try DockerRegistry.required()
        let image = "\(registry.address)/whole/snapshot"
        try await withProject { checkout, storage in
            try #require(try await release(checkout, storage, ["--image", image]).exitCode == 0)
            let head = try await checkout.commit("fix: b", at: 3)
            let result = try await release(checkout, storage, ["--image", image])
            #expect(result.exitCode == 0, "\(result)")
            let development = "2.1.107-dev.1.g\(head.prefix(7))"
            #expect(result.standardOutput.contains("\npushed snapshot \(development)\n"))
            let labels = try await labels(of: "docker://\(image):\(development)")
            #expect(labels[version] == development && labels[revision] == head)

            let refused = try await release(checkout, storage, ["--image", image, "--release"])
            #expect(refused.exitCode == 3 && !refused.standardError.contains("STEP 1"))
        }
    }

    @Test func uncommittedChangesAreNoRelease() async throws {
        let registry = try DockerRegistry.required()
        let image = "\(registry.address)/whole/dirty"
        try await withProject { checkout, storage in
            _ = try checkout.folder.write("Dockerfile", "FROM scratch\nCOPY VERSION /other\n")
            let refused = try await release(checkout, storage, ["--image", image, "--release", "--git-tag"])
            #expect(refused.exitCode == 3 && refused.standardError.contains("uncommitted changes"))
            let result = try await release(checkout, storage, ["--image", image, "--git-tag"])
            #expect(result.exitCode == 0, "\(result)")
            let tags = try await registry.state(of: "whole/dirty")
            #expect(!tags.isEmpty && tags.keys.allSatisfy { $0.contains("dirty") || $0.hasPrefix("2026") }, "\(tags)")
            #expect(try await checkout.git("tag").isEmpty)
        }
    }

    /// One run raises what has changed, and releases each component with its own image.
    @Test func componentsAreReleasedTogether() async throws {
        let registry = try DockerRegistry.required()
        let place = "\(registry.address)/parts"
        try await Checkout.with(version: nil) { checkout in
            _ = try checkout.folder.write(
                "tagboat.yaml",
                """
                components:
                  api: { path: api, images: [\(place)/api], build: { context: api, driver: buildah } }
                  web: { path: web, images: [\(place)/web], build: { context: web, driver: buildah } }
                """
            )
            for name in ["api", "web"] {
                let folder = try checkout.folder.makeDirectory(name)
                _ = try folder.write("VERSION", "1.0.0\n")
                _ = try folder.write("Dockerfile", "FROM scratch\nCOPY VERSION /\n")
            }
            try await checkout.commit("feat: parts", at: 2)
            for name in ["api", "web"] { try await checkout.git("tag", "\(name)/v1.0.0") }
            _ = try checkout.folder.write("api/a", "a")
            try await checkout.commit("feat: a", at: 3)
            _ = try checkout.folder.write("web/b", "b")
            try await checkout.commit("fix: b", at: 4)
            let storage = try BuilderStorage(in: checkout.root)
            let result = try await release(checkout, storage, ["--bump", "auto", "--git-tag"])
            #expect(result.exitCode == 0, "\(result)")
            #expect(result.standardOutput.contains("\nreleased api 1.1.0\n"))
            #expect(result.standardOutput.contains("\nreleased web 1.0.1\n"))
            #expect(try await registry.state(of: "parts/api").keys.contains("1.1.0"))
            #expect(try await registry.state(of: "parts/web").keys.contains("1.0.1"))
            let head = try await checkout.git("rev-parse", "HEAD")
            for tag in ["api/v1.1.0", "web/v1.0.1"] {
                #expect(try await checkout.git("rev-parse", "\(tag)^{commit}") == head)
            }
        }
    }
}
