import TestSupport
import Testing

@testable import Registry

/// Every fault at every request: the end is right, or the error says what is wrong; and it comes in time.
@Suite(.faultBench) struct FaultMatrixTests {
    /// The tables are about requests that are made.
    @Test(arguments: FaultOperation.allCases) func withoutFaultsEveryRequestIsMade(_ operation: FaultOperation)
        async throws
    {
        let bench = try FaultBench.required()
        try await withFaultProxy(before: bench.registry) { proxy in
            let problems = try await withClient(credentials: FaultBench.credentials(for: proxy.address)) { client in
                try await operation.run(
                    with: client,
                    at: proxy.address,
                    slug: "plain-\(operation.rawValue.lowercased())",
                    on: bench
                )
            }
            #expect(problems.isEmpty)
            #expect(Set(operation.kinds).subtracting(proxy.requests.map(\.kind)).isEmpty)
            #expect(proxy.requests.allSatisfy { $0.kind == .ping || $0.hasAuthorization })
        }
    }

    @Test(arguments: FaultCase.all(NamedFault.harmless, in: FaultCase.singles))
    func whatIsOnlyUnusualDoesNoHarm(_ example: FaultCase) async throws {
        try await example.run()
    }

    @Test(arguments: FaultCase.all(NamedFault.passing, in: FaultCase.singles))
    func whatPassesIsTriedAgain(_ example: FaultCase) async throws {
        try await example.run()
    }

    @Test(arguments: FaultCase.all(NamedFault.passing, in: [.copyImage]))
    func aCopyGetsOverWhatPasses(_ example: FaultCase) async throws {
        try await example.run()
    }

    @Test(arguments: FaultCase.all(NamedFault.lasting, in: FaultCase.singles))
    func whatLastsIsTold(_ example: FaultCase) async throws {
        try await example.run()
    }

    @Test(arguments: FaultCase.all(NamedFault.wrong, in: FaultOperation.allCases))
    func whatIsWrongIsRefused(_ example: FaultCase) async throws {
        try await example.run()
    }

    @Test(arguments: FaultCase.all(NamedFault.stalling, in: FaultCase.singles))
    func nothingHangs(_ example: FaultCase) async throws {
        try await example.run(timeout: .seconds(12), within: .seconds(40))
    }

    @Test(arguments: FaultCase.all(NamedFault.malformed, in: FaultCase.singles))
    func whatIsNoHTTPDoesNoHarm(_ example: FaultCase) async throws {
        try await example.run()
    }
}
