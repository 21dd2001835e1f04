import FoundationEssentials
import OCI
import SystemPackage
import TestSupport
import Testing

/// `tagboat index create`, from every kind of place into every other.
@Suite(.dockerRegistry(.open)) struct IndexCommandTests {
    /// Images for two platforms in two layouts, as two jobs would leave them.
    private func withImages(_ body: (Checkout) async throws -> Void) async throws {
        try await Checkout.with { checkout in
            for architecture in ["arm64", "amd64"] {
                try ImageFixture.write(
                    to: checkout.root.appending(architecture),
                    name: "app",
                    labels: [
                        "org.opencontainers.image.version": "2.1.106", "org.opencontainers.image.title": architecture,
                        "other": "same",
                    ],
                    architecture: architecture
                )
            }
            try await body(checkout)
        }
    }

    private func index(_ place: String, _ skopeo: Skopeo = Skopeo()) async throws -> ImageIndex {
        let text = try await skopeo.rawManifest(of: place)
        let bytes = Array(text.utf8)
        let zero = try OCI.Digest(parsing: "sha256:" + String(repeating: "0", count: 64))
        let stored = StoredManifest(bytes: bytes, mediaType: .ociIndex, digest: zero)
        guard case .index(let index) = try stored.decoded() else { throw ManifestError.malformed("no index") }
        return index
    }

    private static let places = ["oci:../x:2.1.106", "oci-archive:../x.tar:2.1.106", "REGISTRY/joined/x:2.1.106"]

    @Test(arguments: places)
    func joinsIntoEveryPlace(_ place: String) async throws {
        let registry = try DockerRegistry.required()
        try await withImages { checkout in
            let target = place.replacing("REGISTRY", with: registry.address)
            let created = try await checkout.tagboat(
                "index",
                "create",
                target,
                "oci:../arm64:app",
                "oci:../amd64",
                "--annotation",
                "a=b"
            )
            #expect(created.exitCode == 0, "\(created)")
            let isRemote = place.hasPrefix("REGISTRY")
            let name = isRemote ? "docker://\(target)" : target.replacing("../x", with: "\(checkout.root)/x")
            let skopeo = isRemote ? registry.skopeo() : Skopeo()
            let index = try await index(name, skopeo)
            #expect(index.manifests.compactMap(\.platform).map(\.description) == ["linux/amd64", "linux/arm64"])
            // What all images say of themselves, and what was asked for.
            #expect(index.annotations == ["org.opencontainers.image.version": "2.1.106", "a": "b"])
            let digest = try await skopeo.digest(of: name)
            #expect(created.standardOutput.hasPrefix("index \(digest) of linux/amd64, linux/arm64\n"))
            #expect(created.standardOutput.contains("2.1.106  created"))
            // The whole of it is there.
            try await skopeo.copy(name, to: "oci:\(checkout.root)/whole:x")

            // Again, in another order, is the same index.
            let again = try await checkout.tagboat(
                "index",
                "create",
                target,
                "oci:../amd64",
                "oci:../arm64:app",
                "--annotation",
                "a=b"
            )
            #expect(again.exitCode == 0 && again.standardOutput.contains("2.1.106  unchanged"), "\(again)")
        }
    }

    @Test func tagsKeepTheirPromise() async throws {
        try await withImages { checkout in
            try await checkout.tagboat("index", "create", "oci:../x:2.1.106", "oci:../amd64").requireSuccess()
            let refused = try await checkout.tagboat("index", "create", "oci:../x:2.1.106", "oci:../arm64")
            #expect(refused.exitCode == 3 && refused.standardError.contains("error: nothing was touched"), "\(refused)")
            #expect(try await index("oci:\(checkout.root)/x:2.1.106").manifests.count == 1)
            let forced = try await checkout.tagboat("index", "create", "oci:../x:2.1.106", "oci:../arm64", "--force")
            #expect(forced.exitCode == 0, "\(forced)")
        }
    }

    @Test func aDryRunChangesNothing() async throws {
        try await withImages { checkout in
            let dry = try await checkout.tagboat(
                "index",
                "create",
                "oci:../x:1",
                "oci:../amd64",
                "oci:../arm64",
                "--dry-run",
                "--format",
                "json"
            )
            struct Document: Decodable {
                let schema: String
                let applied: Bool
                let digest: String
                let images: [[String: String]]
            }
            let document = try JSONDecoder().decode(Document.self, from: Data(dry.standardOutput.utf8))
            #expect(document.schema == "tagboat.index/1" && !document.applied)
            #expect(document.images.map { $0["platform"] } == ["linux/amd64", "linux/arm64"])
            #expect(!checkout.root.appending("x").exists)
        }
    }

    struct Refusal: Sendable {
        let arguments: [String]
        let message: String
        let exitCode: Int32
    }

    @Test(arguments: [
        Refusal(
            arguments: ["oci:../x:1", "oci:../amd64", "oci:../amd64"],
            message: "two images are for linux/amd64",
            exitCode: 3
        ),
        Refusal(arguments: ["oci:../x", "oci:../amd64"], message: "the index gets no name in oci:../x", exitCode: 2),
        Refusal(arguments: ["oci:../x:1"], message: "name the images behind the target", exitCode: 2),
        Refusal(
            arguments: ["oci:../x:1", "--digest-file", "none"],
            message: "the digest file none cannot be read",
            exitCode: 2
        ),
        Refusal(
            arguments: ["oci:../x:1", "--digest-file", "VERSION"],
            message: "the digest file VERSION",
            exitCode: 2
        ),
        Refusal(
            arguments: ["oci:../x:1", "--digest-file", "../digest"],
            message: "keeps no images by digest",
            exitCode: 2
        ),
        Refusal(arguments: ["oci:../x:1", "oci:../nothing"], message: "is not an OCI image layout", exitCode: 5),
        Refusal(
            arguments: ["oci:../x:1", "oci:../amd64", "--annotation", "a"],
            message: "\"a\" is not KEY=VALUE",
            exitCode: 2
        ),
    ])
    func whatCannotBe(_ refusal: Refusal) async throws {
        try await withImages { checkout in
            _ = try checkout.root.write("digest", "sha256:" + String(repeating: "0", count: 64) + "\n")
            _ = try checkout.folder.write("VERSION", "not a name\n")
            let result = try await checkout.tagboat(["index", "create"] + refusal.arguments)
            #expect(result.exitCode == refusal.exitCode && result.standardError.contains(refusal.message), "\(result)")
            #expect(!checkout.root.appending("x").exists)
        }
    }
}
