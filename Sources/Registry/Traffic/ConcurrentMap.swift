/// How many requests go out together at most where they are a wave of small ones.
package let waveWidth = 40

extension Sequence where Self: Sendable, Element: Sendable {
    /// Transforms every element, several at a time, and gives the results in the elements' order.
    ///
    /// - Parameters:
    ///   - width: how many run at once at most.
    ///   - transform: what to do with each element; the first error ends the rest.
    /// - Returns: the results.
    /// - Throws: the first error.
    package func concurrentMap<Result: Sendable>(
        width: Int,
        _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        let start = RoundTrips.passed
        return try await withThrowingTaskGroup(of: (index: Int, result: Result, passed: Int).self) { group in
            var results: [(index: Int, result: Result)] = []
            var longest = start
            for (index, element) in enumerated() {
                var before = start
                if index >= width, let finished = try await group.next() {
                    results.append((finished.index, finished.result))
                    longest = Swift.max(longest, finished.passed)
                    // It starts where the one ended that made room for it.
                    before = finished.passed
                }
                group.addTask { [before] in
                    let branch = try await RoundTrips.branch(from: before) { try await transform(element) }
                    return (index, branch.value, branch.passed)
                }
            }
            for try await finished in group {
                results.append((finished.index, finished.result))
                longest = Swift.max(longest, finished.passed)
            }
            RoundTrips.advance(to: longest)
            return results.sorted { $0.index < $1.index }.map(\.result)
        }
    }
}

/// Runs two operations at the same time.
///
/// - Parameters:
///   - first: the one.
///   - second: the other.
/// - Returns: both results.
/// - Throws: the first error; the other operation is cancelled then.
package func concurrently<First: Sendable, Second: Sendable>(
    _ first: @escaping @Sendable () async throws -> First,
    _ second: @escaping @Sendable () async throws -> Second
) async throws -> (First, Second) {
    let start = RoundTrips.passed
    async let one = RoundTrips.branch(from: start, operation: first)
    async let other = RoundTrips.branch(from: start, operation: second)
    let results = try await (one, other)
    RoundTrips.advance(to: max(results.0.passed, results.1.passed))
    return (results.0.value, results.1.value)
}
