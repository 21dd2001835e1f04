import NIOCore

/// When everything that a run does with registries must be done.
struct Deadline: Sendable {
    let instant: NIODeadline
    /// How long the run may take in all, for the error.
    private let timeout: Duration

    init(after timeout: Duration) {
        instant = .now() + TimeAmount(timeout)
        self.timeout = timeout
    }

    /// Whether there is time for a wait.
    func allows(_ wait: Duration) -> Bool { NIODeadline.now() + TimeAmount(wait) < instant }

    /// Ends what takes too long.
    ///
    /// - Throws: `RegistryError` of kind `timedOut`.
    func check(host: String) throws(RegistryError) {
        if !allows(.zero) { throw exceeded(host: host) }
    }

    /// The error for what did not come to its end.
    func exceeded(host: String) -> RegistryError {
        RegistryError(
            .timedOut,
            "\(host) did not finish within \(timeout.inSeconds) s",
            hint: "give more time with --timeout, or run again: what is done is kept"
        )
    }
}
