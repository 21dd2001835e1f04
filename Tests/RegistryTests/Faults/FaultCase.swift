import OCI
import TestSupport
import Testing

@testable import Registry

/// One fault at one kind of request of one operation, and what must come of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
    let operation: FaultOperation
    let kind: RequestKind
    let fault: NamedFault
    let expectation: FaultExpectation

    var testDescription: String { "\(operation.rawValue), \(kind.rawValue): \(fault.name)" }

    /// The name of the case as a repository or a tag has it.
    var slug: String {
        String(testDescription.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
            .split(separator: "-").joined(separator: "-")
    }

    /// The cases of some faults at every kind of request that they make sense at.
    static func all(_ faults: [NamedFault], in operations: [FaultOperation]) -> [FaultCase] {
        operations.flatMap { operation in
            operation.kinds.flatMap { kind in
                faults.compactMap { fault in
                    FaultExpectation.of(fault, at: kind, in: operation).map {
                        FaultCase(operation: operation, kind: kind, fault: fault, expectation: $0)
                    }
                }
            }
        }
    }

    static let singles = FaultOperation.allCases.filter { $0 != .copyImage }

    /// Runs the case within its time, and checks everything that holds of every case.
    func run(timeout: Duration = .seconds(90), within limit: Duration = .seconds(120)) async throws {
        let bench = try FaultBench.required()
        let fault = fault.make(NamedFault.Place(bench: bench, slug: slug))
        try await withFaultProxy(
            before: bench.registry,
            faults: [FaultRule(fault, to: [kind], numbers: self.fault.numbers)]
        ) { proxy in
            // Timeouts are about servers, not about a machine that does all cases at once.
            let result = try await FaultGate.requests.run {
                try await finished(within: limit) { await outcome(on: bench, through: proxy, timeout: timeout) }
            }
            check(try #require(result, "it hangs"), proxy)
            #expect(proxy.requests(kind).contains { $0.isFaulty }, "the fault was not met with")
            checkSecrets(bench, proxy)
            checkRepetitions(proxy)
            checkAmount(proxy)
        }
    }

    private func outcome(
        on bench: FaultBench,
        through proxy: FaultProxy,
        timeout: Duration
    ) async -> Result<[String], any Error> {
        do {
            let settings = ConnectionSettings(timeout: timeout)
            let credentials = FaultBench.credentials(for: proxy.address)
            return .success(
                try await withClient(settings: settings, credentials: credentials) { client in
                    try await operation.run(with: client, at: proxy.address, slug: slug, on: bench)
                }
            )
        } catch {
            return .failure(error)
        }
    }

    // MARK: Checks

    private func check(_ result: Result<[String], any Error>, _ proxy: FaultProxy) {
        switch result {
        case .success(let problems):
            #expect(expectation.maySucceed, "it must not succeed")
            #expect(problems.isEmpty)
        case .failure(let error as RegistryError):
            #expect(expectation.failures.contains(error.kind), "\(error)")
            let text = "\(error.description)\n\(error.hint ?? "")"
            #expect(text.contains(proxy.address), "the registry is not named: \(text)")
            #expect(!text.contains(FaultBench.password))
            if let status = error.status {
                #expect(text.contains("\(status)"), "the status is not named: \(text)")
                let path = operation == .uploadBlob || operation == .copyImage ? "faults/" : FaultBench.source
                #expect(kind == .ping || text.contains(path), "the repository is not named: \(text)")
            }
        case .failure(let error):
            Issue.record("not a failure of the operation: \(error)")
        }
    }

    /// No password and no token goes to another host, and nothing at all to one that must not be spoken to.
    private func checkSecrets(_ bench: FaultBench, _ proxy: FaultProxy) {
        #expect(!bench.trap.requests.contains { $0.target.contains(slug) }, "an unsafe host was spoken to")
        let elsewhere = bench.storage.requests.filter { $0.queryValues("case") == [slug] }
        #expect(!elsewhere.contains { $0.headers["Authorization"] != nil }, "another host got credentials")
        #expect(fault.effect != .redirect || expectation.failures.contains(.invalidResponse) || !elsewhere.isEmpty)
    }

    /// No request is repeated more often than the client says, and no piece of an upload is sent twice to one place.
    private func checkRepetitions(_ proxy: FaultProxy) {
        if operation != .copyImage {
            #expect(proxy.requests(kind).count <= 6, "\(proxy.requests(kind).count) requests")
        }
        var pieces: Set<[String?]> = []
        for request in proxy.requests where request.kind == .uploadPUT || request.kind == .uploadPATCH {
            let isNew = pieces.insert([request.target, request.contentRange]).inserted
            #expect(isNew || !proxy.requests(.uploadGET).isEmpty, "repeated blindly: \(request.target)")
        }
    }

    /// No more is taken in than the limit for the answer, and what the system keeps on the way.
    private func checkAmount(_ proxy: FaultProxy) {
        let limit =
            switch kind {
            case .manifestGET: SizeLimit.pulledManifest
            case .tagList: SizeLimit.tagPage
            default: SizeLimit.message
            }
        #expect(proxy.bytesToClients <= limit + 12 << 20, "\(proxy.bytesToClients) bytes were taken in")
    }
}

/// Runs an operation with a limit to its time, at which it is cancelled; the result is then nil.
func finished<Value: Sendable>(
    within limit: Duration,
    _ operation: @escaping @Sendable () async -> Value
) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { await operation() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}
