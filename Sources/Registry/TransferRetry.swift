/// Runs a transfer of content again where its source broke off in the middle, which no retry of a single request sees.
///
/// - Parameter transfer: reads the content from its start each time.
/// - Returns: what the transfer returns.
/// - Throws: the last failure, after three tries.
package func retryingTransfer<Value>(_ transfer: () async throws -> Value) async throws -> Value {
    let policy = RetryPolicy(attempts: 3)
    var attempt = 1
    while true {
        do {
            return try await transfer()
        } catch let error as RegistryError where error.kind == .unreachable && attempt < policy.attempts {
            try await Task.sleep(for: policy.wait(beforeAttempt: attempt))
            attempt += 1
        }
    }
}
