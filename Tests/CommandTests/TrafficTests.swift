import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// What a push costs: few requests, and no more round trips for many tags than for few.
@Suite struct TrafficTests {
    private struct Cost: Equatable {
        let requests: Int
        let tokens: Int
        let roundTrips: Int
    }

    /// Reads `requests: 14 (1 token), round trips: 6, …`.
    private func cost(_ result: CommandResult) throws -> Cost {
        let match = try #require(
            result.standardError.firstMatch(of: /requests: (\d+)(?: \((\d+) token\))?, round trips: (\d+), sent/)
        )
        return Cost(
            requests: try #require(Int(match.1)),
            tokens: match.2.flatMap { Int($0) } ?? 0,
            roundTrips: try #require(Int(match.3))
        )
    }

    @Test(arguments: [
        RegistrySetup.open, .token(TokenPolicy(users: [TokenUser("ada", password: "secret", [.everything])])),
    ])
    func roundTripsDoNotGrowWithTags(setup: RegistrySetup) async throws {
        try await withDockerRegistry(setup) { registry in
            var costs: [Int: Cost] = [:]
            for count in [1, 8, 32] {
                try await Checkout.with { checkout in
                    try await checkout.makeImage()
                    let image = "\(registry.address)/traffic/k\(count)"
                    var environment: [String: String?] = [:]
                    if case .token = setup {
                        let auth = Data("ada:secret".utf8).base64EncodedString()
                        let json = #"{"auths":{"\#(registry.address)":{"auth":"\#(auth)"}}}"#
                        let file = try checkout.root.write("auth.json", json)
                        environment["REGISTRY_AUTH_FILE"] = file.string
                    }
                    try await checkout.tagboat("copy", "oci:../build:app", "\(image):build", environment: environment)
                        .requireSuccess()
                    let aliases = (1..<count).map { "a\($0)" }.joined(separator: ", ")
                    _ = try checkout.folder.write(
                        "tagboat.yaml",
                        "tags: [version, latest]\npolicy: { aliases: { latest: [\(aliases)] } }\n"
                    )
                    let before = try await registry.requests().count
                    let result = try await checkout.tagboat(
                        "push",
                        "--verbose",
                        "--from",
                        "\(image):build",
                        "--image",
                        image,
                        environment: environment
                    ).requireSuccess()
                    costs[count] = try cost(result)
                    #expect(result.standardOutput.contains("\(count + 1) created"), "\(result)")
                    // The registry's own log is the witness.
                    let logged = try await registry.requests().count - before
                    #expect(logged == costs[count].map { $0.requests - $0.tokens })
                }
            }
            let (one, few, many) = (try #require(costs[1]), try #require(costs[8]), try #require(costs[32]))
            #expect(many.roundTrips == few.roundTrips)
            // Whether the registry takes several tags at once is asked where there are several, and once.
            #expect(few.roundTrips == one.roundTrips + 1)
            // Each tag more costs a question, its writing and one reading back.
            #expect(many.requests == few.requests + 3 * 24)
            if case .token = setup { #expect(costs.values.allSatisfy { $0.tokens == 1 }) }
            #expect(one.roundTrips <= 8)
        }
    }

    @Test func theBudgetOfRequestsIsKept() async throws {
        try await withDockerRegistry(.open) { registry in
            try await Checkout.with { checkout in
                try await checkout.makeImage()
                let start = ContinuousClock.now
                let result = try await checkout.tagboat(
                    "copy",
                    "oci:../build:app",
                    "\(registry.address)/traffic/slow:1.0.0",
                    "--max-requests-per-second",
                    "5",
                    "--verbose"
                ).requireSuccess()
                let requests = try cost(result).requests
                #expect(ContinuousClock.now - start >= .milliseconds(200 * (requests - 1)))
            }
        }
    }
}
