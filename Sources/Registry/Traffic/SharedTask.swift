/// Work that several requests wait for, each of which has then waited for all of its round trips.
struct SharedTask<Value: Sendable>: Sendable, Equatable {
    private let task: Task<(value: Value, passed: Int), any Error>

    /// Starts the work.
    init(_ operation: @escaping @Sendable () async throws -> Value) {
        let start = RoundTrips.passed
        task = Task { try await RoundTrips.branch(from: start, operation: operation) }
    }

    /// What came of it.
    var value: Value {
        get async throws {
            let result = try await task.value
            RoundTrips.advance(to: result.passed)
            return result.value
        }
    }
}
