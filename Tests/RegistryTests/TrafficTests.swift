import Logging
import NIOHTTP1
import OCI
import Synchronization
import Testing

@testable import Registry

/// How requests are counted, spaced out and commented by servers.
@Suite struct TrafficTests {
    @Test func requestsThatGoTogetherAreOneRoundTrip() async throws {
        @Sendable func request() { RoundTrips.advance(to: RoundTrips.passed + 1) }
        let passed = try await RoundTrips.branch(from: 0) {
            request()
            _ = try await (0..<20).concurrentMap(width: 40) { _ in request() }
            // Three and one at the same time: the longer branch counts.
            _ = try await concurrently {
                for _ in 0..<3 { request() }
            } _: {
                request()
            }
            // Two places for five: three waves.
            _ = try await (0..<5).concurrentMap(width: 2) { _ in request() }
        }.passed
        #expect(passed == 1 + 1 + 3 + 3)
    }

    @Test func whoWaitsForAnothersRequestHasWaitedForItsRoundTrips() async throws {
        let passed = try await RoundTrips.branch(from: 4) {
            let task = SharedTask {
                RoundTrips.advance(to: RoundTrips.passed + 2)
                return 1
            }
            let waits = try await (0..<3).concurrentMap(width: 3) { _ in
                _ = try await task.value
                return RoundTrips.passed
            }
            #expect(waits == [6, 6, 6])
        }.passed
        #expect(passed == 6)
    }

    @Test func requestsAreSpacedOut() {
        let budget = RequestBudget(perSecond: 10)
        let waits = (0..<5).map { _ in budget.reserve() }
        #expect(waits[0] <= .milliseconds(1))
        for (wait, expected) in zip(waits.dropFirst(), [100, 200, 300, 400]) {
            #expect(wait <= .milliseconds(expected) && wait > .milliseconds(expected - 90))
        }
    }

    @Test(
        arguments: [
            (#"299 - "use another name""#, "use another name"),
            (#"299 docker.io "a \"b\" c""#, #"a "b" c"#),
            (#"199 - "of a cache""#, nil),
            ("299 - \"two\u{1B}[31m words\"", "two [31m words"),
            ("299 - ", nil),
        ] as [(String, String?)]
    )
    func warningsAreRead(header: String, text: String?) {
        #expect(ServerNotices.warning(in: header) == text)
    }

    @Test func whatServersSayIsToldOnce() {
        let messages = Mutex<[String]>([])
        let logger = Logger(label: "test") { _ in CollectingLog { message in messages.withLock { $0.append(message) } }
        }
        let notices = ServerNotices(logger: logger)
        for remaining in [90, 9, 8] {
            notices.read(
                [
                    "Warning": #"299 - "old""#, "RateLimit-Limit": "100;w=21600",
                    "RateLimit-Remaining": "\(remaining);w=21600",
                ],
                from: "registry.test"
            )
        }
        #expect(
            messages.withLock { $0 } == [
                "registry.test says: old",
                "registry.test allows few more requests: 9 of 100 within 21600 s are left",
            ]
        )
    }

    @Test(arguments: ["", "x", "-1", ";w=3"]) func whatIsNoLimitIsPassedOver(header: String) {
        #expect(RateLimit(header) == nil)
    }
}

private struct CollectingLog: LogHandler {
    let collect: @Sendable (String) -> Void
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    init(_ collect: @escaping @Sendable (String) -> Void) { self.collect = collect }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { collect("\(event.message)") }
}
