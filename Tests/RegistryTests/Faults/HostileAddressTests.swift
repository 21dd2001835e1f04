import FoundationEssentials
import OCI
import TestSupport
import Testing

@testable import Registry

/// Addresses that a registry names to get hold of the password: nothing goes there, not even a greeting.
///
/// Each is another way to write this machine's own address, so that what would be sent would arrive.
@Suite(.faultBench) struct HostileAddressTests {
    static let hosts = [
        "0.0.0.0", "0", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]", "user:pw@127.0.0.1",
    ]

    private struct Trap: Sendable {
        let host: String
        let server: TestServer

        func url(_ path: String) -> String {
            "http://\(host):\(server.address.split(separator: ":").last ?? "")/\(path)"
        }
    }

    /// Runs an operation that meets with an answer made for a trap, and gives its failure.
    private func failure(
        at kind: RequestKind,
        host: String,
        _ answer: @escaping @Sendable (_ url: String) -> RawAnswer,
        _ operation: (RegistryRepository) async throws -> Void
    ) async throws -> RegistryError? {
        let bench = try FaultBench.required()
        return try await withTestServer { _ in
            TestResponse(200, json: #"{"token":"trapped"}"#)
        } _: { server in
            let url = Trap(host: host, server: server).url("token")
            // The trap is one that works.
            try await run("curl", ["--silent", "--fail", "--noproxy", "*", url]).requireSuccess()
            server.forgetRequests()
            let error = try await withFaultProxy(
                before: bench.registry,
                faults: [FaultRule(.answer { _ in answer(url) }, to: [kind])]
            ) { proxy in
                try await withClient(credentials: FaultBench.credentials(for: proxy.address)) { client in
                    let repository = try await client.repository("\(proxy.address)/\(FaultBench.source)")
                    return try await RegistryTests.failure { try await operation(repository) }
                }
            }
            #expect(server.requests.isEmpty)
            return error
        }
    }

    @Test(arguments: hosts) func noTokenServerGetsThePassword(_ host: String) async throws {
        let error = try await failure(at: .ping, host: host) { url in
            RawAnswer(401, headers: ["WWW-Authenticate": "Bearer realm=\"\(url)\",service=\"x\""])
        } _: { repository in
            _ = try await repository.tags()
        }
        #expect(error?.kind == .unsafeAddress)
    }

    @Test(arguments: hosts) func noRedirectIsFollowed(_ host: String) async throws {
        let error = try await failure(at: .manifestGET, host: host) { url in
            RawAnswer(307, headers: ["Location": url])
        } _: { repository in
            _ = try await repository.manifest(for: .tag(try OCI.Tag(FaultBench.tag)))
        }
        #expect(error?.kind == .unsafeAddress)
    }

    @Test(arguments: hosts) func noUploadContinues(_ host: String) async throws {
        let bench = try FaultBench.required()
        let error = try await failure(at: .uploadPOST, host: host) { url in
            RawAnswer(202, headers: ["Location": url])
        } _: { repository in
            let blob = Descriptor(mediaType: .ociConfiguration, digest: bench.layer.digest, size: bench.layer.size)
            try await repository.put(blob: blob) { try await bench.layout.blob(bench.layer) }
        }
        #expect(error?.kind == .unsafeAddress)
    }

    @Test(arguments: hosts) func noTagListContinues(_ host: String) async throws {
        let error = try await failure(at: .tagList, host: host) { url in
            RawAnswer(200, headers: ["Link": "<\(url)>; rel=\"next\""], text: #"{"tags":["a"]}"#)
        } _: { repository in
            _ = try await repository.tags()
        }
        #expect(error?.kind == .unsafeAddress)
    }

    /// A name with the dot of the root is the same name (RFC 1034, section 3.1).
    @Test(arguments: ["localhost.", "127.0.0.1.", "metadata.google.internal."]) func aRootDotHidesNothing(
        _ host: String
    ) {
        #expect(AddressRules.isLocal(host))
    }
}
