import OCI
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// Servers that do what no registry should: each ends in a clear error, and no credential goes astray.
@Suite struct MisbehavingServerTests {
    private static let manifest = """
        {"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",\
        "digest":"sha256:\(String(repeating: "ab", count: 32))","size":2},"layers":[]}
        """
    private static let ociType: TestHeaders = ["Content-Type": "application/vnd.oci.image.manifest.v1+json"]

    /// Answers `/v2/` as a registry would, and everything else as told.
    private func withServer<Value: Sendable>(
        _ answer: @escaping @Sendable (TestRequest) async -> TestResponse,
        _ body: (TestServer, RegistryRepository) async throws -> Value
    ) async throws -> Value {
        try await withTestServer { request in
            request.path == "/v2/" ? TestResponse(200, json: "{}") : await answer(request)
        } _: { server in
            try await withClient { client in
                try await body(server, try await client.repository("\(server.address)/acme/ui"))
            }
        }
    }

    @Test func aWebSiteIsNoRegistry() async throws {
        let page = TestResponse(200, headers: ["Content-Type": "text/html"], body: Array("<html>".utf8))
        try await withTestServer { _ in
            page
        } _: { server in
            try await withClient { client in
                let error = try await failure { try await client.repository("\(server.address)/acme/ui").tags() }
                #expect(error?.kind == .invalidResponse)
                #expect(error?.description.contains("does not answer as a registry") == true)
            }
        }
        try await withServer { _ in
            page
        } _: { _, repository in
            let error = try await failure { try await repository.manifest(for: .tag(.latest)) }
            #expect(error?.description.contains("a web page") == true)
        }
    }

    @Test(arguments: ["{\"tags\":[\"a\"", "[]", "{\"tags\":{}}", ""])
    func aBrokenTagListIsNoEmptyOne(body: String) async throws {
        try await withServer { _ in
            TestResponse(200, json: body)
        } _: { _, repository in
            let error = try await failure { try await repository.tags() }
            #expect(error?.kind == .invalidResponse)
        }
    }

    @Test func onlyTheRegistrysOwnWordMeansThatThereIsNoRepository() async throws {
        try await withServer { _ in
            TestResponse(404, json: #"{"errors":[{"code":"NAME_UNKNOWN","message":"unknown","detail":[1]}]}"#)
        } _: { _, repository in
            let tags = try await repository.tags()
            #expect(tags.isEmpty)
        }
        for answer in [TestResponse(404), TestResponse(404, json: "{}"), TestResponse(405), TestResponse(403)] {
            try await withServer { _ in
                answer
            } _: { _, repository in
                let error = try await failure { try await repository.tags() }
                #expect(error?.status == answer.status)
            }
        }
    }

    @Test func nullsAndStrangeNamesInATagListArePassedOver() async throws {
        try await withServer { _ in
            TestResponse(200, json: #"{"name":"x","tags":["a",null,"sha256:zz","b"]}"#)
        } _: { _, repository in
            let result = try await repository.tags()
            #expect(try result == [OCI.Tag("a"), OCI.Tag("b")])
        }
        try await withServer { _ in
            TestResponse(200, json: #"{"tags":null}"#)
        } _: { _, repository in
            let result = try await repository.tags()
            #expect(result.isEmpty)
        }
    }

    @Test func aTagListMustNotContinueElsewhereNorForEver() async throws {
        try await withServer { _ in
            TestResponse(200, headers: ["Link": #"<https://evil.example/v2/x>; rel="next""#], json: #"{"tags":["a"]}"#)
        } _: { _, repository in
            let result = try await failure { try await repository.tags() }
            #expect(result?.kind == .unsafeAddress)
        }
        try await withServer { _ in
            TestResponse(
                200,
                headers: ["Link": #"</v2/acme/ui/tags/list?last=a>; rel="next""#],
                json: #"{"tags":["a"]}"#
            )
        } _: { _, repository in
            let result = try await failure { try await repository.tags() }
            #expect(result?.kind == .invalidResponse)
        }
    }

    @Test func aWrongDigestIsRefused() async throws {
        try await withServer { _ in
            var headers = Self.ociType
            headers["Docker-Content-Digest"] = "sha256:" + String(repeating: "00", count: 32)
            return TestResponse(200, headers: headers, body: Array(Self.manifest.utf8))
        } _: { _, repository in
            let error = try await failure { try await repository.manifest(for: .tag(.latest)) }
            #expect(error?.kind == .digestMismatch)
            let asked = OCI.Digest(of: Array("other".utf8))
            let second = try await failure { try await repository.manifest(for: .digest(asked)) }
            #expect(second?.kind == .digestMismatch)
        }
    }

    @Test(arguments: [nil, "abcdef", "md5:1"] as [String?])
    func aMissingOrBrokenDigestHeaderIsReplacedByOurOwnHash(header: String?) async throws {
        try await withServer { _ in
            var headers = Self.ociType
            headers["Docker-Content-Digest"] = header
            return TestResponse(200, headers: headers, body: Array(Self.manifest.utf8))
        } _: { _, repository in
            let result = try await repository.digest(of: .latest)
            #expect(result == OCI.Digest(of: Array(Self.manifest.utf8)))
        }
    }

    @Test func theRegistryMustStoreWhatItWasGiven() async throws {
        try await withServer { _ in
            TestResponse(201, headers: ["Docker-Content-Digest": "sha256:" + String(repeating: "00", count: 32)])
        } _: { _, repository in
            let bytes = Array(Self.manifest.utf8)
            let manifest = StoredManifest(bytes: bytes, mediaType: .ociManifest, digest: OCI.Digest(of: bytes))
            let error = try await failure { try await repository.put(manifest, as: .latest) }
            #expect(error?.kind == .digestMismatch)
        }
    }

    @Test func aHugeManifestIsNotTakenIntoMemory() async throws {
        try await withServer { _ in
            TestResponse(200, headers: Self.ociType, body: [UInt8](repeating: 0x20, count: 9 << 20))
        } _: { _, repository in
            let result = try await failure { try await repository.manifest(for: .tag(.latest)) }
            #expect(result?.kind == .tooLarge)
        }
    }

    @Test func whatPassesIsTriedAgain() async throws {
        let count = Mutex(0)
        try await withServer { _ in
            let number = count.withLock { value in
                value += 1
                return value
            }
            return switch number {
            case 1: TestResponse(503, headers: ["Retry-After": "0"])
            case 2: TestResponse(200, json: #"{"tags":["a"]}"#).truncated(by: 10)
            case 3: .dropped
            case 4: TestResponse(429, headers: ["Retry-After": "0"])
            default: TestResponse(200, json: #"{"tags":["a"]}"#)
            }
        } _: { _, repository in
            let result = try await repository.tags()
            #expect(try result == [OCI.Tag("a")])
        }
        #expect(count.withLock { $0 } == 5)
    }

    @Test func whatDoesNotPassIsToldAfterFiveTries() async throws {
        try await withServer { _ in
            TestResponse(
                429,
                headers: ["Retry-After": "0"],
                json: #"{"errors":[{"code":"TOOMANYREQUESTS","message":"slow"}]}"#
            )
        } _: { server, repository in
            let error = try await failure { try await repository.tags() }
            #expect(error?.kind == .rateLimited)
            #expect(error?.codes == ["TOOMANYREQUESTS"])
            #expect(server.requests.filter { $0.path != "/v2/" }.count == 5)
        }
    }

    @Test func nothingIsWaitedForBeyondTheDeadline() async throws {
        try await withTestServer { request in
            request.path == "/v2/" ? TestResponse(200, json: "{}") : TestResponse(503, headers: ["Retry-After": "3600"])
        } _: { server in
            let start = ContinuousClock.now
            try await withClient(settings: ConnectionSettings(timeout: .seconds(120))) { client in
                let repository = try await client.repository("\(server.address)/acme/ui")
                #expect(try await failure { try await repository.tags() }?.kind == .serverFailure)
            }
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    @Test func anUploadIsNotWaitedForBeyondTheDeadlineEither() async throws {
        let content = Array("blob".utf8)
        let blob = Descriptor(mediaType: .ociConfiguration, digest: OCI.Digest(of: content), size: 4)
        try await withTestServer { request in
            switch request.method {
            case "GET": TestResponse(200, json: "{}")
            case "POST": TestResponse(202, headers: ["Location": "/up"])
            default: TestResponse(503, headers: ["Retry-After": "3600"])
            }
        } _: { server in
            let start = ContinuousClock.now
            try await withClient(settings: ConnectionSettings(timeout: .seconds(120))) { client in
                let repository = try await client.repository("\(server.address)/acme/ui")
                let failure = try await failure {
                    try await repository.put(blob: blob) { BlobContent(of: blob, bytes: content) }
                }
                #expect(failure?.kind == .serverFailure)
            }
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    @Test func aServerThatNeverAnswersRunsIntoTheDeadline() async throws {
        try await withTestServer { request in
            TestResponse(200, delay: request.path == "/v2/" ? .zero : .seconds(20))
        } _: { server in
            try await withClient(settings: ConnectionSettings(timeout: .seconds(1))) { client in
                let repository = try await client.repository("\(server.address)/acme/ui")
                #expect(try await failure { try await repository.tags() }?.kind == .timedOut)
            }
        }
    }

    @Test func aRegistryThatAsksForTokensLateGetsOneForAll() async throws {
        try await withTestServer { request in
            switch request.path {
            case "/v2/": return TestResponse(200, json: "{}")
            case "/token": return TestResponse(200, json: #"{"token":"t0ken"}"#)
            default:
                if request.headers["Authorization"] == "Bearer t0ken" { return TestResponse(404) }
                let realm = "http://\(request.headers["Host"] ?? "")/token"
                return TestResponse(401, headers: ["WWW-Authenticate": "Bearer realm=\"\(realm)\""])
            }
        } _: { server in
            try await withClient { client in
                let repository = try await client.repository("\(server.address)/acme/ui", access: .pull)
                try await withThrowingTaskGroup(of: OCI.Digest?.self) { group in
                    for number in 0..<8 {
                        group.addTask { try await repository.digest(of: OCI.Tag("t\(number)")) }
                    }
                    for try await digest in group { #expect(digest == nil) }
                }
            }
            #expect(server.requests.filter { $0.path == "/token" }.count == 1)
        }
    }

    @Test func credentialsGoToNoUnsafeRealm() async throws {
        let realms = ["https://169.254.169.254/token", "https://user:pw@auth.example/token", "ftp://auth.example/"]
        for realm in realms {
            try await withTestServer { _ in
                TestResponse(401, headers: ["WWW-Authenticate": "Bearer realm=\"\(realm)\",service=\"x\""])
            } _: { server in
                try await withClient { client in
                    let error = try await failure { try await client.repository("\(server.address)/acme/ui").tags() }
                    #expect(error?.kind == .unsafeAddress, "\(realm)")
                }
            }
        }
    }

    @Test func credentialsDoNotFollowARedirectToAnotherHost() async throws {
        let content = Array("{}".utf8)
        let blob = Descriptor(mediaType: .ociConfiguration, digest: OCI.Digest(of: content), size: 2)
        try await withTestServer { _ in
            TestResponse(200, body: content)
        } _: { storage in
            try await withTestServer { request in
                guard request.headers["Authorization"] != nil else {
                    return TestResponse(401, headers: ["WWW-Authenticate": "Basic realm=\"x\""])
                }
                return TestResponse(307, headers: ["Location": "http://\(storage.address)/signed?key=1"])
            } _: { server in
                let auths = #"{"auths":{"\#(server.address)":{"username":"ada","password":"secret"}}}"#
                try await withClient(credentials: [.inline(auths, variable: "TEST")]) { client in
                    let repository = try await client.repository("\(server.address)/acme/ui")
                    #expect(try await repository.smallBlob(blob) == content)
                }
                #expect(server.requests.last?.headers["Authorization"] != nil)
                #expect(storage.requests.map { $0.headers["Authorization"] } == [nil])
            }
        }
    }

    @Test func aBlobThatBreaksOffIsReadAgainAndNeverHalfKept() async throws {
        let content = Array(String(repeating: "x", count: 5000).utf8)
        let blob = Descriptor(mediaType: .ociConfiguration, digest: OCI.Digest(of: content), size: 5000)
        for failures in [1, 3, 9] {
            let count = Mutex(0)
            try await withTemporaryDirectory { folder in
                let layout = OCILayout(folder)
                try await withServer { _ in
                    let number = count.withLock { value in
                        value += 1
                        return value
                    }
                    let whole = TestResponse(200, body: content)
                    return number <= failures ? whole.truncated(by: 1000) : whole
                } _: { _, repository in
                    let error = try await failure {
                        try await layout.put(blob: blob) { try await repository.blob(blob) }
                    }
                    let isStored = try await layout.hasBlob(blob)
                    #expect(isStored == (failures < 9))
                    #expect(error?.kind == (failures < 9 ? nil : .unreachable))
                }
            }
        }
    }

    @Test func aBlobThatBreaksOffGoesOnWhereItBroke() async throws {
        let content = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let blob = Descriptor(mediaType: .ociConfiguration, digest: OCI.Digest(of: content), size: 5000)
        try await withTemporaryDirectory { folder in
            let layout = OCILayout(folder)
            try await withServer { request in
                guard let range = request.headers["Range"], let start = Int(range.dropFirst("bytes=".count).dropLast())
                else { return TestResponse(200, body: content).truncated(by: 4000) }
                let rest = Array(content[start...])
                return TestResponse(206, body: rest).truncated(by: min(1500, rest.count / 2))
            } _: { server, repository in
                try await layout.put(blob: blob) { try await repository.blob(blob) }
                let ranges = server.requests.compactMap { $0.headers["Range"] }
                #expect(ranges.first == "bytes=1000-")
                #expect(ranges.count > 1)
            }
            #expect(try folder.appending("blobs/sha256/\(blob.digest.hex)").readBytes() == content)
        }
    }

    @Test func anUploadMayContinueOnAnotherHostWithoutCredentials() async throws {
        let content = Array("blob".utf8)
        let blob = Descriptor(mediaType: .ociConfiguration, digest: OCI.Digest(of: content), size: 4)
        try await withTemporaryDirectory { folder in
            let layout = OCILayout(folder)
            _ = try folder.write("blobs/sha256/\(blob.digest.hex)", content)
            try await withTestServer { _ in
                TestResponse(201)
            } _: { storage in
                try await withServer { _ in
                    TestResponse(202, headers: ["Location": "http://\(storage.address)/up?state=a%2Bb"])
                } _: { _, repository in
                    try await repository.put(blob: blob) { try await layout.blob(blob) }
                }
                let request = try #require(storage.requests.first)
                #expect(request.target == "/up?state=a%2Bb&digest=\(blob.digest)")
                #expect(request.body == content)
            }
        }
    }

    @Test func anUnreachableHostIsNamed() async throws {
        try await withClient(settings: ConnectionSettings(timeout: .seconds(300))) { client in
            let error = try await failure { try await client.repository("127.0.0.1:1/acme/ui").tags() }
            #expect(error?.kind == .unreachable)
            #expect(error?.description == "127.0.0.1:1 cannot be reached: connection refused")
        }
    }

    @Test func schemaOneIsRefusedByName() async throws {
        try await withServer { _ in
            let type = "application/vnd.docker.distribution.manifest.v1+prettyjws"
            return TestResponse(200, headers: ["Content-Type": type], body: Array(#"{"schemaVersion":1}"#.utf8))
        } _: { _, repository in
            let error = try await failure { try await repository.manifest(for: .tag(.latest)) }
            #expect(error?.description.contains("schema 1") == true)
        }
    }
}

extension TestResponse {
    /// The same response, breaking off before its end.
    fileprivate func truncated(by count: Int) -> TestResponse {
        var response = self
        response.body.removeLast(count)
        response.ending = .truncated(missing: count)
        return response
    }
}
