import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

@Suite struct ArchiveStoreTests {
    private let skopeo = Skopeo()

    private func names(in folder: FilePath) async throws -> [String] {
        try await run("ls", ["-A", folder.string]).standardOutput.split(separator: "\n").map(String.init)
    }

    // MARK: OCI

    @Test func whatItWritesOthersRead() async throws {
        try await withPodman { podman in
            let image = try SampleImage(in: podman.folder.appending("source"))
            let file = podman.folder.appending("image.tar")
            let archive = ArchiveStore(file, form: .oci)
            #expect(try await archive.tags().isEmpty)
            try await copy(image.manifest, from: image.layout, to: archive, as: ["1.0.0", "latest"])
            for tag in ["1.0.0", "latest"] {
                #expect(try await skopeo.digest(of: "oci-archive:\(file):\(tag)") == image.written.manifestDigest)
            }
            // One name, so that podman can tell which image is meant.
            let single = podman.folder.appending("single.tar")
            try await skopeo.copy("oci-archive:\(file):latest", to: "oci-archive:\(single):acme/ui:1")
            try await podman.buildah("pull", "oci-archive:\(single)")
            let id = try await podman.buildah("images", "--format", "{{.Digest}}", "--no-trunc")
            #expect(id == image.written.manifestDigest)
        }
    }

    @Test func readsWhatSkopeoAndBuildahWrite() async throws {
        try await withPodman { podman in
            let image = try SampleImage(in: podman.folder.appending("source"))
            let file = podman.folder.appending("image.tar")
            try await skopeo.copy("oci:\(image.layout.directory):app", to: "oci-archive:\(file):acme/ui:1.0")
            let archive = ArchiveStore(file, form: .oci)
            let manifest = try await archive.manifest(named: "acme/ui:1.0")
            #expect(manifest.bytes == image.written.manifestBytes)
            #expect(try await archive.manifest(named: nil) == manifest)
            try await readWhole(manifest, from: archive)
            #expect(await archive.remark == nil)

            try await podman.buildah("pull", "oci-archive:\(file)")
            let id = try await podman.buildah("images", "--quiet", "--no-trunc")
            let second = podman.folder.appending("second.tar")
            try await podman.buildah("push", id, "oci-archive:\(second):1.0")
            let pushed = ArchiveStore(second, form: .oci)
            let digest = try await skopeo.digest(of: "oci-archive:\(second):1.0")
            #expect(try await pushed.digest(of: OCI.Tag("1.0"))?.description == digest)
            try await readWhole(try await pushed.manifest(named: "1.0"), from: pushed)
        }
    }

    @Test func keepsWhatWasThereAndReplacesANameOnly() async throws {
        try await withTemporaryDirectory { folder in
            let one = try SampleImage(in: folder.appending("one"), labels: ["n": "1"])
            let two = try SampleImage(in: folder.appending("two"), labels: ["n": "2"])
            let three = try SampleImage(in: folder.appending("three"), labels: ["n": "3"])
            let file = folder.appending("image.tar")
            try await copy(one.manifest, from: one.layout, to: ArchiveStore(file, form: .oci), as: ["1", "latest"])
            try await copy(two.manifest, from: two.layout, to: ArchiveStore(file, form: .oci), as: ["latest"])
            let archive = ArchiveStore(file, form: .oci)
            #expect(try await archive.tags() == [OCI.Tag("1"), .latest])
            #expect(try await archive.digest(of: OCI.Tag("1")) == one.manifest.digest)
            #expect(try await archive.digest(of: .latest) == two.manifest.digest)
            // What no name leads to any more is gone; what another image shares is still there.
            try await copy(three.manifest, from: three.layout, to: archive, as: ["1"])
            let members = try await run("tar", ["-tf", file.string]).requireSuccess().standardOutput
            #expect(!members.contains(try one.manifest.digest.hex))
            for image in [two, three] {
                #expect(members.contains(try image.manifest.digest.hex))
                let stored = try await ArchiveStore(file, form: .oci).manifest(for: .digest(image.manifest.digest))
                try await readWhole(stored, from: ArchiveStore(file, form: .oci))
            }
            // Nothing else is left in the folder.
            #expect(try await names(in: folder) == ["image.tar", "one", "three", "two"])
        }
    }

    @Test func equalImagesGiveEqualBytes() async throws {
        try await withTemporaryDirectory { folder in
            let one = try SampleImage(in: folder.appending("one"), labels: ["n": "1"])
            let two = try SampleImage(in: folder.appending("two"), labels: ["n": "2"])
            let files = [folder.appending("a.tar"), folder.appending("b.tar")]
            for (file, order) in zip(files, [[one, two], [two, one]]) {
                for image in order {
                    let tags = image.written == one.written ? ["1.0", "old"] : ["latest", "2.0"]
                    let archive = try ArchiveStore.docker(file)
                    try await copy(image.manifest, from: image.layout, to: archive, as: tags)
                }
            }
            #expect(try files[0].readBytes() == files[1].readBytes())
        }
    }

    @Test func aFailureLeavesTheFileAsItWas() async throws {
        try await withTemporaryDirectory { folder in
            let image = try SampleImage(in: folder.appending("source"))
            let file = folder.appending("image.tar")
            try await copy(image.manifest, from: image.layout, to: ArchiveStore(file, form: .oci), as: ["1"])
            let before = try file.readBytes()
            let other = try SampleImage(in: folder.appending("other"), labels: ["n": "2"])
            func halfWritten() async throws -> RegistryError? {
                let archive = ArchiveStore(file, form: .oci)
                // A manifest whose configuration nobody brought.
                try await archive.put(other.manifest, as: .latest)
                return try await failure { try await archive.commit() }
            }
            let error = try await halfWritten()
            #expect(error?.kind == .notFound)
            #expect(error?.description.contains(other.written.configDigest) == true)
            #expect(try file.readBytes() == before)
            #expect(try await names(in: folder) == ["image.tar", "other", "source"])
        }
    }

    @Test func damageInsideIsNoticedAndNotPassedOn() async throws {
        try await withTemporaryDirectory { folder in
            let image = try SampleImage(in: folder.appending("source"))
            let file = folder.appending("image.tar")
            let archive = ArchiveStore(file, form: .oci)
            try await copy(image.manifest, from: image.layout, to: archive, as: ["1"])
            let layer = try #require(try image.manifest.decoded().blobs.last)
            var bytes = try file.readBytes()
            let index = try TarIndex(reading: MemoryContent(bytes))
            let place = try #require(try index.file(LayoutReader.path(of: layer.digest)))
            bytes[Int(place.offset) + 3] ^= 1
            _ = try folder.write("image.tar", bytes)
            let damaged = ArchiveStore(file, form: .oci)
            #expect(try await failure { try await readWhole(image.manifest, from: damaged) }?.kind == .digestMismatch)
            // Nor does it get into a new archive.
            try await damaged.put(image.manifest, as: .latest)
            #expect(try await failure { try await damaged.commit() }?.kind == .digestMismatch)
            #expect(try file.readBytes() == bytes)
        }
    }

    @Test func writersDoNotLoseEachOthersTags() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder.appending("image.tar")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let image = try SampleImage(in: folder.appending("s\(number)"), labels: ["n": "\(number)"])
                        let archive = ArchiveStore(file, form: .oci)
                        try await copy(image.manifest, from: image.layout, to: archive, as: ["t\(number)"])
                    }
                }
                try await group.waitForAll()
            }
            let archive = ArchiveStore(file, form: .oci)
            #expect(try await archive.tags().count == 8)
            for number in 0..<8 {
                try await readWhole(try await archive.manifest(named: "t\(number)"), from: archive)
            }
            #expect(try await !names(in: folder).contains { $0.hasPrefix(".") })
        }
    }

    @Test func indexesComeWithTheirImages() async throws {
        try await withTemporaryDirectory { folder in
            let layout = OCILayout(folder.appending("source"))
            let written = try ImageFixture.writeIndex(to: layout.directory, name: "multi")
            for archive in [
                ArchiveStore(folder.appending("a.tar"), form: .oci), try ArchiveStore.docker(folder.appending("b.tar")),
            ] {
                try await copy(try layout.manifest(named: "multi"), from: layout, to: archive, as: ["1.0"])
                #expect(try await archive.digest(of: OCI.Tag("1.0"))?.description == written.manifestDigest)
                for image in written.images {
                    let child = try await archive.manifest(for: .digest(Digest(parsing: image.manifestDigest)))
                    try await readWhole(child, from: archive)
                }
            }
            // Programs that know no indexes get the image for amd64.
            let config = try await skopeo.configDigest(of: "docker-archive:\(folder)/b.tar:acme/ui:1.0")
            #expect(config == written.images[0].configDigest)
        }
    }

    // MARK: What the file is

    @Test func compressedArchivesAreReadThroughATemporaryFile() async throws {
        try await withTemporaryDirectory { folder in
            let image = try SampleImage(in: folder.appending("source"))
            let file = folder.appending("image.tar")
            try await copy(image.manifest, from: image.layout, to: ArchiveStore(file, form: .oci), as: ["1"])
            try await run("gzip", ["--keep", file.string]).requireSuccess()
            let archive = ArchiveStore(folder.appending("image.tar.gz"), form: .oci)
            #expect(try await archive.manifest(named: "1").digest == image.manifest.digest)
            try await readWhole(image.manifest, from: archive)

            var cut = try folder.appending("image.tar.gz").readBytes()
            cut.removeLast(20)
            let damaged = ArchiveStore(try folder.write("cut.tar.gz", cut), form: .oci)
            let error = try await failure { try await damaged.tags() }
            #expect(error?.description.hasSuffix("is damaged: its gzip compression cannot be read to the end") == true)

            for (program, word) in [("bzip2", "bzip2"), ("xz", "xz")] {
                try await run(program, ["--keep", file.string]).requireSuccess()
                let suffix = program == "bzip2" ? "bz2" : "xz"
                let other = ArchiveStore(folder.appending("image.tar.\(suffix)"), form: .oci)
                let error = try await failure { try await other.tags() }
                #expect(error?.kind == .unsupported && error?.description.contains(" with \(word)") == true)
            }
        }
    }

    @Test func saysWhatIsWrong() async throws {
        try await withTemporaryDirectory { folder in
            let missing = ArchiveStore(folder.appending("none.tar"), form: .oci)
            #expect(try await failure { try await missing.manifest(named: nil) }?.kind == .notFound)
            let directory = ArchiveStore(folder, form: .oci)
            #expect(
                try await failure { try await directory.tags() }?.description.hasSuffix("is a folder, not an archive")
                    == true
            )
            let empty = try folder.write("empty.tar", TarArchive.bytes(files: [("a", "b")]))
            let oci = ArchiveStore(empty, form: .oci)
            let noLayout = try await failure { try await oci.manifest(named: nil) }
            #expect(noLayout?.kind == .notFound && noLayout?.hint?.hasPrefix("write one with") == true)
            let docker = ArchiveStore(empty, form: .docker(nil))
            let noImages = try await failure { try await docker.manifest(named: nil) }
            #expect(noImages?.kind == .notFound && noImages?.hint?.hasPrefix("write one with") == true)
            let hostile = try folder.write("hostile.tar", TarArchive.member("../x") + TarArchive.end)
            let refused = ArchiveStore(hostile, form: .oci)
            let error = try await failure { try await refused.tags() }
            #expect(error?.kind == .invalidResponse)
            #expect(
                error?.description.hasPrefix("oci-archive:\(hostile) is not a tar archive that can be used: ") == true
            )
            let image = try SampleImage(in: folder.appending("source"))
            let archive = ArchiveStore(folder.appending("two.tar"), form: .oci)
            try await copy(image.manifest, from: image.layout, to: archive, as: ["one", "two"])
            let unknown = try await failure { try await archive.manifest(named: "three") }
            #expect(unknown?.hint == "name one of its images, oci-archive:FILE:NAME: one, two")
        }
    }
}

extension Skopeo {
    /// The digest of the configuration of an image.
    fileprivate func configDigest(of image: String) async throws -> String {
        Digest(of: Array(try await rawConfiguration(of: image).utf8)).description
    }
}
