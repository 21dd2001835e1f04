import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat inspect`, beside what skopeo says of the same images.
@Suite(.dockerRegistry(.open)) struct InspectCommandTests {
    private struct Document: Decodable {
        let schema: String
        let digest: String
        let type: String
        let images: [Image]
        let referrers: [Referrer]

        struct Image: Decodable {
            let platform: String?
            let created: String?
            let labels: [String: String]
            let layers: [Layer]
            let run: Run
        }

        struct Layer: Decodable {
            let digest: String
            let createdBy: String?
        }

        struct Run: Decodable {
            let environment: [String]
            let entrypoint: [String]
            let user: String?
        }

        struct Referrer: Decodable {
            let digest: String
            let tag: String?
        }
    }

    private struct SkopeoDocument: Decodable {
        let digest: String
        let created: String
        let labels: [String: String]?
        let layers: [String]
        let environment: [String]?
        let architecture: String
        let os: String

        enum CodingKeys: String, CodingKey {
            case digest = "Digest"
            case created = "Created"
            case labels = "Labels"
            case layers = "Layers"
            case environment = "Env"
            case architecture = "Architecture"
            case os = "Os"
        }
    }

    private func decoded<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    /// An image that buildah has made of everything that a configuration can say.
    private func makeByBuildah(in root: FilePath) async throws -> String {
        let storage = ["--root", "\(root)/storage", "--runroot", "\(root)/run", "--storage-driver", "vfs"]
        func buildah(_ arguments: String...) async throws -> String {
            try await run("buildah", storage + arguments).requireSuccess().standardOutput.trimmed
        }
        let container = try await buildah("from", "scratch")
        _ = try await buildah(
            "config",
            "--author",
            "Ada <ada@example.com>",
            "--entrypoint",
            #"["/app","serve all"]"#,
            "--cmd",
            "now",
            "--env",
            "A=1",
            "--env",
            "B=x y",
            "--label",
            "com.example.a=\u{1B}[31mred",
            "--port",
            "80",
            "--port",
            "443",
            "--volume",
            "/data",
            "--user",
            "7",
            "--workingdir",
            "/srv",
            "--stop-signal",
            "SIGQUIT",
            "--created-by",
            "COPY file /file",
            container
        )
        _ = try await buildah("copy", container, try root.write("file", "hi\n").string, "/file")
        _ = try await buildah("commit", "--quiet", "--timestamp", "1780000000", container, "oci:\(root)/made:app")
        _ = try await buildah("rm", container)
        return "oci:\(root)/made:app"
    }

    @Test func saysWhatSkopeoSays() async throws {
        let registry = try DockerRegistry.required()
        try await Checkout.with { checkout in
            let made = try await makeByBuildah(in: checkout.root)
            try await registry.skopeo().copy(made, to: registry.image("inspect/made:1"))
            let image = "\(registry.address)/inspect/made:1"
            let json = try await checkout.tagboat("inspect", image, "--format", "json").requireSuccess()
            let own: Document = try decoded(json.standardOutput)
            let other: SkopeoDocument = try decoded(
                try await registry.skopeo().run("inspect", [registry.image("inspect/made:1")]).standardOutput
            )
            let only = try #require(own.images.first)
            #expect(own.schema == "tagboat.inspect/1" && own.type == "image" && own.digest == other.digest)
            #expect(only.labels == other.labels && only.created == other.created)
            #expect(only.layers.map(\.digest) == other.layers && only.run.environment == other.environment)
            #expect(only.platform == "\(other.os)/\(other.architecture)")
            #expect(only.run.entrypoint == ["/app", "serve all"] && only.run.user == "7")
            #expect(!json.standardOutput.contains("\u{1B}"))

            let raw = try await checkout.tagboat("inspect", image, "--raw").standardOutput
            #expect(raw == (try await registry.skopeo().rawManifest(of: registry.image("inspect/made:1"))))
            let config = try await checkout.tagboat("inspect", image, "--raw-config").standardOutput
            #expect(config == (try await registry.skopeo().rawConfiguration(of: registry.image("inspect/made:1"))))

            let text = try await checkout.tagboat("inspect", made).requireSuccess().standardOutput
            let version = try #require(only.labels["io.buildah.version"])
            let size = try #require(text.firstMatch(of: /1 layer, ([0-9.]+ kB)/)?.1)
            #expect(
                text.replacing(/(?m)  [0-9.]+ kB  COPY/, with: "  SIZE  COPY") == """
                    \(made)
                    \(own.digest)
                    image for \(other.os)/\(other.architecture), \(raw.utf8.count) B of manifest
                    application/vnd.oci.image.manifest.v1+json

                    created      2026-05-28T20:26:40Z
                    author       Ada <ada@example.com>
                    entrypoint   /app 'serve all'
                    command      now
                    user         7
                    folder       /srv
                    environment  A=1
                                 B=x y
                    ports        443, 80
                    volumes      /data
                    stop signal  SIGQUIT

                    labels
                      com.example.a       \\x1b[31mred
                      io.buildah.version  \(version)

                    annotations
                      org.opencontainers.image.base.digest
                      org.opencontainers.image.base.name

                    1 layer, \(size) with the configuration
                      \(other.layers[0].prefix(19))  SIZE  COPY file /file

                    """
            )
        }
    }

    @Test func anIndexShowsItsPlatforms() async throws {
        try await Checkout.with { checkout in
            let index = try ImageFixture.writeIndex(
                to: checkout.build,
                name: "multi",
                labels: ["a": "b"],
                created: "2026-07-01T09:30:00Z",
                annotations: ["com.example.note": "x\u{202E}y\nz"]
            )
            let text = try await checkout.tagboat("inspect", "oci:../build:multi").requireSuccess().standardOutput
            let size = index.images[0].manifestBytes.count
            #expect(size > 0)
            #expect(text.hasPrefix("oci:../build:multi\n\(index.manifestDigest)\nindex of 2 images, "))
            #expect(
                text.contains("\nplatforms\n  linux/amd64  \(index.images[0].manifestDigest.prefix(19))     2.3 kB\n")
            )
            #expect(text.contains("\nannotations\n  com.example.note  x\\u{202e}y\\nz\n"))
            #expect(
                text.contains("\nlinux/arm64\n\(index.images[1].manifestDigest)\n\ncreated      2026-07-01T09:30:00Z\n")
            )
            #expect(text.contains("  2.0 kB  COPY . /\n") && text.lines.allSatisfy { $0.count <= 80 })

            let chosen = try await checkout.tagboat(
                "inspect",
                "oci:../build:multi",
                "--platform",
                "linux/arm64/v8",
                "--raw"
            )
            #expect(Array(chosen.standardOutput.utf8) == index.images[1].manifestBytes)
            let one = try await checkout.tagboat("inspect", "oci:../build:multi", "--platform", "linux/arm64")
            #expect(one.standardOutput.contains("\nimage for linux/arm64, "))
            let missing = try await checkout.tagboat("inspect", "oci:../build:multi", "--platform", "linux/s390x")
            #expect(missing.exitCode == 5)
            #expect(
                missing.standardError
                    == "error: the image has no platform linux/s390x\nhint: it has linux/amd64, linux/arm64\n"
            )
            let wrong = try await checkout.tagboat("inspect", "oci:../build:multi", "--platform", "arm64")
            #expect(wrong.exitCode == 2)
            let config = try await checkout.tagboat("inspect", "oci:../build:multi", "--raw-config")
            #expect(config.exitCode == 2 && config.standardError.contains("choose one with --platform"))
            #expect(try await checkout.tagboat("inspect", "oci:../build:multi", "--raw", "--raw-config").exitCode == 2)
        }
    }

    /// A manifest's bytes come out as they are, also where they are no text.
    @Test func rawIsRaw() async throws {
        try await Checkout.with { checkout in
            let image = try ImageFixture.write(to: checkout.build, name: "app", annotations: ["n": "é\u{1B}"])
            let command = "'\(Program.path)' inspect oci:../build:app --raw | sha256sum"
            let result = try await run("sh", ["-c", command], in: checkout.folder)
            #expect("sha256:" + result.standardOutput.prefix(64) == image.manifestDigest)
        }
    }

    @Test func showsWhatRefersToAnImage() async throws {
        let registry = try DockerRegistry.required()
        try await Checkout.with { checkout in
            let image = try ImageFixture.write(to: checkout.build, name: "app")
            let other = try ImageFixture.write(to: checkout.build, name: "sig", labels: ["is": "signature"])
            let tag = image.manifestDigest.replacing(":", with: "-") + ".sig"
            try await registry.skopeo().copy("oci:\(checkout.build):app", to: registry.image("inspect/signed:1"))
            try await registry.skopeo().copy("oci:\(checkout.build):sig", to: registry.image("inspect/signed:\(tag)"))
            let name = "\(registry.address)/inspect/signed:1"
            let json = try await checkout.tagboat("inspect", name, "--format", "json").requireSuccess()
            let document: Document = try decoded(json.standardOutput)
            #expect(document.referrers.map(\.digest) == [other.manifestDigest])
            #expect(document.referrers.map(\.tag) == [tag])
            let text = try await checkout.tagboat("inspect", name).standardOutput
            #expect(
                text.contains(
                    "\nreferrers\n  signature, by cosign's tag .sig\n    \(other.manifestDigest.prefix(19))  "
                )
            )
        }
    }
}
