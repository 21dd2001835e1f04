import OCI
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// What refers to an image: the API where there is one, the tag that stands in for it, and layouts.
@Suite struct ReferrersTests {
    private static func digest(_ number: Int) -> String {
        let hex = String(number, radix: 16)
        return "sha256:" + String(repeating: "0", count: 64 - hex.count) + hex
    }

    private static func entry(_ number: Int, _ type: String) -> String {
        """
        {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"\(digest(number))","size":7,\
        "artifactType":"\(type)","annotations":{"n":"\(number)"}}
        """
    }

    private static func index(_ entries: [String]) -> String {
        #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\#(entries.joined(separator: ","))]}"#
    }

    private static let indexType: TestHeaders = ["Content-Type": "application/vnd.oci.image.index.v1+json"]

    /// Asks a server that answers `/v2/` as a registry would, and everything else as told.
    private func referrers(
        type: String? = nil,
        _ answer: @escaping @Sendable (TestRequest) -> TestResponse
    ) async throws -> (numbers: [String], requests: [String]) {
        try await withTestServer { request in
            request.path == "/v2/" ? TestResponse(200, json: "{}") : answer(request)
        } _: { server in
            try await withClient { client in
                let repository = try await client.repository("\(server.address)/acme/ui", access: .pull)
                let subject = try OCI.Digest(parsing: Self.digest(255))
                let found = try await repository.referrers(of: subject, artifactType: type)
                let requests = server.requests.map(\.target).filter { $0 != "/v2/" }
                return (found.compactMap { $0.annotations?["n"] }, requests)
            }
        }
    }

    @Test func pagesAreFollowed() async throws {
        let path = "/v2/acme/ui/referrers/\(Self.digest(255))"
        let result = try await referrers { request in
            var headers = Self.indexType
            if request.query == nil {
                headers["Link"] = "<\(path)?last=2>; rel=\"next\""
                return TestResponse(200, headers: headers, json: Self.index([Self.entry(1, "a"), Self.entry(2, "b")]))
            }
            return TestResponse(200, headers: headers, json: Self.index([Self.entry(2, "b"), Self.entry(3, "a")]))
        }
        #expect(result.numbers == ["1", "2", "3"])
        #expect(result.requests == [path, path + "?last=2"])
    }

    /// A registry says whether it has filtered; where it has not, we do.
    @Test(arguments: [("artifactType", ["1", "2"]), ("", ["1"]), ("other, artifactType", ["1", "2"])])
    func filtersWhatTheRegistryHasNot(header: String, expected: [String]) async throws {
        let result = try await referrers(type: "application/a+json") { _ in
            var headers = Self.indexType
            if !header.isEmpty { headers["OCI-Filters-Applied"] = header }
            let entries = [Self.entry(1, "application/a+json"), Self.entry(2, "b")]
            return TestResponse(200, headers: headers, json: Self.index(entries))
        }
        #expect(result.numbers == expected)
        #expect(result.requests.first?.hasSuffix("?artifactType=application/a%2Bjson") == true)
    }

    /// Answers of registries that do not know of referrers.
    @Test(arguments: [
        TestResponse(404, json: "{}"), TestResponse(400), TestResponse(405), TestResponse(501),
        TestResponse(200, headers: ["Content-Type": "text/html"], body: Array("<html>".utf8)),
    ])
    func theTagStandsIn(answer: TestResponse) async throws {
        let tag = "/v2/acme/ui/manifests/sha256-" + Self.digest(255).dropFirst("sha256:".count)
        let result = try await referrers(type: "a") { request in
            guard request.path == tag else { return answer }
            return TestResponse(
                200,
                headers: Self.indexType,
                json: Self.index([Self.entry(1, "a"), Self.entry(2, "b"), Self.entry(1, "a")])
            )
        }
        #expect(result.numbers == ["1"])
        #expect(result.requests.last == tag)
    }

    @Test func noReferrersAreNoFailure() async throws {
        let empty = try await referrers { _ in TestResponse(200, headers: Self.indexType, json: Self.index([])) }
        #expect(empty.numbers.isEmpty && empty.requests.count == 1)
        let none = try await referrers { _ in
            TestResponse(404, json: #"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"x"}]}"#)
        }
        #expect(none.numbers.isEmpty && none.requests.count == 2)
    }

    struct Broken: Sendable {
        let name: String
        let answer: TestResponse
        let kind: RegistryError.Kind
    }

    @Test(arguments: [
        Broken(name: "denied", answer: TestResponse(403), kind: .denied),
        Broken(name: "no JSON", answer: TestResponse(200, headers: indexType, json: "{"), kind: .invalidResponse),
        Broken(
            name: "a digest that is none",
            answer: TestResponse(200, headers: indexType, json: index([#"{"mediaType":"x","digest":"y","size":1}"#])),
            kind: .invalidResponse
        ),
        Broken(
            name: "another host",
            answer: TestResponse(
                200,
                headers: [
                    "Content-Type": "application/vnd.oci.image.index.v1+json",
                    "Link": #"<https://evil.example/x>; rel="next""#,
                ],
                json: index([])
            ),
            kind: .unsafeAddress
        ),
        Broken(
            name: "without end",
            answer: TestResponse(
                200,
                headers: [
                    "Content-Type": "application/vnd.oci.image.index.v1+json", "Link": #"<?last=1>; rel="next""#,
                ],
                json: index([])
            ),
            kind: .invalidResponse
        ),
        Broken(
            name: "too many",
            answer: TestResponse(
                200,
                headers: indexType,
                json: index(
                    (0...SizeLimit.referrers).map { number in
                        #"{"mediaType":"x","digest":"\#(digest(number))","size":1}"#
                    }
                )
            ),
            kind: .tooLarge
        ),
    ])
    func aBrokenAnswerIsNoEmptyOne(item: Broken) async throws {
        let error = try await failure { try await referrers { _ in item.answer } }
        #expect(error?.kind == item.kind, "\(item.name): \(error?.description ?? "")")
    }

    // MARK: Real parties

    /// A referrer of an image in a layout, as any client would store it.
    private func attach(_ type: String, to subject: StoredManifest, in layout: OCILayout) async throws -> StoredManifest
    {
        let empty = Array("{}".utf8)
        let blob = Descriptor(
            mediaType: MediaType(rawValue: "application/vnd.oci.empty.v1+json"),
            digest: OCI.Digest(of: empty),
            size: 2
        )
        _ = try layout.directory.write("blobs/sha256/\(blob.digest.hex)", empty)
        let json = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"\(type)",\
            "config":{"mediaType":"\(blob.mediaType)","digest":"\(blob.digest)","size":2},"layers":[],\
            "subject":{"mediaType":"\(subject.mediaType)","digest":"\(subject.digest)","size":\(subject.bytes.count)},\
            "annotations":{"by":"test"}}
            """
        let bytes = Array(json.utf8)
        return StoredManifest(bytes: bytes, mediaType: .ociManifest, digest: OCI.Digest(of: bytes))
    }

    @Test(.dockerRegistry(.open)) func anOldRegistryHasTheTag() async throws {
        let registry = try DockerRegistry.required()
        try await withTemporaryDirectory { folder in
            let layout = OCILayout(folder)
            try ImageFixture.write(to: folder, name: "app")
            let image = try layout.manifest(named: "app")
            let referrer = try await attach("application/x.sbom", to: image, in: layout)
            try await layout.put(referrer, as: OCI.Tag("referrer"))
            try await withClient { client in
                let repository = try await client.repository("\(registry.address)/acme/referrers")
                try await push(image, from: layout, to: repository, as: ["1.0.0"])
                #expect(try await repository.referrers(of: image.digest).isEmpty)
                #expect(try await repository.taggedReferrer(.signature, of: image.digest) == nil)
                try await push(referrer, from: layout, to: repository, as: [image.digest.referrerTag(.signature).name])
                let list = Array(
                    """
                    {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\
                    {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"\(referrer.digest)",\
                    "size":\(referrer.bytes.count),"artifactType":"application/x.sbom"}]}
                    """.utf8
                )
                let index = StoredManifest(bytes: list, mediaType: .ociIndex, digest: OCI.Digest(of: list))
                try await repository.put(index, as: image.digest.referrerTag())
                #expect(try await repository.referrers(of: image.digest).map(\.digest) == [referrer.digest])
                let signature = try await repository.taggedReferrer(.signature, of: image.digest)
                #expect(
                    try signature?.digest == referrer.digest
                        && signature?.referrer().artifactType == "application/x.sbom"
                )
            }
        }
    }

    @Test func aLayoutListsThemItself() async throws {
        try await withTemporaryDirectory { folder in
            let layout = OCILayout(folder)
            try ImageFixture.write(to: folder, name: "app")
            try ImageFixture.write(to: folder, name: "other", labels: ["n": "2"])
            let image = try layout.manifest(named: "app")
            for type in ["application/x.sbom", "application/x.signature"] {
                let referrer = try await attach(type, to: image, in: layout)
                try await layout.put(referrer, as: OCI.Tag(String(type.split(separator: ".")[1])))
            }
            // A layout may lack what it lists.
            let other = try layout.manifest(named: "other")
            try await run("rm", [folder.appending("blobs/sha256/\(other.digest.hex)").string]).requireSuccess()
            let all = try await layout.referrers(of: image.digest)
            #expect(all.compactMap(\.artifactType) == ["application/x.sbom", "application/x.signature"])
            #expect(all.allSatisfy { $0.annotations == ["by": "test"] })
            #expect(try await layout.referrers(of: image.digest, artifactType: "application/x.sbom").count == 1)
            #expect(try await layout.referrers(of: other.digest).isEmpty)
        }
    }

    // MARK: Pages of tags

    @Test func tagsComeInPages() async throws {
        try await withTestServer { request in
            if request.path == "/v2/" { return TestResponse(200, json: "{}") }
            let page = request.queryValues("page").first.flatMap(Int.init) ?? 0
            let headers: TestHeaders = page < 2 ? ["Link": "<?page=\(page + 1)>; rel=\"next\""] : [:]
            return TestResponse(200, headers: headers, json: #"{"tags":["p\#(page)","q\#(page)"]}"#)
        } _: { server in
            try await withClient { client in
                let repository = try await client.repository("\(server.address)/acme/ui", access: .pull)
                var pages: [[String]] = []
                for try await page in repository.tagPages() { pages.append(page.map(\.name)) }
                #expect(pages == [["p0", "q0"], ["p1", "q1"], ["p2", "q2"]])
                server.forgetRequests()
                // Who has seen enough asks for no more.
                for try await _ in repository.tagPages() { break }
                #expect(server.requests.count == 1)
            }
        }
    }
}
