extension Sequence where Self: Sendable, Element: Sendable {
    /// Transforms every element, several at a time, and gives the results in the elements' order.
    ///
    /// - Parameters:
    ///   - width: how many run at once at most.
    ///   - transform: what to do with each element; the first error ends the rest.
    /// - Returns: the results.
    /// - Throws: the first error.
    func concurrentMap<Result: Sendable>(
        width: Int,
        _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results: [(Int, Result)] = []
            for (index, element) in enumerated() {
                if index >= width, let finished = try await group.next() { results.append(finished) }
                group.addTask { (index, try await transform(element)) }
            }
            for try await finished in group { results.append(finished) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
