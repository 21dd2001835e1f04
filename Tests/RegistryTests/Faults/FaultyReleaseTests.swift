import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// The program itself before a registry with faults: what it reports is what happened, in little memory.
@Suite(.faultBench) struct FaultyReleaseTests {
    /// The most memory, in KiB, that a run may have at any time.
    private static let limit = 100 << 10

    /// Answers that are too much for any memory.
    struct Flood: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: RequestKind
        let answer: @Sendable (ProxiedRequest) -> RawAnswer

        private static let manifest: TestHeaders = ["Content-Type": MediaType.ociManifest.rawValue]

        static let all = [
            Flood(testDescription: "a manifest of 5 GiB", kind: .manifestGET) { _ in .endless(headers: manifest) },
            Flood(testDescription: "a manifest that inflates to 4 GiB", kind: .manifestGET) { _ in
                var headers = manifest
                headers["Content-Encoding"] = "gzip"
                return RawAnswer(200, headers: headers, body: bomb)
            },
            Flood(testDescription: "a tag list that inflates to 4 GiB", kind: .tagList) { _ in
                RawAnswer(200, headers: ["Content-Type": "application/json", "Content-Encoding": "gzip"], body: bomb)
            },
            Flood(testDescription: "a tag list of 5 GiB", kind: .tagList) { _ in
                .endless(headers: ["Content-Type": "application/json"])
            },
            Flood(testDescription: "a token of 5 GiB", kind: .token) { _ in
                .endless(headers: ["Content-Type": "application/json"])
            },
            Flood(testDescription: "tags without end", kind: .tagList) { request in
                .endlessTagList(request) { page in
                    (0..<1000).map { "page-\(page)-tag-\($0)-" + String(repeating: "x", count: 80) }
                }
            },
            Flood(testDescription: "the same tags without end", kind: .tagList) { request in
                .endlessTagList(request) { _ in ["a", "b"] }
            },
            Flood(testDescription: "empty pages without end", kind: .tagList) { request in
                .endlessTagList(request) { _ in [] }
            },
        ]

        private static let bomb = GzipBomb.bytes(inflatingTo: 4 << 30)
    }

    @Test(arguments: Flood.all) func noFloodFillsTheMemory(_ flood: Flood) async throws {
        let bench = try FaultBench.required()
        try await FaultCheckout.with { checkout in
            try await withFaultProxy(
                before: bench.registry,
                faults: [FaultRule(.answer(flood.answer), to: [flood.kind])]
            ) { proxy in
                let image = "\(proxy.address)/\(FaultBench.source)"
                let run = try await checkout.tagboat(
                    as: proxy.address,
                    "plan",
                    "--from",
                    "\(image):\(FaultBench.tag)",
                    "--image",
                    image,
                    "--timeout",
                    "8s"
                )
                #expect(proxy.requests(flood.kind).contains { $0.isFaulty })
                #expect(run.result.exitCode == 5, "\(run.result)")
                #expect(run.peak <= Self.limit, "\(run.peak >> 10) MiB")
                #expect(run.result.standardError.contains(proxy.address), "\(run.result.standardError)")
            }
        }
    }

    /// A push that meets with a fault.
    struct Push: Sendable, CustomTestStringConvertible {
        let kind: RequestKind
        let fault: NamedFault
        let isDone: Bool

        var testDescription: String { "\(kind.rawValue): \(fault.name)" }

        static let all: [Push] = [
            each(
                NamedFault.passing,
                ["reset unanswered", "503, twice"],
                [.token, .uploadPUT, .manifestPUT],
                isDone: true
            ),
            each(NamedFault.passing, ["429, 1 s", "body cut short"], [.tagList, .uploadPOST], isDone: true),
            each(NamedFault.wrong, ["token has run out"], [.uploadPUT, .manifestPUT, .tagList], isDone: true),
            each(NamedFault.wrong, ["a web page"], [.ping, .blobHEAD, .uploadPUT, .manifestPUT], isDone: false),
            each(NamedFault.wrong, ["bit flipped in the request"], [.uploadPUT], isDone: false),
            // The first one is for several tags; where the registry refuses it, each tag gets one of its own.
            each(NamedFault.wrong, ["bit flipped in the request"], [.manifestPUT], isDone: true),
            each(NamedFault.wrong, ["unsafe challenge"], [.ping, .manifestPUT], isDone: false),
            each(NamedFault.lasting, ["always 503"], [.tagList, .uploadPOST, .manifestPUT], isDone: false),
        ].flatMap(\.self)

        private static func each(
            _ faults: [NamedFault],
            _ names: Set<String>,
            _ kinds: [RequestKind],
            isDone: Bool
        ) -> [Push] {
            let chosen = faults.filter { names.contains($0.name) }
            precondition(chosen.count == names.count, "a fault of another name is meant")
            return kinds.flatMap { kind in chosen.map { Push(kind: kind, fault: $0, isDone: isDone) } }
        }
    }

    @Test(arguments: Push.all) func aPushIsDoneOrSaysWhatIsNot(_ push: Push) async throws {
        let bench = try FaultBench.required()
        let slug =
            "push-" + push.testDescription.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        try await FaultCheckout.with { checkout in
            let image = try OCILayout(checkout.root.appending("build")).manifest(named: "app")
            let fault = push.fault.make(NamedFault.Place(bench: bench, slug: slug))
            try await withFaultProxy(
                before: bench.registry,
                faults: [FaultRule(fault, to: [push.kind], numbers: push.fault.numbers)]
            ) { proxy in
                let run = try await checkout.tagboat(
                    as: proxy.address,
                    "push",
                    "--from",
                    "oci:../build:app",
                    "--image",
                    "\(proxy.address)/faults/\(slug)",
                    "--timeout",
                    "90s"
                )
                #expect(proxy.requests(push.kind).contains { $0.isFaulty })
                let output = run.result.standardOutput + run.result.standardError
                #expect(push.isDone ? run.result.exitCode == 0 : [4, 5, 6].contains(run.result.exitCode), "\(output)")
                #expect(run.peak <= Self.limit, "\(run.peak >> 10) MiB")
                #expect(!output.contains(FaultBench.password))
                #expect(push.isDone || output.contains(proxy.address), "\(output)")
                #expect(!bench.trap.requests.contains { $0.target.contains(slug) })
                try await check(slug, holds: image, isDone: run.result.exitCode == 0)
            }
        }
    }

    /// Compares the tags at the registry with what the exit code says, without the proxy.
    private func check(_ slug: String, holds image: StoredManifest, isDone: Bool) async throws {
        let bench = try FaultBench.required()
        try await withClient(credentials: FaultBench.credentials(for: bench.registry.address)) { client in
            let repository = try await client.repository("\(bench.registry.address)/faults/\(slug)", access: .pull)
            for name in ["1.0.0", "1.0", "1", "latest"] {
                let digest = try await repository.digest(of: try OCI.Tag(name))
                #expect(digest == image.digest || (!isDone && digest == nil), "\(name)")
                if digest == image.digest {
                    for blob in try image.decoded().blobs { #expect(try await repository.hasBlob(blob)) }
                }
            }
        }
    }
}
