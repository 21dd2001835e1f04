import Synchronization

/// Spaces requests out, so that a run stays below the rate that a registry allows.
final class RequestBudget: Sendable {
    private let interval: Duration
    private let next = Mutex(ContinuousClock.now)

    /// A budget.
    ///
    /// - Parameter perSecond: how many requests may start within a second, on all connections together.
    init(perSecond: Double) {
        interval = .seconds(1) / perSecond
    }

    /// Takes the next free place.
    ///
    /// - Returns: how long to wait for it.
    func reserve() -> Duration {
        let now = ContinuousClock.now
        return next.withLock { next in
            let place = max(now, next)
            next = place + interval
            return place - now
        }
    }
}
