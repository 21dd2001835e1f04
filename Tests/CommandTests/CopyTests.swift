import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat copy` on a real registry; skopeo tells what came of it.
@Suite(.dockerRegistry(.open)) struct CopyTests {
    private func address() throws -> String { try DockerRegistry.required().address }

    private func state(_ repository: String) async throws -> [String: String] {
        try await DockerRegistry.required().state(of: repository)
    }

    @Test func anImageGoesToSeveralPlacesUnderSeveralTags() async throws {
        try await Checkout.with { checkout in
            let registry = try DockerRegistry.required()
            let image = try ImageFixture.writeIndex(to: checkout.build, name: "app")
            let (one, other) = ("\(registry.address)/copy/one", "\(registry.address)/copy/other")
            let result = try await checkout.tagboat(
                "copy",
                "oci:../build:app",
                "\(one):stable",
                other,
                "oci:../shelf",
                "--tag",
                "2.1.106",
                "--verbose"
            ).requireSuccess()
            let digest = image.manifestDigest
            #expect(try await state("copy/one") == ["stable": digest, "2.1.106": digest])
            #expect(try await state("copy/other") == ["2.1.106": digest])
            let shelf = "oci:\(checkout.root.appending("shelf")):2.1.106"
            #expect(try await registry.skopeo().digest(of: shelf) == digest)
            #expect(result.standardOutput.contains("4 created"))
            #expect(result.standardError.contains(/requests: \d+, round trips: \d+, sent [\d.]+ kB, [\d.]+ s\n$/))

            let again = try await checkout.tagboat("copy", "oci:../build:app", "\(one):stable").requireSuccess()
            #expect(again.standardOutput.contains("1 unchanged"))
        }
    }

    @Test func aTagThatNamesAVersionDoesNotChangeUnlessForced() async throws {
        try await Checkout.with { checkout in
            let target = "\(try address())/copy/fixed"
            let first = try ImageFixture.write(to: checkout.build, name: "a", labels: ["n": "1"])
            let second = try ImageFixture.write(to: checkout.build, name: "b", labels: ["n": "2"])
            try await checkout.tagboat("copy", "oci:../build:a", "\(target):1.0.0").requireSuccess()
            let refused = try await checkout.tagboat("copy", "oci:../build:b", "\(target):1.0.0", "\(target):next")
            #expect(refused.exitCode == 3)
            #expect(refused.standardError.contains("1.0.0 is released already"))
            #expect(refused.standardError.contains("--force"))
            #expect(try await state("copy/fixed") == ["1.0.0": first.manifestDigest])
            let dry = try await checkout.tagboat("copy", "--force", "--dry-run", "oci:../build:b", "\(target):1.0.0")
            #expect(dry.exitCode == 0)
            #expect(try await state("copy/fixed") == ["1.0.0": first.manifestDigest])
            try await checkout.tagboat("copy", "--force", "oci:../build:b", "\(target):1.0.0").requireSuccess()
            #expect(try await state("copy/fixed") == ["1.0.0": second.manifestDigest])
        }
    }

    @Test func aMovingTagStaysWithItsHighestRelease() async throws {
        try await Checkout.with { checkout in
            let target = "\(try address())/copy/lines"
            var digests: [String: String] = [:]
            for version in ["2.1.0", "2.2.0"] {
                digests[version] =
                    try ImageFixture.write(to: checkout.build, name: version, labels: ["v": version]).manifestDigest
            }
            try await checkout.tagboat("copy", "oci:../build:2.2.0", target, "--tag", "2.2.0", "--tag", "latest")
                .requireSuccess()
            let refused = try await checkout.tagboat(
                "copy",
                "oci:../build:2.1.0",
                target,
                "--tag",
                "2.1.0",
                "--tag",
                "2.1",
                "--tag",
                "latest"
            )
            #expect(refused.exitCode == 3)
            #expect(refused.standardError.contains("latest belongs to 2.2.0, which is another image"))
            // All tags of a repository: what is behind stays behind, and the rest goes on.
            let all = try await checkout.tagboat("copy", "--all-tags", "oci:../build", target).requireSuccess()
            #expect(all.standardOutput.contains("2.1.0"))
            try await checkout.tagboat("copy", "oci:../build:2.1.0", target, "--tag", "2.1").requireSuccess()
            #expect(
                try await state("copy/lines") == [
                    "2.1.0": digests["2.1.0"], "2.1": digests["2.1.0"], "2.2.0": digests["2.2.0"],
                    "latest": digests["2.2.0"],
                ]
            )
        }
    }

    @Test func aPlatformIsChosenAndTheIndexIsNeverWrittenAnew() async throws {
        try await Checkout.with { checkout in
            let target = "\(try address())/copy/platform"
            let index = try ImageFixture.writeIndex(to: checkout.build, name: "app")
            let result = try await checkout.tagboat(
                "copy",
                "oci:../build:app",
                "\(target):arm",
                "--platform",
                "linux/arm64"
            ).requireSuccess()
            #expect(result.standardOutput.contains("only linux/arm64 of the index \(index.manifestDigest)"))
            let chosen = try #require(try await state("copy/platform")["arm"])
            #expect(index.images.map(\.manifestDigest).contains(chosen))
            let missing = try await checkout.tagboat(
                "copy",
                "oci:../build:app",
                target,
                "--platform",
                "linux/riscv64"
            )
            #expect(missing.exitCode != 0)
            #expect(missing.standardError.contains("riscv64"))
        }
    }

    /// Signatures go along where that is asked for, by the tag that registries without the API have.
    @Test func referrersGoWithTheImage() async throws {
        try await Checkout.with { checkout in
            let registry = try DockerRegistry.required()
            let source = "\(registry.address)/copy/signed"
            let image = try ImageFixture.write(to: checkout.build, name: "app")
            try await checkout.tagboat("copy", "oci:../build:app", "\(source):1.0.0").requireSuccess()
            let signature = try await attach(
                to: image.manifestDigest,
                size: image.manifestBytes.count,
                at: source
            )
            for target in ["\(registry.address)/copy/promoted", "oci:../shelf", "oci-archive:../shelf.tar"] {
                try await checkout.tagboat("copy", "--referrers", "\(source):1.0.0", target).requireSuccess()
                let found = try await checkout.tagboat("inspect", "\(target):1.0.0", "--format", "json")
                    .requireSuccess()
                #expect(found.standardOutput.contains(signature), "\(target)")
            }
            try await checkout.tagboat("copy", "\(source):1.0.0", "\(registry.address)/copy/plain").requireSuccess()
            #expect(try await state("copy/plain").keys.sorted() == ["1.0.0"])
        }
    }

    /// Puts an artifact that refers to an image, as a client of a registry without the referrers API does.
    private func attach(to digest: String, size: Int, at repository: String) async throws -> String {
        let base = "http://\(repository.prefix { $0 != "/" })/v2/\(repository.drop { $0 != "/" }.dropFirst())"
        let type = "application/vnd.oci.image.manifest.v1+json"
        let opened = try await run(
            "curl",
            ["-sf", "-X", "POST", "-o", "/dev/null", "-D", "-", "\(base)/blobs/uploads/"]
        ).requireSuccess().standardOutput
        let location = try #require(
            opened.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("location:") }?.dropFirst(
                "location:".count
            )
        )
        let empty = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        try await run(
            "curl",
            [
                "-sf", "-X", "PUT", "-H", "Content-Type: application/octet-stream", "--data-binary", "{}",
                "\(String(location).trimmed)&digest=\(empty)",
            ]
        ).requireSuccess()
        let config = #"{"mediaType":"application/vnd.oci.empty.v1+json","digest":"\#(empty)","size":2}"#
        let manifest = """
            {"schemaVersion":2,"mediaType":"\(type)","artifactType":"application/vnd.example.signature",\
            "config":\(config),"layers":[],"subject":{"mediaType":"\(type)","digest":"\(digest)","size":\(size)}}
            """
        let own = Sha256.digest(of: manifest)
        try await put(manifest, type, to: "\(base)/manifests/\(own)")
        let index = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":\
            "\(type)","digest":"\(own)","size":\(manifest.utf8.count),\
            "artifactType":"application/vnd.example.signature"}]}
            """
        let tag = digest.replacing(":", with: "-")
        try await put(index, "application/vnd.oci.image.index.v1+json", to: "\(base)/manifests/\(tag)")
        return own
    }

    private func put(_ body: String, _ type: String, to url: String) async throws {
        try await run("curl", ["-sf", "-X", "PUT", "-H", "Content-Type: \(type)", "--data-binary", body, url])
            .requireSuccess()
    }

    @Test(arguments: [
        (["copy", "oci:../build:app"], "Missing expected argument '<target> ...'"),
        (
            ["copy", "oci:../build:app", "127.0.0.1:1/a/b@sha256:\(String(repeating: "0", count: 64))"],
            "names a digest"
        ),
        (["copy", "--all-tags", "oci:../build", "127.0.0.1:1/a/b:tag"], "names a tag"),
        (["copy", "--all-tags", "--tag", "x", "oci:../build", "127.0.0.1:1/a/b"], "leave --tag"),
        (["copy", "oci:../build:app", "127.0.0.1:1/a/b", "--tag", "-x"], "tag"),
        (["copy", "oci:../build:app", "127.0.0.1:1/a/b", "--jobs", "0"], "write a number from 1 to 64"),
    ])
    func badInputIsExplained(arguments: [String], words: String) async throws {
        try await Checkout.with { checkout in
            try ImageFixture.write(to: checkout.build, name: "app")
            let result = try await checkout.tagboat(arguments)
            #expect(result.exitCode == 2, "\(result)")
            #expect(result.standardError.contains(words), "\(result.standardError)")
        }
    }
}
