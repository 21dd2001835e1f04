import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

@Suite struct OCILayoutTests {
    /// Copies one image of a layout to another and tags it there.
    private func put(_ name: String, of source: OCILayout, into target: OCILayout, as tags: [String]) async throws {
        try await push(try source.manifest(named: name), from: source, to: target, as: tags)
    }

    @Test func whatItWritesSkopeoReads() async throws {
        try await withTemporaryDirectory { folder in
            let source = OCILayout(folder.appending("source"))
            let target = OCILayout(folder.appending("deep/target"))
            let image = try ImageFixture.write(to: source.directory, name: "app")
            #expect(try await target.tags().isEmpty)
            try await put("app", of: source, into: target, as: ["1.0.0", "latest"])
            #expect(try await target.tags() == [OCI.Tag("1.0.0"), .latest])
            for tag in ["1.0.0", "latest"] {
                let digest = try await Skopeo().digest(of: "oci:\(target.directory):\(tag)")
                #expect(digest == image.manifestDigest)
            }
        }
    }

    @Test func readsWhatSkopeoWrites() async throws {
        try await withTemporaryDirectory { folder in
            let image = try ImageFixture.write(to: folder.appending("a"), name: "app")
            try await Skopeo().copy("oci:\(folder)/a:app", to: "oci:\(folder)/b:other")
            let manifest = try OCILayout(folder.appending("b")).manifest(named: nil)
            #expect(manifest.digest.description == image.manifestDigest)
            #expect(try OCILayout(folder.appending("b")).manifest(named: "other") == manifest)
        }
    }

    @Test func aTagMovesAndTheRestStays() async throws {
        try await withTemporaryDirectory { folder in
            let source = OCILayout(folder.appending("source"))
            try ImageFixture.write(to: source.directory, name: "one", labels: ["n": "1"])
            try ImageFixture.write(to: source.directory, name: "two", labels: ["n": "2"])
            let target = OCILayout(folder.appending("target"))
            try await put("one", of: source, into: target, as: ["1", "latest"])
            // A field and an entry that we do not know.
            let index = try target.directory.appending("index.json").readText()
            let edited = index.replacing(
                "\"schemaVersion\"",
                with: "\"x-kept\" : [1.5, null, true],\n  \"schemaVersion\""
            )
            _ = try target.directory.write("index.json", edited)
            try await put("two", of: source, into: target, as: ["2", "latest"])
            #expect(try await target.digest(of: .latest) == source.manifest(named: "two").digest)
            #expect(try await target.digest(of: OCI.Tag("1")) == source.manifest(named: "one").digest)
            let text = try target.directory.appending("index.json").readText()
            #expect(text.contains("x-kept") && text.contains("1.5"))
        }
    }

    @Test func manyWritersLoseNoTag() async throws {
        try await withTemporaryDirectory { folder in
            let source = OCILayout(folder.appending("source"))
            try ImageFixture.write(to: source.directory, name: "app")
            let manifest = try source.manifest(named: "app")
            let target = OCILayout(folder.appending("target"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask { try await target.put(manifest, as: try OCI.Tag("t\(number)")) }
                }
                try await group.waitForAll()
            }
            #expect(try await target.tags().count == 40)
            // Nothing is left of the temporary files.
            let files = try await run("find", [target.directory.string, "-name", ".*"]).standardOutput
            #expect(files.isEmpty)
        }
    }

    @Test func indexesKeepTheirChildren() async throws {
        try await withTemporaryDirectory { folder in
            let written = try ImageFixture.writeIndex(to: folder, name: "multi")
            let layout = OCILayout(folder)
            let index = try layout.manifest(named: "multi")
            #expect(index.bytes == written.manifestBytes)
            for child in try index.decoded().children {
                #expect(try await layout.manifest(for: .digest(child.digest)).mediaType == .ociManifest)
            }
        }
    }

    @Test func saysWhatIsWrong() async throws {
        try await withTemporaryDirectory { folder in
            let layout = OCILayout(folder)
            #expect(try await failure { try layout.manifest(named: "x") }?.kind == .notFound)
            try ImageFixture.write(to: folder, name: "one", labels: ["n": "1"])
            try ImageFixture.write(to: folder, name: "two", labels: ["n": "2"])
            let error = try await failure { try layout.manifest(named: "three") }
            #expect(error?.hint == "name one of its images, oci:DIR:NAME: one, two")
            #expect(
                try await failure { try layout.manifest(named: nil) }?.description.contains("more than one") == true
            )
            let manifest = try layout.manifest(named: "one")
            _ = try folder.write("blobs/sha256/\(manifest.digest.hex)", manifest.bytes + [0x20])
            #expect(try await failure { try layout.manifest(named: "one") }?.kind == .digestMismatch)
            _ = try folder.write("index.json", "{\"manifests\": 1}")
            #expect(try await failure { try await layout.tags() }?.kind == .invalidResponse)
        }
    }

    @Test func tenThousandTagsAreReadInOneGo() async throws {
        try await withTemporaryDirectory { folder in
            let image = try ImageFixture.write(to: folder, name: "app")
            let entries = (0..<10_000).map { number in
                """
                {"mediaType":"\(image.mediaType)","digest":"\(image.manifestDigest)","size":\(image.manifestBytes.count),\
                "annotations":{"org.opencontainers.image.ref.name":"1.0.\(number)"}}
                """
            }
            _ = try folder.write("index.json", #"{"schemaVersion":2,"manifests":[\#(entries.joined(separator: ","))]}"#)
            // So that the file's time tells it from a later one.
            try await Task.sleep(for: .milliseconds(100))
            let layout = OCILayout(folder)
            let start = ContinuousClock.now
            let tags = try await layout.tags()
            #expect(tags.count == 10_000)
            for tag in tags { #expect(try await layout.digest(of: tag)?.description == image.manifestDigest) }
            // Read anew for each tag it takes hours in a build for tests.
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    /// Other programs write the index in place, and the same length twice within one tick of the clock.
    @Test func noChangeOfOthersIsMissed() async throws {
        try await withTemporaryDirectory { folder in
            try ImageFixture.write(to: folder, name: "one", labels: ["n": "1"])
            let layout = OCILayout(folder)
            let text = try folder.appending("index.json").readText()
            for round in 0..<200 {
                let name = "t\(100 + round)"
                _ = try folder.write("index.json", text.replacing("\"one\"", with: "\"\(name)\""))
                #expect(try await layout.tags() == [OCI.Tag(name)])
                if round % 50 == 0 { try await Task.sleep(for: .milliseconds(60)) }
                #expect(try await layout.tags() == [OCI.Tag(name)])
            }
            try await run("rm", [folder.appending("index.json").string]).requireSuccess()
            #expect(try await layout.tags().isEmpty)
        }
    }
}
