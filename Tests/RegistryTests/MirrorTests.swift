import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// Mirrors serve content that has a digest, and nothing that may be from yesterday.
@Suite(.dockerRegistry(.open)) struct MirrorTests {
    @Test(arguments: [true, false])
    func contentComesFromAMirrorAndTagsFromTheRegistry(mirrorIsHonest: Bool) async throws {
        let registry = try DockerRegistry.required()
        try await withTemporaryDirectory { folder in
            try ImageFixture.write(to: folder, name: "app")
            let layout = OCILayout(folder)
            let manifest = try layout.manifest(named: "app")
            try await withClient { client in
                let repository = try await client.repository("\(registry.address)/mirrored/ui")
                try await push(manifest, from: layout, to: repository, as: ["1.0.0"])
            }
            try await withTestServer { request in
                if request.path == "/v2/" { return TestResponse(200, json: "{}") }
                guard request.path == "/v2/mirrored/ui/manifests/\(manifest.digest)" else { return TestResponse(404) }
                return TestResponse(
                    200,
                    headers: ["Content-Type": manifest.mediaType.rawValue],
                    body: mirrorIsHonest ? manifest.bytes : Array("{}".utf8)
                )
            } _: { mirror in
                let own = try RegistryHost(parsing: registry.address)
                let settings = ConnectionSettings(
                    timeout: .seconds(300),
                    hosts: [own: .init(mirrors: [try RegistryHost(parsing: mirror.address)])]
                )
                try await withClient(settings: settings) { client in
                    let repository = try await client.repository("\(own)/mirrored/ui", access: .pull)
                    #expect(try await repository.digest(of: OCI.Tag("1.0.0")) == manifest.digest)
                    #expect(try await repository.manifest(for: .digest(manifest.digest)) == manifest)
                    // The mirror lacks the blob, so the registry gives it.
                    let config = try #require(try manifest.decoded().blobs.first)
                    #expect(try await repository.smallBlob(config) == layout.smallBlob(config))
                }
                let paths = mirror.requests.map(\.path)
                #expect(paths.contains("/v2/mirrored/ui/manifests/\(manifest.digest)"))
                #expect(!paths.contains { $0.hasSuffix("/manifests/1.0.0") || $0.hasSuffix("/tags/list") })
            }
        }
    }
}
