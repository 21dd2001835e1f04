/// Lets a few cases run at once.
actor FaultGate {
    /// For cases that mostly wait.
    static let requests = FaultGate(width: 16)
    /// For cases that run the program.
    static let programs = FaultGate(width: 3)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(width: Int) {
        free = width
    }

    /// Runs an operation when it is its turn.
    nonisolated func run<Value>(_ operation: () async throws -> Value) async throws -> Value {
        await enter()
        do {
            let value = try await operation()
            await leave()
            return value
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
