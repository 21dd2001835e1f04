import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// A registry behind nginx: TLS, HTTP/2, and a limit on the size of requests.
@Suite(.dockerRegistry(.open)) struct NginxTests {
    private func settings(_ nginx: Nginx) throws -> ConnectionSettings {
        ConnectionSettings(
            timeout: .seconds(300),
            hosts: [try RegistryHost(parsing: nginx.address): .init(certificateAuthority: nginx.certificateAuthority)]
        )
    }

    @Test func manyRequestsShareOneConnectionByHTTP2() async throws {
        let registry = try DockerRegistry.required()
        try await withNginx(before: registry) { nginx in
            try await withTemporaryDirectory { folder in
                try ImageFixture.write(to: folder, name: "app")
                let layout = OCILayout(folder)
                let manifest = try layout.manifest(named: "app")
                try await withClient(settings: try settings(nginx)) { client in
                    let repository = try await client.repository("\(nginx.address)/nginx/h2")
                    let tags = (0..<32).map { "t\($0)" }
                    try await push(manifest, from: layout, to: repository, as: ["t0"])
                    let failures = await repository.put(manifest, as: try tags.map { try OCI.Tag($0) })
                    #expect(failures.isEmpty)
                    #expect(try await repository.tags().count == 32)
                }
                // The first question goes without TLS, as to every loopback address; layers go by HTTP/1.1.
                let log = try nginx.accessLog.readText().split(separator: "\n").dropFirst()
                    .filter { !$0.hasPrefix("PUT /v2/nginx/h2/blobs/") && !$0.hasPrefix("GET /v2/nginx/h2/blobs/") }
                #expect(log.count > 32)
                #expect(log.allSatisfy { $0.contains("HTTP/2.0") }, "\(log)")
            }
        }
    }

    /// 413 for the whole: it goes in pieces.
    @Test func aLayerThatIsTooLargeForOneRequestGoesInPieces() async throws {
        let registry = try DockerRegistry.required()
        try await withNginx(before: registry, bodyLimit: "17m") { nginx in
            try await withTemporaryDirectory { folder in
                let layer = (0..<(40 << 20)).map { UInt8(truncatingIfNeeded: $0 ^ ($0 >> 9)) }
                let written = try ImageFixture.write(to: folder, name: "big", layers: [layer])
                let layout = OCILayout(folder)
                let manifest = try layout.manifest(named: "big")
                try await withClient(settings: try settings(nginx)) { client in
                    let repository = try await client.repository("\(nginx.address)/nginx/pieces")
                    try await push(manifest, from: layout, to: repository, as: ["1.0.0"])
                }
                #expect(
                    try await registry.skopeo().digest(of: registry.image("nginx/pieces:1.0.0"))
                        == written.manifestDigest
                )
                let log = try nginx.accessLog.readText()
                #expect(log.contains(" 413\n"))
                #expect(log.split(separator: "\n").filter { $0.hasPrefix("PATCH ") && $0.hasSuffix(" 202") }.count == 3)
            }
        }
    }

    @Test func evenPiecesMayBeTooLarge() async throws {
        let registry = try DockerRegistry.required()
        try await withNginx(before: registry, bodyLimit: "1m") { nginx in
            try await withTemporaryDirectory { folder in
                let layer = [UInt8](repeating: 7, count: 3 << 20)
                try ImageFixture.write(to: folder, name: "big", layers: [layer])
                let layout = OCILayout(folder)
                let blob = try #require(try layout.manifest(named: "big").decoded().blobs.last)
                try await withClient(settings: try settings(nginx)) { client in
                    let repository = try await client.repository("\(nginx.address)/nginx/never")
                    let error = try await failure {
                        try await repository.put(blob: blob) { try await layout.blob(blob) }
                    }
                    #expect(error?.kind == .tooLarge)
                    #expect(error?.description.contains("413") == true)
                }
            }
        }
    }
}
