import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat label` on a real registry; skopeo reads the labels back.
@Suite(.dockerRegistry(.open)) struct LabelCommandTests {
    private struct Inspected: Decodable {
        let labels: [String: String]?
        let layers: [String]

        enum CodingKeys: String, CodingKey {
            case labels = "Labels"
            case layers = "Layers"
        }
    }

    private func inspect(_ image: String, architecture: String = "amd64") async throws -> Inspected {
        let registry = try DockerRegistry.required()
        let result = try await run(
            "skopeo",
            [
                "--insecure-policy", "--override-os", "linux", "--override-arch", architecture, "inspect",
                "--tls-verify=false", "--no-creds", registry.image(image),
            ]
        ).requireSuccess()
        return try JSONDecoder().decode(Inspected.self, from: Data(result.standardOutput.utf8))
    }

    @Test func everyPlatformIsRelabelledAndEveryTagMoves() async throws {
        try await Checkout.with { checkout in
            let registry = try DockerRegistry.required()
            let image = "\(registry.address)/label/index"
            let old = try ImageFixture.writeIndex(to: checkout.build, name: "app", labels: ["old": "1", "stays": "2"])
            try ImageFixture.write(to: checkout.build, name: "other")
            try await checkout.tagboat("copy", "oci:../build:app", image, "--tag", "1.0.0", "--tag", "1")
                .requireSuccess()
            try await checkout.tagboat("copy", "oci:../build:other", "\(image):other").requireSuccess()
            let before = try await registry.state(of: "label/index")
            let layers = try await inspect("label/index:1").layers

            let arguments = ["label", "\(image):1.0.0", "new=héllo \"q\"", "old=", "--annotation", "a.b=c"]
            let dry = try await checkout.tagboat(arguments + ["--dry-run"]).requireSuccess()
            #expect(try await registry.state(of: "label/index") == before)
            let done = try await checkout.tagboat(arguments).requireSuccess()
            #expect(dry.standardOutput.contains("image \(old.manifestDigest) becomes sha256:"))
            #expect(done.standardOutput.contains("2 moved"))

            let after = try await registry.state(of: "label/index")
            #expect(after["1.0.0"] == after["1"] && after["1"] != before["1"])
            #expect(after["other"] == before["other"])
            for architecture in ["amd64", "arm64"] {
                let inspected = try await inspect("label/index:1", architecture: architecture)
                #expect(inspected.labels == ["stays": "2", "new": "héllo \"q\""])
            }
            #expect(try await inspect("label/index:1").layers == layers)
            let raw = try await registry.skopeo().rawManifest(of: registry.image("label/index:1"))
            #expect(raw.contains(#""annotations":{"a.b":"c"}"#))

            let again = try await checkout.tagboat(arguments).requireSuccess()
            #expect(again.standardOutput.contains("has these labels already"))
        }
    }

    @Test func signaturesThatNoLongerMatchAreTold() async throws {
        try await Checkout.with { checkout in
            let registry = try DockerRegistry.required()
            let image = "\(registry.address)/label/signed"
            let old = try ImageFixture.write(to: checkout.build, name: "app")
            try await checkout.tagboat("copy", "oci:../build:app", "\(image):1.0.0").requireSuccess()
            let signature = old.manifestDigest.replacing(":", with: "-") + ".sig"
            try await checkout.tagboat("copy", "oci:../build:app", "\(image):\(signature)").requireSuccess()
            let result = try await checkout.tagboat("label", "\(image):1.0.0", "a=b").requireSuccess()
            #expect(result.standardError.contains("belong to the old digest"))
            #expect(result.standardError.contains("sign the image again"))
        }
    }

    @Test func badInputIsExplained() async throws {
        try await Checkout.with { checkout in
            for (arguments, words) in [
                (["label", "127.0.0.1:1/a/b:1"], "name at least one KEY=VALUE"),
                (["label", "127.0.0.1:1/a/b:1", "novalue"], "\"novalue\" is not KEY=VALUE"),
            ] {
                let result = try await checkout.tagboat(arguments)
                #expect(result.exitCode == 2)
                #expect(result.standardError.contains(words))
            }
        }
    }
}
