import Synchronization

/// How many answers were waited for one after the other, which is what a run costs on a slow line.
///
/// Each branch of concurrent work counts for itself, from where it was split off; where branches join, the longest
/// one counts. So requests that are sent together cost one round trip, however many they are, and the count does not
/// depend on how fast the answers came.
package enum RoundTrips {
    /// The count of the branch at hand.
    private final class Count: Sendable {
        private let value: Mutex<Int>

        init(_ value: Int) { self.value = Mutex(value) }

        var current: Int { value.withLock { $0 } }

        func advance(to other: Int) { value.withLock { $0 = max($0, other) } }
    }

    @TaskLocal private static var count: Count?

    /// How many round trips lie behind the running task.
    package static var passed: Int { count?.current ?? 0 }

    /// Tells that the running task has waited for something which took a number of round trips in all.
    package static func advance(to passed: Int) { count?.advance(to: passed) }

    /// Runs an operation as a branch of its own.
    ///
    /// - Parameters:
    ///   - start: how many round trips lie behind the branch.
    ///   - operation: the branch.
    /// - Returns: the operation's value, and how many round trips lie behind it.
    /// - Throws: what the operation throws.
    package static func branch<Value>(
        from start: Int,
        operation: () async throws -> Value
    ) async rethrows -> (value: Value, passed: Int) {
        let count = Count(start)
        let value = try await $count.withValue(count) { try await operation() }
        return (value, count.current)
    }
}
