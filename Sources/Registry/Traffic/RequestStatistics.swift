import Synchronization

/// What a run asked of registries.
package struct RequestStatistics: Hashable, Sendable {
    /// All requests, also those that were repeated or redirected.
    package var requests = 0
    /// The requests for tokens among them.
    package var tokenRequests = 0
    /// How many answers were waited for one after the other (see `RoundTrips`).
    package var roundTrips = 0
    /// Heads and bodies of the requests, in bytes, as HTTP/1.1 writes them.
    package var bytesSent: Int64 = 0
}

/// Counts the requests of a run.
final class RequestCounter: Sendable {
    private let statistics = Mutex(RequestStatistics())

    var current: RequestStatistics { statistics.withLock { $0 } }

    /// Counts a request that is about to be sent.
    func begin(isForToken: Bool, bytes: Int64) {
        statistics.withLock { statistics in
            statistics.requests += 1
            statistics.tokenRequests += isForToken ? 1 : 0
            statistics.bytesSent += bytes
        }
    }

    /// Counts the end of a wait for an answer, whatever it was.
    func end(afterRoundTrips passed: Int) {
        RoundTrips.advance(to: passed)
        statistics.withLock { $0.roundTrips = max($0.roundTrips, passed) }
    }
}
