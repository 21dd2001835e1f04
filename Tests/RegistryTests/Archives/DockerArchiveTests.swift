import FoundationEssentials
import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

@Suite struct DockerArchiveTests {
    private let skopeo = Skopeo()
    private let tag = "acme/ui:1.0"

    /// The reference of the image in these tests.
    private func reference(_ text: String = "acme/ui:1.0") throws -> ImageReference {
        try ImageReference(parsing: text)
    }

    // MARK: Today's form

    @Test func whatItWritesOthersReadAndTheDigestStays() async throws {
        try await withPodman { podman in
            let image = try SampleImage(in: podman.folder.appending("source"))
            let file = podman.folder.appending("image.tar")
            let archive = try ArchiveStore.docker(file)
            try await copy(image.manifest, from: image.layout, to: archive, as: ["1.0", "latest"])
            #expect(try await archive.tags() == [OCI.Tag("1.0"), .latest])
            #expect(await archive.remark == nil)
            // Readers of layouts find the digest unchanged; skopeo's reader of docker archives the configuration.
            #expect(try await skopeo.digest(of: "oci-archive:\(file):1.0") == image.written.manifestDigest)
            try await skopeo.copy("docker-archive:\(file):\(tag)", to: "oci:\(podman.folder)/copy:x")
            let copied = try OCILayout(podman.folder.appending("copy")).manifest(named: "x").decoded()
            #expect(copied.blobs.first?.digest.description == image.written.configDigest)
            // Podman and buildah read it by its names.
            try await podman("load", "--quiet", "--input", file.string)
            let names = try await podman("images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}")
            #expect(
                names.split(separator: "\n").sorted().map(String.init) == [
                    "docker.io/acme/ui:1.0 \(image.written.configDigest)",
                    "docker.io/acme/ui:latest \(image.written.configDigest)",
                ]
            )
            try await podman("rmi", "--all", "--force")
            try await podman.buildah("pull", "docker-archive:\(file):\(tag)")
            #expect(try await podman.buildah("images", "--quiet", "--no-trunc") == image.written.configDigest)
            // And so do we.
            let read = ArchiveStore(file, form: .docker(nil))
            let manifest = try await read.manifest(of: reference("docker.io/acme/ui:1.0"))
            #expect(manifest.bytes == image.written.manifestBytes)
            #expect(try await read.manifest(of: nil) == manifest)
        }
    }

    @Test func repositoriesKeepApart() async throws {
        try await withTemporaryDirectory { folder in
            let one = try SampleImage(in: folder.appending("one"), labels: ["n": "1"])
            let two = try SampleImage(in: folder.appending("two"), labels: ["n": "2"])
            let file = folder.appending("image.tar")
            try await copy(one.manifest, from: one.layout, to: ArchiveStore.docker(file, "acme/ui"), as: ["1.0"])
            try await copy(
                two.manifest,
                from: two.layout,
                to: ArchiveStore.docker(file, "r.example:5000/ui"),
                as: ["1.0", "2.0"]
            )
            #expect(try await ArchiveStore.docker(file, "acme/ui").tags() == [OCI.Tag("1.0")])
            #expect(try await ArchiveStore.docker(file, "acme/ui").digest(of: OCI.Tag("1.0")) == one.manifest.digest)
            let other = try ArchiveStore.docker(file, "r.example:5000/ui")
            #expect(try await other.tags().count == 2)
            #expect(try await other.digest(of: OCI.Tag("1.0")) == two.manifest.digest)
            let config = try await run("tar", ["-xOf", file.string, "manifest.json"]).requireSuccess().standardOutput
            #expect(config.contains(#""RepoTags":["docker.io/acme/ui:1.0"]"#))
            #expect(config.contains(#""RepoTags":["r.example:5000/ui:1.0","r.example:5000/ui:2.0"]"#))
            let error = try await failure { try await other.manifest(of: nil) }
            #expect(error?.description.hasSuffix("holds more than one image") == true)
            #expect(error?.hint?.contains("docker.io/acme/ui:1.0") == true)
        }
    }

    /// Builders write layouts whose names stand in `manifest.json` alone.
    @Test func namesComeFromEitherList() async throws {
        try await withTemporaryDirectory { folder in
            let image = try SampleImage(in: folder.appending("source"))
            let config = image.written.configDigest.dropFirst("sha256:".count)
            _ = try folder.write(
                "source/manifest.json",
                #"[{"Config":"blobs/sha256/\#(config)","RepoTags":["acme/ui:1.0","acme/ui"],"Layers":[]}]"#
            )
            let file = folder.appending("image.tar")
            try await run("tar", ["-cf", file.string, "-C", "\(folder)/source", "."]).requireSuccess()
            let archive = try ArchiveStore.docker(file)
            #expect(try await archive.tags() == [OCI.Tag("1.0"), .latest])
            #expect(try await archive.digest(of: .latest)?.description == image.written.manifestDigest)
        }
    }

    // MARK: The form without manifests

    /// What skopeo or podman make of the image, in the form that has no manifests.
    private func write(_ writer: String, _ image: SampleImage, to file: FilePath, podman: Podman) async throws {
        switch writer {
        case "skopeo":
            // Digests cannot be kept in this form.
            let places = ["oci:\(image.layout.directory):app", "docker-archive:\(file):\(tag)"]
            try await skopeo.run("copy", sides: ["src-", "dest-"], places).requireSuccess()
        case "buildah":
            try await podman.buildah("pull", "oci:\(image.layout.directory):app")
            let id = try await podman.buildah("images", "--quiet", "--no-trunc")
            try await podman.buildah("push", id, "docker-archive:\(file):\(tag)")
        default:
            try await podman("pull", "--quiet", "oci:\(image.layout.directory):app")
            try await podman("tag", image.written.configDigest, "docker.io/\(tag)")
            try await podman(
                "save",
                "--quiet",
                "--format",
                "docker-archive",
                "--output",
                file.string,
                "docker.io/\(tag)"
            )
        }
    }

    @Test(arguments: ["skopeo", "buildah", "podman"])
    func readsArchivesWithoutManifests(writer: String) async throws {
        try await withPodman { podman in
            let image = try SampleImage(in: podman.folder.appending("source"))
            let file = podman.folder.appending("image.tar")
            try await write(writer, image, to: file, podman: podman)
            #expect(try await !run("tar", ["-tf", file.string]).standardOutput.contains("index.json"))
            let archive = try ArchiveStore.docker(file)
            #expect(try await archive.tags() == [OCI.Tag("1.0")])
            let manifest = try await archive.manifest(of: reference())
            let view = try manifest.decoded()
            // Content stays as it was, and the manifest is an OCI one whoever wrote the archive.
            #expect(manifest.mediaType == .ociManifest)
            #expect(view.blobs.map(\.digest.description) == [image.written.configDigest] + image.written.layerDigests)
            #expect(view.blobs.map(\.mediaType) == [.ociConfiguration, .ociLayer])
            try await readWhole(manifest, from: archive)
            #expect(await archive.remark?.contains("holds no manifests") == true)
            // The same whatever the program and its way to store layers: the image had this very manifest before.
            let layout = OCILayout(podman.folder.appending("out"))
            try await copy(manifest, from: archive, to: layout, as: ["x"])
            #expect(try await skopeo.digest(of: "oci:\(layout.directory):x") == manifest.digest.description)
        }
    }

    /// An archive as docker before 25 wrote it: `<id>/layer.tar`, and a symbolic link where two layers are equal.
    private func oldDocker(
        layers: [(path: String, member: [UInt8])],
        diffIDs: [Digest],
        more: [UInt8] = []
    ) -> [UInt8] {
        let config =
            Array(
                #"{"architecture":"amd64","os":"linux","config":{"Labels":{"n":"1"}},"rootfs":{"type":"layers","diff_ids":["#
                    .utf8
            ) + Array(diffIDs.map { "\"\($0)\"" }.joined(separator: ",").utf8) + Array("]}}".utf8)
        let name = Digest(of: config).hex + ".json"
        let paths = layers.map { "\"\($0.path)\"" }.joined(separator: ",")
        let manifest = #"[{"Config":"\#(name)","RepoTags":["acme/ui:1.0"],"Layers":[\#(paths)]}]"#
        return layers.flatMap(\.member) + more + TarArchive.member(name, contents: config)
            + TarArchive.member("manifest.json", contents: Array(manifest.utf8))
            + TarArchive.member("repositories", contents: Array(#"{"acme/ui":{"1.0":"b"}}"#.utf8)) + TarArchive.end
    }

    @Test func readsWhatOldDockerWrote() async throws {
        try await withTemporaryDirectory { folder in
            let layer = ImageFixture.defaultLayer
            let other = TarArchive.bytes(files: [("other", "layer")])
            let diffIDs = [layer, other, layer].map { Digest(of: $0) }
            let bytes = oldDocker(
                layers: [
                    ("a1/layer.tar", TarArchive.member("a1/layer.tar", contents: layer)),
                    ("b2/layer.tar", TarArchive.member("b2/layer.tar", contents: other)),
                    ("c3/layer.tar", TarArchive.member("c3/layer.tar", type: "2", link: "../a1/layer.tar")),
                ],
                diffIDs: diffIDs
            )
            let file = try folder.write("image.tar", bytes)
            // Skopeo agrees that this is such an archive.
            #expect(try await run("skopeo", ["inspect", "--config", "docker-archive:\(file)"]).exitCode == 0)
            let archive = try ArchiveStore.docker(file)
            let manifest = try await archive.manifest(of: reference())
            #expect(try manifest.decoded().blobs.dropFirst().map(\.digest) == diffIDs)
            try await readWhole(manifest, from: archive)
            // The manifest depends on the archive's content alone, so these bytes may never change.
            let config = try #require(try manifest.decoded().blobs.first)
            let layers = zip(diffIDs, [layer, other, layer]).map { digest, bytes in
                #"{"digest":"\#(digest)","mediaType":"application/vnd.oci.image.layer.v1.tar","size":\#(bytes.count)}"#
            }
            let expected = """
                {"config":{"digest":"\(config.digest)","mediaType":"application/vnd.oci.image.config.v1+json",\
                "size":\(config.size)},"layers":[\(layers.joined(separator: ","))],\
                "mediaType":"application/vnd.oci.image.manifest.v1+json","schemaVersion":2}
                """
            #expect(String(decoding: manifest.bytes, as: UTF8.self) == expected)
        }
    }

    @Test func compressedLayersAreKnownByTheirBytes() async throws {
        try await withTemporaryDirectory { folder in
            let layer = ImageFixture.defaultLayer
            let plain = try folder.write("layer", layer)
            try await run("gzip", ["-n", "--keep", plain.string]).requireSuccess()
            let gzip = try folder.appending("layer.gz").readBytes()
            func archive(_ diffID: Digest, _ stored: [UInt8]) throws -> ArchiveStore {
                let member = TarArchive.member("a/layer.tar", contents: stored)
                let bytes = oldDocker(layers: [("a/layer.tar", member)], diffIDs: [diffID])
                return try .docker(try folder.write("image.tar", bytes))
            }
            let good = try archive(Digest(of: layer), gzip)
            let manifest = try await good.manifest(of: nil)
            let blob = try #require(try manifest.decoded().blobs.last)
            #expect(blob.mediaType == .ociGzipLayer && blob.digest == Digest(of: gzip))
            try await readWhole(manifest, from: good)
            // A layer that is not what the configuration says: told at once where the layer must be read anyway, ...
            let wrong = Digest(of: Array("other".utf8))
            #expect(try await failure { try await archive(wrong, gzip).manifest(of: nil) }?.kind == .digestMismatch)
            // ... else when it is read, and before anything is tagged.
            let plainStore = try archive(wrong, layer)
            let claimed = try await plainStore.manifest(of: nil)
            #expect(try await failure { try await readWhole(claimed, from: plainStore) }?.kind == .digestMismatch)
            // Zstandard has a frame that says so.
            let zstandard = try archive(Digest(of: layer), [0x28, 0xB5, 0x2F, 0xFD, 0, 0])
            #expect(try await zstandard.manifest(of: nil).decoded().blobs.last?.mediaType == .ociZstandardLayer)
            let xz = try archive(Digest(of: layer), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
            #expect(try await failure { try await xz.manifest(of: nil) }?.kind == .unsupported)
        }
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let layers: [(path: String, member: [UInt8])]
        let diffIDs: Int
        let problem: String
    }

    @Test(
        arguments: [
            Broken(
                testDescription: "layers in a circle",
                layers: [
                    (
                        "a/layer.tar",
                        TarArchive.member("a/layer.tar", type: "2", link: "../b/layer.tar")
                            + TarArchive.member("b/layer.tar", type: "2", link: "../a/layer.tar")
                    )
                ],
                diffIDs: 1,
                problem: "leads back to itself"
            ),
            Broken(testDescription: "no layer", layers: [("a/layer.tar", [])], diffIDs: 1, problem: "lacks the layer"),
            Broken(
                testDescription: "a device for a layer",
                layers: [("a/layer.tar", TarArchive.member("a/layer.tar", type: "4"))],
                diffIDs: 1,
                problem: "is not a file"
            ),
            Broken(
                testDescription: "a layer above",
                layers: [("../layer.tar", [])],
                diffIDs: 1,
                problem: "leads out of the archive"
            ),
            Broken(
                testDescription: "too few layers",
                layers: [],
                diffIDs: 1,
                problem: "names 1 layers, manifest.json 0"
            ),
        ]
    )
    func refusesBrokenArchives(broken: Broken) async throws {
        try await withTemporaryDirectory { folder in
            let diffIDs = (0..<broken.diffIDs).map { _ in Digest(of: ImageFixture.defaultLayer) }
            let file = try folder.write("image.tar", oldDocker(layers: broken.layers, diffIDs: diffIDs))
            let error = try await failure { try await ArchiveStore.docker(file).tags() }
            #expect(error?.kind == .invalidResponse)
            #expect(error?.description.contains(broken.problem) == true, "\(error?.description ?? "")")
        }
    }

    @Test func archivesOfOldBecomeNewWhenTheyAreWritten() async throws {
        try await withPodman { podman in
            let image = try SampleImage(in: podman.folder.appending("source"))
            let file = podman.folder.appending("image.tar")
            try await write("skopeo", image, to: file, podman: podman)
            let digest = try await ArchiveStore.docker(file).digest(of: OCI.Tag("1.0"))
            let other = try SampleImage(in: podman.folder.appending("other"), labels: ["n": "2"])
            try await copy(other.manifest, from: other.layout, to: ArchiveStore.docker(file), as: ["2.0"])
            let archive = try ArchiveStore.docker(file)
            #expect(try await archive.digest(of: OCI.Tag("1.0")) == digest)
            #expect(try await archive.digest(of: OCI.Tag("2.0")) == other.manifest.digest)
            #expect(await archive.remark == nil)
            for tag in ["1.0", "2.0"] {
                let inspected = try await run("skopeo", ["inspect", "docker-archive:\(file):acme/ui:\(tag)"])
                #expect(inspected.exitCode == 0)
            }
        }
    }
}
