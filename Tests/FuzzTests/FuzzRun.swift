import Glibc
import TestSupport

/// How many inputs are tried, and which; `TAGBOAT_FUZZ_…` say otherwise (CONTRIBUTING.md).
struct FuzzRun {
    /// The seed of the first input; each further one has the next number, so that any of them can be had alone.
    let firstSeed: Int
    let count: Int

    init(_ target: FuzzTarget, environment: (String) -> Int? = FuzzRun.number) {
        firstSeed = environment("TAGBOAT_FUZZ_SEED") ?? 1
        let factor = environment("TAGBOAT_FUZZ_FACTOR") ?? 1
        count = environment("TAGBOAT_FUZZ_COUNT") ?? target.count * factor
    }

    /// Whether only another target was asked for.
    static func leavesOut(_ target: FuzzTarget) -> Bool {
        variable("TAGBOAT_FUZZ_TARGET").map { $0 != target.name } ?? false
    }

    /// What one input may cost the processor: several times what the dearest one of 64 KiB takes in a debug build, and
    /// far below what anything quadratic would.
    static let limitPerInput = 5.0

    /// Tries all inputs.
    ///
    /// - Parameter target: what to try.
    /// - Returns: the first finding in words, with what repeats it; nil where there is none.
    func firstFinding(_ target: FuzzTarget) async -> String? {
        // A trap ends the process; the file then tells which input it was.
        let trail = open(
            "/tmp/tagboat-fuzz-\(getuid())-\(target.name)",
            O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
            0o600
        )
        defer { close(trail) }
        let memory = Self.peakMemory
        for index in 0..<count {
            let seed = firstSeed + index
            let line = Array("\(seed)                    ".utf8.prefix(20)) + [UInt8(ascii: "\n")]
            pwrite(trail, line, line.count, 0)
            var input = FuzzInput(seed: seed)
            let start = Self.processorTime
            var finding = target.finding(&input)
            let time = Self.processorTime - start
            if time > Self.limitPerInput, finding == nil { finding = "it took \(time) s" }
            if let finding {
                return """
                    \(target.name), input \(index): \(finding)
                    input: \(String(decoding: input.shown.prefix(2000), as: UTF8.self).debugDescription)
                    again: TAGBOAT_FUZZ_TARGET=\(target.name) TAGBOAT_FUZZ_SEED=\(seed) TAGBOAT_FUZZ_COUNT=1 \
                    swift test --filter FuzzTests
                    """
            }
            if index % 1000 == 999 { await Task.yield() }
        }
        let grown = Self.peakMemory - memory
        return grown > 2 << 20 ? "\(target.name) took \(grown) KiB of memory" : nil
    }

    /// Seconds that this thread has been running; the rest of the machine does not count.
    static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }

    private static func number(_ name: String) -> Int? { variable(name).flatMap { Int($0) } }

    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
