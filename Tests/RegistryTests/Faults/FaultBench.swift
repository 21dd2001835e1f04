import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// What all cases of a suite share: a registry with tokens that holds an image, and two servers on other hosts.
struct FaultBench: Sendable {
    /// The bench that the trait `.faultBench` has set up.
    @TaskLocal static var current: FaultBench?

    static let user = "ada"
    static let password = "s3cr3t-pw"
    /// The repository that is only read.
    static let source = "faults/source"
    static let tag = "1.0.0"
    static let indexTag = "all"

    let registry: DockerRegistry
    /// Holds what the registry holds.
    let layout: OCILayout
    let image: StoredManifest
    let index: StoredManifest
    /// A layer of several network packets.
    let layer: Descriptor
    /// Another host, which serves the content without asking who wants it.
    let storage: TestServer
    /// A host that must never be spoken to.
    let trap: TestServer

    /// The address of the trap: it leads to this machine, and the rules must take it for a foreign way of saying so.
    var trapAddress: String { "0.0.0.0:\(trap.address.split(separator: ":").last ?? "")" }

    static func required() throws -> FaultBench {
        try #require(current, "the test and its suite lack the trait .faultBench")
    }

    /// Credentials for an address.
    static func credentials(for address: String) -> [CredentialFiles.Source] {
        [.inline(#"{"auths":{"\#(address)":{"username":"\#(user)","password":"\#(password)"}}}"#, variable: "TEST")]
    }

    static func with(_ body: @Sendable (FaultBench) async throws -> Void) async throws {
        let users = RegistrySetup.token(users: TokenUser(user, password: password, [.everything]))
        try await withDockerRegistry(users) { registry in
            try await withTemporaryDirectory { folder in
                let layout = OCILayout(folder)
                // Bytes in which no two neighbours are alike, so that a piece of them is never taken for another.
                let layer = TarArchive.bytes(files: [
                    (path: "data", contents: String(repeating: "0123456789", count: 6_000))
                ])
                let note = ["note": String(repeating: "z", count: 64)]
                try ImageFixture.write(to: folder, name: "image", layers: [layer], annotations: note)
                try ImageFixture.writeIndex(to: folder, name: "index", layers: [layer], annotations: note)
                let image = try layout.manifest(named: "image")
                let index = try layout.manifest(named: "index")
                try await seed(registry, layout, image, index)
                try await withTestServer { request in
                    await answer(request, from: layout, image)
                } _: { storage in
                    try await withTestServer { _ in
                        TestResponse(200, json: #"{"token":"trapped"}"#)
                    } _: { trap in
                        try await body(
                            FaultBench(
                                registry: registry,
                                layout: layout,
                                image: image,
                                index: index,
                                layer: try #require(try image.decoded().blobs.last),
                                storage: storage,
                                trap: trap
                            )
                        )
                    }
                }
            }
        }
    }

    private static func seed(
        _ registry: DockerRegistry,
        _ layout: OCILayout,
        _ image: StoredManifest,
        _ index: StoredManifest
    ) async throws {
        try await withClient(credentials: credentials(for: registry.address)) { client in
            let repository = try await client.repository("\(registry.address)/\(source)")
            try await push(image, from: layout, to: repository, as: [tag])
            for child in try index.decoded().children {
                let manifest = try await layout.manifest(for: .digest(child.digest))
                try await push(manifest, from: layout, to: repository, as: [])
                try await repository.put(manifest, as: nil)
            }
            try await repository.put(index, as: try OCI.Tag(indexTag))
        }
    }

    /// Answers as the registry would where it is asked for content, and knows nothing else.
    private static func answer(_ request: TestRequest, from layout: OCILayout, _ image: StoredManifest) async
        -> TestResponse
    {
        let name = request.path.split(separator: "/").last.map(String.init) ?? ""
        switch RequestKind(method: request.method, target: request.target) {
        case .tagList:
            return TestResponse(200, json: #"{"name":"\#(source)","tags":["\#(tag)","\#(indexTag)"]}"#)
        case .manifestGET, .manifestHEAD:
            let digest = (try? Digest(parsing: name)) ?? image.digest
            guard let manifest = try? await layout.manifest(for: .digest(digest)) else { return TestResponse(404) }
            let headers: TestHeaders = [
                "Content-Type": manifest.mediaType.rawValue, "Docker-Content-Digest": digest.description,
            ]
            return TestResponse(200, headers: headers, body: manifest.bytes)
        case .blobGET, .blobHEAD:
            let path = layout.directory.appending("blobs/sha256/\(name.dropFirst("sha256:".count))")
            return (try? path.readBytes()).map { TestResponse(200, body: $0) } ?? TestResponse(404)
        case .token:
            return TestResponse(401)
        default:
            return TestResponse(404)
        }
    }
}

/// Sets up a bench for a suite, or for a single test.
struct FaultBenchTrait: SuiteTrait, TestTrait, TestScoping {
    func scopeProvider(for test: Test, testCase: Test.Case?) -> FaultBenchTrait? {
        testCase == nil ? self : nil
    }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await FaultBench.with { bench in
            try await FaultBench.$current.withValue(bench) { try await function() }
        }
    }
}

extension Trait where Self == FaultBenchTrait {
    /// Gives the suite or test a bench: `FaultBench.required()`.
    static var faultBench: Self { FaultBenchTrait() }
}
