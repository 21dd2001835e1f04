import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// The proxy does what it says, so that the tests that rest on it mean something.
@Suite(.faultBench) struct FaultProxyTests {
    @Test(arguments: [
        ("GET /v2/", RequestKind.ping), ("GET /token?service=x", .token), ("POST /token", .token),
        ("HEAD /v2/a/b/manifests/1.0", .manifestHEAD), ("PUT /v2/a/manifests/sha256:00", .manifestPUT),
        ("DELETE /v2/a/manifests/1", .manifestDELETE), ("GET /v2/a/tags/list?n=1", .tagList),
        ("GET /v2/a/blobs/sha256:00", .blobGET), ("DELETE /v2/a/blobs/sha256:00", .blobDELETE),
        ("POST /v2/a/blobs/uploads/", .uploadPOST), ("POST /v2/a/blobs/uploads/?mount=sha256:00&from=b", .mountPOST),
        ("PATCH /v2/a/blobs/uploads/u?_state=x", .uploadPATCH), ("PUT /v2/a/blobs/uploads/u?digest=x", .uploadPUT),
        ("GET /v2/a/blobs/uploads/u", .uploadGET), ("GET /v2/a/referrers/sha256:00", .referrers),
        ("GET /index.html", .other),
    ]) func requestsAreKnownByMethodAndPath(_ line: String, _ kind: RequestKind) {
        let words = line.split(separator: " ").map(String.init)
        #expect(RequestKind(method: words[0], target: words[1]) == kind)
    }

    @Test func latencyIsAddedInEachDirection() async throws {
        let bench = try FaultBench.required()
        try await withFaultProxy(before: bench.registry, latency: .milliseconds(50)) { proxy in
            try await withClient(credentials: FaultBench.credentials(for: proxy.address)) { client in
                let repository = try await client.repository("\(proxy.address)/\(FaultBench.source)", access: .pull)
                _ = try await repository.tags()
                let start = ContinuousClock.now
                _ = try await repository.tags()
                // One round trip, on a connection that is open.
                #expect(ContinuousClock.now - start >= .milliseconds(100))
            }
            #expect(proxy.connections == 1)
            #expect(proxy.requests.map(\.kind) == [.ping, .token, .tagList, .tagList])
            #expect(proxy.requests.map(\.status) == [401, 200, 200, 200])
        }
    }

    @Test func theBombIsOne() async throws {
        try await withTemporaryDirectory { folder in
            let file = try folder.write("bomb.gz", GzipBomb.bytes(inflatingTo: 32 << 20))
            #expect(try file.readBytes().count < 40_000)
            let size = try await run("sh", ["-c", "gzip -dc \"$0\" 2>/dev/null | wc -c", file.string])
            #expect((Int(size.standardOutput.filter { $0.isNumber }) ?? 0) >= 32 << 20)
        }
    }

    @Test func datesAreWrittenAsHTTPHasThem() {
        #expect(Date(timeIntervalSince1970: 784_111_777).httpText == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    /// A reset is one, and not an end in good order.
    @Test(arguments: [(CutEnding.reset, 56), (.close, 52)]) func curlSeesHowAConnectionEnds(
        _ ending: CutEnding,
        _ code: Int
    )
        async throws
    {
        let bench = try FaultBench.required()
        try await withFaultProxy(
            before: bench.registry,
            faults: [FaultRule(.cut(.beforeAnswer, ending), to: [.ping])]
        ) { proxy in
            let result = try await run("curl", ["--silent", "--noproxy", "*", "http://\(proxy.address)/v2/"])
            #expect(Int(result.exitCode) == code)
        }
    }
}
