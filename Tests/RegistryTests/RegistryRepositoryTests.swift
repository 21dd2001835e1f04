import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

@Suite(.dockerRegistry(.open)) struct OpenRegistryTests {
    @Test func whatItPushesSkopeoReadsBack() async throws {
        let registry = try DockerRegistry.required()
        try await withTemporaryDirectory { folder in
            let written = try ImageFixture.write(to: folder, name: "app", labels: ["a": "b"])
            let layout = OCILayout(folder)
            let manifest = try layout.manifest(named: "app")
            try await withClient { client in
                let repository = try await client.repository("\(registry.address)/acme/ui")
                #expect(try await repository.tags().isEmpty)
                #expect(try await repository.digest(of: .latest) == nil)
                try await push(manifest, from: layout, to: repository, as: ["1.0.0", "latest"])
                #expect(try await repository.tags() == [OCI.Tag("1.0.0"), .latest])
                #expect(try await repository.digest(of: .latest) == manifest.digest)
                #expect(try await repository.manifest(for: .tag(.latest)) == manifest)
                #expect(try await repository.manifest(for: .digest(manifest.digest)).bytes == written.manifestBytes)
            }
            for tag in ["1.0.0", "latest"] {
                #expect(
                    try await registry.skopeo().digest(of: registry.image("acme/ui:\(tag)")) == written.manifestDigest
                )
            }
        }
    }

    @Test func readsPagesOfTags() async throws {
        let registry = try DockerRegistry.required()
        try await withTemporaryDirectory { folder in
            try ImageFixture.write(to: folder, name: "app")
            let layout = OCILayout(folder)
            let manifest = try layout.manifest(named: "app")
            try await withClient { client in
                let repository = try await client.repository("\(registry.address)/acme/many")
                let names = (0..<1050).map { "t\($0)" }
                try await push(manifest, from: layout, to: repository, as: ["t0"])
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (index, name) in names.enumerated() {
                        if index >= 16 { try await group.next() }
                        group.addTask { try await repository.put(manifest, as: try OCI.Tag(name)) }
                    }
                    try await group.waitForAll()
                }
                #expect(try await repository.tags().count == names.count)
            }
        }
    }

    @Test func missingImagesAreNotFound() async throws {
        let registry = try DockerRegistry.required()
        try await withClient { client in
            let repository = try await client.repository("\(registry.address)/acme/none", access: .pull)
            let error = try await failure { try await repository.manifest(for: .tag(.latest)) }
            #expect(error?.kind == .notFound)
            #expect(error?.codes == ["MANIFEST_UNKNOWN"])
            #expect(error?.description.contains("acme/none:latest") == true)
            let blob = Descriptor(mediaType: .ociConfiguration, digest: OCI.Digest(of: []), size: 0)
            #expect(try await repository.hasBlob(blob) == false)
        }
    }

    @Test func aDamagedBlobIsNotStored() async throws {
        let registry = try DockerRegistry.required()
        try await withTemporaryDirectory { folder in
            try ImageFixture.write(to: folder, name: "app")
            let layout = OCILayout(folder)
            let layer = try #require(try layout.manifest(named: "app").decoded().blobs.last)
            let path = folder.appending("blobs/sha256/\(layer.digest.hex)")
            var bytes = try path.readBytes()
            bytes[10] ^= 1
            _ = try folder.write("blobs/sha256/\(layer.digest.hex)", bytes)
            try await withClient { client in
                let repository = try await client.repository("\(registry.address)/acme/damaged")
                let error = try await failure { try await repository.put(blob: layer) { try await layout.blob(layer) } }
                #expect(error?.kind == .digestMismatch)
                #expect(try await repository.hasBlob(layer) == false)
            }
        }
    }

    @Test func oneRunAsksForTheChallengeOnce() async throws {
        try await withDockerRegistry(.open) { registry in
            try await withClient { client in
                let repository = try await client.repository("\(registry.address)/acme/quiet", access: .pull)
                await withTaskGroup(of: Void.self) { group in
                    for index in 0..<8 {
                        group.addTask { _ = try? await repository.digest(of: try OCI.Tag("t\(index)")) }
                    }
                }
            }
            let requests = try await registry.requests().filter { $0.userAgent == "tagboat" }
            #expect(requests.map { "\($0.method) \($0.target)" }.sorted().first == "GET /v2/", "\(requests)")
            #expect(requests.filter { $0.target == "/v2/" }.count == 1)
            #expect(requests.count == 9)
        }
    }
}

@Suite(.dockerRegistry(.passwordOverTLS(user: "ada", password: "p:ss w$rd"))) struct PasswordRegistryTests {
    private func credentials(_ registry: DockerRegistry, password: String) throws -> [CredentialFiles.Source] {
        let auth = BasicAuthorization.header("ada", Secret(password)).dropFirst("Basic ".count)
        return [.inline(#"{"auths":{"\#(registry.address)":{"auth":"\#(auth)"}}}"#, variable: "TEST")]
    }

    private func settings(_ registry: DockerRegistry) throws -> ConnectionSettings {
        let host = try RegistryHost(parsing: registry.address)
        return ConnectionSettings(
            timeout: .seconds(300),
            hosts: [host: .init(certificateAuthority: registry.certificateAuthority)]
        )
    }

    @Test func pushesWithThePrivateAuthorityAndThePassword() async throws {
        let registry = try DockerRegistry.required()
        try await withTemporaryDirectory { folder in
            let written = try ImageFixture.write(to: folder, name: "app")
            let layout = OCILayout(folder)
            let sources = try credentials(registry, password: "p:ss w$rd")
            try await withClient(settings: try settings(registry), credentials: sources) { client in
                let repository = try await client.repository("\(registry.address)/acme/ui")
                try await push(try layout.manifest(named: "app"), from: layout, to: repository, as: ["1.0.0"])
            }
            let skopeo = registry.skopeo(as: "ada:p:ss w$rd")
            #expect(try await skopeo.digest(of: registry.image("acme/ui:1.0.0")) == written.manifestDigest)
        }
    }

    @Test func wrongAndMissingPasswordsAreUnauthorized() async throws {
        let registry = try DockerRegistry.required()
        for sources in [[], try credentials(registry, password: "wrong")] {
            try await withClient(settings: try settings(registry), credentials: sources) { client in
                let repository = try await client.repository("\(registry.address)/acme/ui")
                let error = try await failure { try await repository.tags() }
                #expect(error?.kind == .unauthorized)
                #expect(error?.status == 401)
                #expect(error?.hint?.contains(sources.isEmpty ? "docker login" : "user ada") == true)
                #expect(error?.description.contains("wrong") == false)
            }
        }
    }

    @Test func anUnknownAuthorityIsRefused() async throws {
        let registry = try DockerRegistry.required()
        try await withClient { client in
            let repository = try await client.repository("\(registry.address)/acme/ui")
            let error = try await failure { try await repository.tags() }
            #expect(error?.kind == .untrustedCertificate)
            #expect(error?.hint?.contains("SSL_CERT_FILE") == true)
        }
    }

    @Test func theSystemsAuthoritiesCanBeAFile() async throws {
        let registry = try DockerRegistry.required()
        let settings = ConnectionSettings(timeout: .seconds(300), systemCertificates: registry.certificateAuthority)
        try await withClient(settings: settings, credentials: try credentials(registry, password: "p:ss w$rd")) {
            client in
            let tags = try await client.repository("\(registry.address)/acme/empty").tags()
            #expect(tags.isEmpty)
        }
    }
}

@Suite struct TokenRegistryTests {
    private func auth(_ address: String, _ user: String, _ password: String) -> [CredentialFiles.Source] {
        let auth = BasicAuthorization.header(user, Secret(password)).dropFirst("Basic ".count)
        return [.inline(#"{"auths":{"\#(address)":{"auth":"\#(auth)"}}}"#, variable: "TEST")]
    }

    private let users = RegistrySetup.token(
        users: TokenUser("ada", password: "secret", [.everything]),
        TokenUser("bob", password: "secret", [.pull])
    )

    @Test func oneTokenServesARun() async throws {
        try await withDockerRegistry(users) { registry in
            let issuer = try #require(registry.tokenIssuer)
            try await withTemporaryDirectory { folder in
                let written = try ImageFixture.write(to: folder, name: "app")
                let layout = OCILayout(folder)
                let manifest = try layout.manifest(named: "app")
                try await withClient(credentials: auth(registry.address, "ada", "secret")) { client in
                    let first = try await client.repository("\(registry.address)/acme/one")
                    let second = try await client.repository("\(registry.address)/acme/two")
                    try await push(manifest, from: layout, to: first, as: ["1.0.0"])
                    try await push(manifest, from: layout, to: second, as: ["1.0.0"])
                    _ = try await first.tags()
                }
                #expect(issuer.requests.count == 1)
                let request = try #require(issuer.requests.first)
                let scopes = ["repository:acme/one:pull,push", "repository:acme/two:pull,push"]
                #expect(request.queryValues("scope") == scopes)
                #expect(request.queryValues("service") == [issuer.service])
                let skopeo = registry.skopeo(as: "ada:secret")
                #expect(try await skopeo.digest(of: registry.image("acme/two:1.0.0")) == written.manifestDigest)
            }
        }
    }

    @Test func whoMayOnlyReadIsDenied() async throws {
        try await withDockerRegistry(users) { registry in
            try await withTemporaryDirectory { folder in
                try ImageFixture.write(to: folder, name: "app")
                let layout = OCILayout(folder)
                try await withClient(credentials: auth(registry.address, "bob", "secret")) { client in
                    let repository = try await client.repository("\(registry.address)/acme/one")
                    #expect(try await repository.tags().isEmpty)
                    let error = try await failure {
                        try await push(try layout.manifest(named: "app"), from: layout, to: repository, as: ["1"])
                    }
                    #expect(error?.kind == .unauthorized || error?.kind == .denied)
                }
            }
        }
    }

    @Test func aWrongPasswordNamesTheTokenServer() async throws {
        try await withDockerRegistry(users) { registry in
            try await withClient(credentials: auth(registry.address, "ada", "wr0ng")) { client in
                let repository = try await client.repository("\(registry.address)/acme/one")
                let error = try await failure { try await repository.tags() }
                #expect(error?.kind == .unauthorized)
                #expect(error?.hint?.contains("user ada") == true)
                #expect("\(String(describing: error))".contains("wr0ng") == false)
            }
        }
    }

    @Test func aTokenThatRunsOutIsRenewed() async throws {
        // The registry accepts a token for a minute beyond its end, so this one is refused from the start.
        var policy = TokenPolicy(users: [TokenUser("ada", password: "secret", [.everything])], lifetime: -61)
        policy.announcedLifetime = 300
        try await withDockerRegistry(.token(policy)) { registry in
            let issuer = try #require(registry.tokenIssuer)
            try await withClient(credentials: auth(registry.address, "ada", "secret")) { client in
                let repository = try await client.repository("\(registry.address)/acme/one")
                let error = try await failure { try await repository.tags() }
                #expect(error?.kind == .unauthorized)
            }
            // Asked for a second one when the first was refused, and then gave up.
            #expect(issuer.requests.count == 2)
        }
    }
}
