import Logging
import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// Runs a body with an engine that is closed behind it.
func withEngine<Value>(_ address: String, _ body: (Engine) async throws -> Value) async throws -> Value {
    let engine = Engine(
        environment: ["DOCKER_HOST": address],
        settings: ConnectionSettings(timeout: .seconds(120)),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    do {
        let value = try await body(engine)
        await engine.close()
        return value
    } catch {
        await engine.close()
        throw error
    }
}

extension Engine {
    fileprivate nonisolated func repository(_ name: String) throws -> EngineRepository {
        repository(try RepositoryName(parsing: name))
    }
}

@Suite struct EngineRepositoryTests {
    /// Copies an image and gives the store, as it is after that.
    private func load(_ image: SampleImage, into engine: Engine, _ name: String = "acme/ui", as tags: [String])
        async throws -> EngineRepository
    {
        let store = try engine.repository(name)
        try await store.recognise(image.manifest, from: image.layout)
        try await copy(image.manifest, from: image.layout, to: store, as: tags)
        return store
    }

    @Test func whatIsLoadedPodmanHasAndGivesBack() async throws {
        try await withPodman { podman in
            let image = try SampleImage(in: podman.folder.appending("source"))
            try await podman.serving {
                try await withEngine(podman.address) { engine in
                    #expect(try await engine.repository("acme/ui").tags().isEmpty)
                    let store = try await load(image, into: engine, as: ["1.0", "latest"])
                    #expect(try await store.tags() == [OCI.Tag("1.0"), .latest])
                    // The image is known by its ID, and recognised as the one that was sent.
                    #expect(try await store.digest(of: .latest) == image.manifest.digest)
                    #expect(try await store.digest(of: OCI.Tag("2.0")) == nil)
                    let stranger = try engine.repository("acme/ui")
                    #expect(try await stranger.digest(of: .latest)?.description == image.written.configDigest)
                    try await stranger.recognise(image.manifest, from: image.layout)
                    #expect(try await stranger.digest(of: .latest) == image.manifest.digest)
                    #expect(try await stranger.configuration(of: image.manifest.digest)?.labels["n"] == "1")
                    // Another repository is another one, though it is the same image.
                    #expect(try await engine.repository("other/acme/ui").tags().isEmpty)

                    let manifest = try await stranger.manifest(of: ImageReference(parsing: "acme/ui:1.0"))
                    #expect(try manifest.decoded().blobs.first?.digest.description == image.written.configDigest)
                    try await readWhole(manifest, from: stranger)
                    #expect(await stranger.remark?.contains("holds no manifests") == true)
                    let layout = OCILayout(podman.folder.appending("out"))
                    try await copy(manifest, from: stranger, to: layout, as: ["x"])
                    #expect(try await Skopeo().digest(of: "oci:\(layout.directory):x") == manifest.digest.description)
                }
            }
            let names = try await podman("images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}")
            #expect(names.contains("docker.io/acme/ui:1.0 \(image.written.configDigest)"))
        }
    }

    @Test func whatIsThereIsTaggedAndNotSentAgain() async throws {
        try await withPodman { podman in
            let one = try SampleImage(in: podman.folder.appending("one"), labels: ["n": "1"])
            let two = try SampleImage(in: podman.folder.appending("two"), labels: ["n": "2"])
            try await podman.serving {
                try await withEngine(podman.address) { engine in
                    _ = try await load(one, into: engine, as: ["1.0", "latest"])
                    _ = try await load(two, into: engine, as: ["2.0", "latest"])
                    let store = try engine.repository("acme/ui")
                    try await store.recognise(one.manifest, from: one.layout)
                    // Its blobs are said to be there, so that nobody brings them.
                    for blob in try one.manifest.decoded().blobs { #expect(try await store.hasBlob(blob)) }
                    try await store.put(one.manifest, as: OCI.Tag("1"))
                    #expect(try await store.digest(of: OCI.Tag("1")) == one.manifest.digest)
                    #expect(try await engine.repository("acme/ui").digest(of: OCI.Tag("1")) == nil)
                    try await store.commit()
                    // An image that the engine has is tagged by its ID alone.
                    let id = try #require(try await store.digest(of: OCI.Tag("2.0")))
                    #expect(try await store.retag(id, as: [OCI.Tag("2")]).isEmpty)
                    try await store.commit()
                    let fresh = try engine.repository("acme/ui")
                    #expect(try await fresh.digest(of: OCI.Tag("1"))?.description == one.written.configDigest)
                    #expect(try await fresh.digest(of: OCI.Tag("2"))?.description == two.written.configDigest)
                    #expect(try await fresh.digest(of: .latest)?.description == two.written.configDigest)
                    #expect(try await fresh.tags().count == 5)
                }
            }
        }
    }

    @Test func anIndexGoesInAsTheEnginesOwnPlatform() async throws {
        try await withPodman { podman in
            let layout = OCILayout(podman.folder.appending("source"))
            let written = try ImageFixture.writeIndex(to: layout.directory, name: "multi")
            let index = try layout.manifest(named: "multi")
            try await podman.serving {
                try await withEngine(podman.address) { engine in
                    let store = try engine.repository("acme/ui")
                    try await copy(index, from: layout, to: store, as: ["1.0", "1"])
                    #expect(try await store.digest(of: OCI.Tag("1.0")) == index.digest)
                    let id = try await engine.repository("acme/ui").digest(of: OCI.Tag("1"))?.description
                    #expect(written.images.map(\.configDigest).contains(id ?? ""))
                    let info = try await podman("info", "--format", "{{.Host.Arch}}")
                    #expect(id == written.images[info == "arm64" ? 1 : 0].configDigest)
                    // It is recognised later on.
                    let later = try engine.repository("acme/ui")
                    try await later.recognise(index, from: layout)
                    #expect(try await later.digest(of: OCI.Tag("1.0")) == index.digest)
                    for child in written.images {
                        let known = try await later.manifest(for: .digest(Digest(parsing: child.manifestDigest)))
                        #expect(known.bytes == child.manifestBytes)
                    }
                }
            }
        }
    }

    @Test func saysWhatTheEngineHasInstead() async throws {
        try await withPodman { podman in
            let image = try SampleImage(in: podman.folder.appending("source"))
            try await podman.serving {
                try await withEngine(podman.address) { engine in
                    _ = try await load(image, into: engine, "localhost/acme/ui", as: ["1.0"])
                    let store = try engine.repository("acme/ui")
                    let error = try await failure {
                        try await store.manifest(of: ImageReference(parsing: "acme/ui:1.0"))
                    }
                    #expect(error?.kind == .notFound)
                    #expect(error?.description == "\(podman.address) has no image docker.io/acme/ui:1.0")
                    #expect(error?.hint == "it has localhost/acme/ui:1.0")
                }
            }
        }
    }

    // MARK: An engine that fails

    /// An engine of our own, which answers what a test wants behind a ping.
    private func withFailingEngine(
        _ answers: [String: TestResponse],
        _ body: (Engine, TestServer) async throws -> Void
    ) async throws {
        try await withTestServer { request in
            if request.path == "/_ping" { return TestResponse(200, headers: ["API-Version": "1.99"]) }
            for (suffix, answer) in answers where request.path.hasSuffix(suffix) { return answer }
            return TestResponse(404, json: #"{"message":"no such image"}"#)
        } _: { server in
            try await withEngine("tcp://\(server.address)") { try await body($0, server) }
        }
    }

    @Test(
        arguments: [
            #"{"stream":"Loading"}"# + "\n" + #"{"errorDetail":{"message":"no space left"},"error":"x"}"# + "\n",
            #"{"error":"no space left"}"#,
        ]
    )
    func anErrorBehindStatus200IsSeen(lines: String) async throws {
        try await withTemporaryDirectory { folder in
            let image = try SampleImage(in: folder.appending("source"))
            try await withFailingEngine(["/images/load": TestResponse(200, json: lines)]) { engine, server in
                let store = try engine.repository("acme/ui")
                let error = try await failure {
                    try await copy(image.manifest, from: image.layout, to: store, as: ["1.0"])
                }
                #expect(error?.description == "the images could not be loaded into the engine: no space left")
                // What was sent is an archive that says its length, below the version that we know.
                let request = try #require(server.requests.last)
                #expect(request.method == "POST" && request.target == "/v1.43/images/load?quiet=1")
                #expect(request.headers["Content-Length"] == String(request.body.count))
                let archive = try folder.write("sent.tar", request.body)
                #expect(try await ArchiveStore.docker(archive).digest(of: OCI.Tag("1.0")) == image.manifest.digest)
            }
        }
    }

    @Test func anEngineThatLoadsSomethingElseIsNoticed() async throws {
        try await withTemporaryDirectory { folder in
            let image = try SampleImage(in: folder.appending("source"))
            let other = "sha256:" + String(repeating: "ab", count: 32)
            let answers = [
                "/images/load": TestResponse(200, json: "{}"),
                "/images/docker.io/acme/ui:1.0/json": TestResponse(200, json: #"{"Id":"\#(other)"}"#),
            ]
            try await withFailingEngine(answers) { engine, _ in
                let store = try engine.repository("acme/ui")
                let error = try await failure {
                    try await copy(image.manifest, from: image.layout, to: store, as: ["1.0"])
                }
                #expect(error?.kind == .invalidResponse)
            }
        }
    }

    @Test func errorsComeInTheEnginesWords() async throws {
        let answers = [
            "/images/json": TestResponse(500, json: #"{"message":"storage\nis broken"}"#),
            "/images/docker.io/acme/ui:1/json": TestResponse(200, json: "[]"),
        ]
        try await withFailingEngine(answers) { engine, _ in
            let store = try engine.repository("acme/ui")
            let error = try await failure { try await store.tags() }
            #expect(
                error?.description
                    == "the images of docker-daemon:docker.io/acme/ui could not be listed: storage is broken"
            )
            #expect(try await failure { try await store.digest(of: OCI.Tag("1")) }?.kind == .invalidResponse)
            #expect(try await store.digest(of: OCI.Tag("2")) == nil)
        }
    }

    @Test func aSaveThatBreaksOffIsNoImage() async throws {
        let answers = [
            "/images/docker.io/acme/ui:1/json": TestResponse(
                200,
                json: #"{"Id":"\#(String(repeating: "ab", count: 32))"}"#
            ),
            "/images/docker.io/acme/ui:1/get": TestResponse(200, body: [1, 2, 3], ending: .truncated(missing: 500)),
        ]
        try await withFailingEngine(answers) { engine, _ in
            let store = try engine.repository("acme/ui")
            let error = try await failure { try await store.manifest(for: .tag(OCI.Tag("1"))) }
            #expect(error?.kind == .unreachable)
        }
    }

    @Test func aSocketWithoutAnEngineSaysSo() async throws {
        try await withTemporaryDirectory { folder in
            for (address, reason) in [("unix://\(folder)/none.sock", "No such file"), ("tcp://127.0.0.1:1", "refused")]
            {
                try await withEngine(address) { engine in
                    let error = try await failure { try await engine.repository("acme/ui").tags() }
                    #expect(error?.kind == .unreachable)
                    #expect(
                        error?.description.hasPrefix("the container engine at \(address) does not answer: ") == true
                    )
                    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
                }
            }
        }
    }
}
