import Registry

/// What a run has cost so far: requests, time and bytes.
struct Traffic {
    let client: RegistryClient
    private let start = ContinuousClock.now

    init(client: RegistryClient) {
        self.client = client
    }

    /// The last line of `--verbose`: `requests: 14 (1 token), round trips: 6, sent 4.1 kB, 0.31 s`.
    var summary: String {
        let statistics = client.statistics
        let tokens = statistics.tokenRequests
        return """
            requests: \(statistics.requests)\(tokens > 0 ? " (\(tokens) token\(tokens > 1 ? "s" : ""))" : ""), \
            round trips: \(statistics.roundTrips), sent \(ByteCount.text(statistics.bytesSent)), \(seconds) s
            """
    }

    private var seconds: String {
        let hundredths = Int64(((ContinuousClock.now - start) / .milliseconds(10)).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    /// The same numbers in JSON: docs/json.md, "traffic".
    var document: Document {
        let statistics = client.statistics
        return Document(
            requests: statistics.requests,
            tokenRequests: statistics.tokenRequests,
            roundTrips: statistics.roundTrips,
            bytesSent: statistics.bytesSent,
            milliseconds: Int64(((ContinuousClock.now - start) / .milliseconds(1)).rounded())
        )
    }

    struct Document: Encodable {
        let requests: Int
        let tokenRequests: Int
        let roundTrips: Int
        let bytesSent: Int64
        let milliseconds: Int64
    }
}
