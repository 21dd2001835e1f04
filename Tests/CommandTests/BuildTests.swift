import FoundationEssentials
import OCI
import SystemPackage
import TestSupport
import Testing

/// `tagboat build` with real builders: what they make is what was asked for, and nothing is left behind.
@Suite(.dockerRegistry(.open)) struct BuildTests {
    private static let builders = ["buildah", "podman"]

    /// A checkout with a Dockerfile that needs no base image, and a storage for the builder.
    private func withProject(
        _ dockerfile: String = "FROM scratch\nARG VERSION\nCOPY file /file\nLABEL own=\"$VERSION\"\n",
        _ body: (Checkout, BuilderStorage) async throws -> Void
    ) async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("Dockerfile", dockerfile)
            _ = try checkout.folder.write("file", "content\n")
            try await checkout.commit("Dockerfile", at: 2)
            try await body(checkout, try BuilderStorage(in: checkout.root))
        }
    }

    /// Builds in chroot isolation, which needs no rights that a machine of CI lacks.
    private func build(
        _ builder: String,
        _ checkout: Checkout,
        _ storage: BuilderStorage,
        _ arguments: [String],
        environment: [String: String?] = [:]
    ) async throws -> CommandResult {
        let words = ["build", "--driver", builder] + arguments + ["--", "--isolation", "chroot"]
        return try await checkout.tagboat(
            words,
            environment: storage.environment.merging(environment) { _, new in new }
        )
    }

    private struct Configuration: Decodable {
        let config: Execution
        let rootfs: Layers
        let history: [Step]

        struct Execution: Decodable {
            let labels: [String: String]

            enum CodingKeys: String, CodingKey { case labels = "Labels" }
        }

        struct Layers: Decodable {
            let ids: [String]

            enum CodingKeys: String, CodingKey { case ids = "diff_ids" }
        }

        struct Step: Decodable {
            let created: String?
            let isEmpty: Bool?

            enum CodingKeys: String, CodingKey {
                case created
                case isEmpty = "empty_layer"
            }
        }
    }

    private func configuration(of image: String) async throws -> Configuration {
        let text = try await Skopeo().rawConfiguration(of: image)
        return try JSONDecoder().decode(Configuration.self, from: Data(text.utf8))
    }

    @Test(arguments: builders)
    func anImageIsBuiltPushedAndPulled(_ builder: String) async throws {
        let registry = try DockerRegistry.required()
        try await withProject { checkout, storage in
            let image = "\(registry.address)/built/\(builder)"
            let head = try await checkout.git("rev-parse", "HEAD")
            let built = try await build(builder, checkout, storage, ["--image", image, "--output-digest", "../digest"])
            #expect(built.exitCode == 0, "\(built)")
            let place = built.standardOutput.trimmed
            #expect(place.hasPrefix("oci:\(checkout.root)/storage/cache/tagboat/") && place.hasSuffix(":2.1.106"))
            let digest = try await Skopeo().digest(of: place)
            #expect(try checkout.root.appending("digest").readText() == digest + "\n")
            #expect(built.standardError.contains("built 2.1.106 with \(builder) build: \(digest)"))

            let pushed = try await checkout.tagboat("push", "--from", place, "--image", image)
            #expect(pushed.exitCode == 0, "\(pushed)")
            let tags = try await registry.skopeo().tags(of: "docker://\(image)")
            #expect(Set(tags).isSuperset(of: ["2.1.106", "2.1", "2", "latest", String(head.prefix(7))]))
            #expect(try await registry.skopeo().digest(of: "docker://\(image):2.1") == digest)

            try await registry.skopeo().copy("docker://\(image):latest", to: "oci:\(checkout.root)/pulled:x")
            let pulled = try await configuration(of: "oci:\(checkout.root)/pulled:x")
            let json = try await checkout.tagboat("labels", "--format", "json", environment: ["TAGBOAT_IMAGES": image])
            let labels = try JSONDecoder().decode([String: String].self, from: Data(json.standardOutput.utf8))
            #expect(labels["org.opencontainers.image.revision"] == head)
            for (key, value) in labels { #expect(pulled.config.labels[key] == value) }
            // The build argument has arrived, and the labels are annotations, too.
            #expect(pulled.config.labels["own"] == "2.1.106")
            let manifest = try await Skopeo().rawManifest(of: place)
            #expect(manifest.contains(#""org.opencontainers.image.revision":"\#(head)""#))
            // The builder has it under the names that it has on the registry, and under no other.
            let names = try await storage("buildah", "images", "--format", "{{.Name}}:{{.Tag}}").lines
            #expect(names.contains("\(image):latest"), "\(names)")
            #expect(!names.contains { $0.contains("tagboat-build") })
        }
    }

    @Test(arguments: builders)
    func aRepeatHasTheSameDigest(_ builder: String) async throws {
        try await withProject { checkout, storage in
            var digests: Set<String> = []
            for number in 1...2 {
                // Nothing of the first run may help the second one.
                let other = try BuilderStorage(in: try checkout.root.makeDirectory("run\(number)"))
                _ = try await run(["touch", "--date", "2026-07-0\(number)", "file"], in: checkout.folder)
                let built = try await build(builder, checkout, other, ["--output", "oci:../out\(number)"])
                #expect(built.exitCode == 0, "\(built)")
                digests.insert(try await Skopeo().digest(of: "oci:\(checkout.root)/out\(number):2.1.106"))
            }
            #expect(digests.count == 1)
            let steps = try await configuration(of: "oci:\(checkout.root)/out1:2.1.106").history
            #expect(steps.allSatisfy { $0.created == "2026-07-02T09:30:00Z" })
            _ = storage
        }
    }

    private func run(_ words: [String], in folder: FilePath) async throws -> CommandResult {
        try await TestSupport.run(words[0], Array(words.dropFirst()), in: folder).requireSuccess()
    }

    @Test(arguments: builders)
    func stagesOverALocalBaseImage(_ builder: String) async throws {
        let dockerfile = """
            FROM localhost/base:1 AS build
            ARG VERSION
            ARG BRANCH
            RUN --mount=type=secret,id=token read -r line </run/secrets/token; echo "${#line} $VERSION $BRANCH" >/told
            FROM scratch AS runtime
            COPY --from=build /told /told
            FROM scratch
            COPY file /wrong

            """
        try await withProject(dockerfile) { checkout, storage in
            try await storage.makeBaseImage()
            let built = try await build(
                builder,
                checkout,
                storage,
                [
                    "--target", "runtime", "--secret", "id=token,env=TOKEN", "--build-arg", "BRANCH={{branch}}",
                    "--add-version-file", "/VERSION", "--output", "oci:../out", "--format", "json",
                ],
                environment: ["TOKEN": "hunter2"]
            )
            #expect(built.exitCode == 0, "\(built)")
            // The secret is in no output and no layer.
            #expect(!"\(built.standardOutput)\(built.standardError)".contains("hunter2"))
            let place = "oci:\(checkout.root)/out:2.1.106"
            #expect(built.standardOutput.contains("\"location\" : \"oci:../out:2.1.106\""))
            #expect(built.standardOutput.contains(try await Skopeo().digest(of: place)))
            // The file that tagboat added is read by buildah as any other.
            let files = try await content(of: place, storage)
            #expect(files["told"] == "7 2.1.106 main\n")
            #expect(files["VERSION"] == "2.1.106\n")
            #expect(files["wrong"] == nil)
            let read = try await configuration(of: place)
            #expect(read.rootfs.ids.count == 2)
            #expect(read.history.filter { !($0.isEmpty ?? false) }.count == 2)
        }
    }

    /// What stands in the root folder of an image, as buildah sees it.
    private func content(of place: String, _ storage: BuilderStorage) async throws -> [String: String] {
        let container = try await storage("buildah", "from", place)
        let folder = FilePath(try await storage("buildah", "mount", container))
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.string) {
            files[name] = try? folder.appending(name).readText()
        }
        return files
    }

    @Test(arguments: builders)
    func severalPlatformsInOneRun(_ builder: String) async throws {
        try await withProject { checkout, storage in
            var digests: Set<String> = []
            for number in 1...2 {
                let built = try await build(
                    builder,
                    checkout,
                    storage,
                    [
                        "--platform", "linux/arm64,linux/amd64", "--output", "oci:../out\(number)",
                        "--add-version-file",
                        "VERSION",
                    ]
                )
                #expect(built.exitCode == 0, "\(built)")
                digests.insert(try await Skopeo().digest(of: "oci:\(checkout.root)/out\(number):2.1.106"))
            }
            #expect(digests.count == 1)
            let index = try await Skopeo().rawManifest(of: "oci:\(checkout.root)/out1:2.1.106")
            let manifest = StoredManifest(bytes: Array(index.utf8), mediaType: .ociIndex, digest: try Self.digest)
            guard case .index(let decoded) = try manifest.decoded() else { throw ManifestError.malformed("no index") }
            #expect(decoded.manifests.compactMap(\.platform).map(\.description) == ["linux/amd64", "linux/arm64"])
            #expect(decoded.annotations?["org.opencontainers.image.version"] == "2.1.106")
            for child in decoded.manifests {
                let file = "\(checkout.root)/out1/blobs/sha256/\(child.digest.hex)"
                #expect(try FilePath(file).readText().contains(#""org.opencontainers.image.version":"2.1.106""#))
            }
        }
    }

    private static var digest: OCI.Digest {
        get throws { try OCI.Digest(parsing: "sha256:" + String(repeating: "0", count: 64)) }
    }

    @Test func imagesOfParallelJobsAreJoined() async throws {
        let registry = try DockerRegistry.required()
        try await withProject { checkout, storage in
            let image = "\(registry.address)/joined/ui"
            for platform in ["arm64", "amd64"] {
                let built = try await build(
                    "buildah",
                    checkout,
                    storage,
                    [
                        "--platform", "linux/\(platform)", "--image", image, "--output", image, "--output-digest",
                        "../\(platform)",
                    ]
                )
                #expect(built.exitCode == 0, "\(built)")
                let digest = try checkout.root.appending(platform).readText().trimmed
                #expect(built.standardOutput == "\(image)@\(digest)\n")
            }
            // Nothing has a tag yet.
            let bare = try await registry.skopeo().run("list-tags", ["docker://\(image)"])
            #expect(!bare.standardOutput.contains("2.1.106"))
            let files = ["--digest-file", "../arm64", "--digest-file", "../amd64"]
            let joined = try await checkout.tagboat(
                ["index", "create", image] + files + ["--output-digest", "../index"]
            )
            #expect(joined.exitCode == 0, "\(joined)")
            let digest = try checkout.root.appending("index").readText().trimmed
            #expect(joined.standardOutput.contains("index \(digest) of linux/amd64, linux/arm64"))
            let pushed = try await checkout.tagboat("push", "--from", "\(image)@\(digest)", "--image", image)
            #expect(pushed.exitCode == 0, "\(pushed)")
            #expect(try await registry.skopeo().digest(of: "docker://\(image):2.1.106") == digest)
            let index = try await registry.skopeo().rawManifest(of: "docker://\(image):latest")
            #expect(index.contains(#""annotations":{"org.opencontainers.image.created":"2026-07-02T09:30:00Z","#))
        }
    }

    @Test func layersOfTheLastReleaseAreOffered() async throws {
        let registry = try DockerRegistry.required()
        try await withProject { checkout, storage in
            let image = "\(registry.address)/cached/ui"
            func sources() async throws -> [String] {
                let dry = try await build("buildx", checkout, storage, ["--image", image, "--dry-run"])
                #expect(dry.exitCode == 0 && dry.standardError == "", "\(dry)")
                let words = dry.standardOutput.split(separator: " ")
                return zip(words, words.dropFirst()).filter { $0.0 == "--cache-from" }.map { String($0.1) }
            }
            #expect(try await sources() == [])
            try await checkout.makeImage()
            try await checkout.tagboat("push", "--from", "oci:../build:app", "--image", image).requireSuccess()
            _ = try checkout.folder.write("VERSION", "2.1.107\n")
            try await checkout.commit("next", at: 3)
            #expect(try await sources() == ["type=registry,ref=\(image):2.1.106"])
            let others = try await build(
                "buildx",
                checkout,
                storage,
                ["--image", image, "--dry-run", "--cache-from", "none"]
            )
            #expect(!others.standardOutput.contains("--cache-from"))
        }
    }

    @Test(arguments: builders)
    func aFailureLeavesNothingBehind(_ builder: String) async throws {
        try await withProject("FROM scratch\nCOPY missing /missing\n") { checkout, storage in
            let failed = try await build(
                builder,
                checkout,
                storage,
                ["--output", "oci:../out", "--output-digest", "../d"]
            )
            #expect(failed.exitCode == 5, "\(failed)")
            #expect(failed.standardOutput == "")
            #expect(failed.standardError.contains("missing"))
            #expect(failed.standardError.contains("error: `\(builder) build` failed with exit code 125\n"))
            #expect(!checkout.root.appending("out").exists && !checkout.root.appending("d").exists)
            let left = try await self.run(["find", "storage/cache", "-name", "staging"], in: checkout.root)
            #expect(left.standardOutput == "")
        }
    }

    @Test func aSignalReachesTheBuilder() async throws {
        try await withProject { checkout, storage in
            let folder = try checkout.root.makeDirectory("bin")
            _ = try folder.write(
                "buildah",
                """
                #!/bin/sh
                trap 'echo ended >ended; exit 9' TERM
                echo started >started
                while :; do sleep 0.1; done

                """
            )
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/buildah")
            let script = """
                PATH="\(folder):$PATH" "$@" & pid=$!
                for i in $(seq 1 600); do [ -e started ] && break; sleep 0.1; done
                kill -TERM $pid; wait $pid
                """
            let words = ["-c", script, "sh", Program.path, "build", "--driver", "buildah", "--output", "oci:../out"]
            let environment = checkout.environment(storage.environment)
            let result = try await TestSupport.run("sh", words, in: checkout.folder, environment: environment)
            #expect(result.exitCode == 5, "\(result)")
            #expect(result.standardError.contains("error: `buildah build` failed with exit code 9\n"), "\(result)")
            #expect(checkout.folder.appending("ended").exists && !checkout.root.appending("out").exists)
            let left = try await run(["find", "storage/cache", "-name", "staging"], in: checkout.root)
            #expect(left.standardOutput == "")
        }
    }

    @Test func aBuilderThatIsNotThere() async throws {
        try await withProject { checkout, storage in
            let path = try checkout.root.makeDirectory("bin")
            let git = try await run(["sh", "-c", "command -v git"], in: checkout.root).standardOutput.trimmed
            try FileManager.default.createSymbolicLink(atPath: "\(path)/git", withDestinationPath: git)
            let environment = ["PATH": path.string]
            let named = try await build("podman", checkout, storage, [], environment: environment)
            #expect(named.exitCode == 5)
            #expect(named.standardError.contains("error: the program podman is not installed"))
            let any = try await build("auto", checkout, storage, [], environment: environment)
            #expect(any.exitCode == 2)
            #expect(any.standardError.contains("error: there is nothing to build with"))
        }
    }
}
