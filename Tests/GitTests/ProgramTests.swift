import SystemPackage
import TestSupport
import Testing

@testable import Git

@Suite struct ProgramTests {
    @Test func inputOutputAndEndAreTold() async throws {
        let input = [UInt8](repeating: 0x61, count: 1 << 20)
        let counted = try await Program("wc", ["-c"], input: input).run()
        #expect(counted.isSuccess && counted.text == "1048576\n")
        // A program that reads nothing of it is no failure.
        let deaf = try await Program("sh", ["-c", "echo one >&2; printf two >&2; exit 3"], input: input).run()
        #expect(deaf.ending == .exited(3) && deaf.errors == "one\ntwo\n")
        #expect(try await Program("sh", ["-c", "kill -9 $$"]).run().ending == .signalled(9))
    }

    @Test func whatTakesTooLongEndsWithWhatItStarted() async throws {
        try await withTemporaryDirectory { folder in
            let number = folder.appending("number")
            let script = "sleep 300 & echo $! > '\(number).new'; mv '\(number).new' '\(number)'; wait"
            let program = Program("sh", ["-c", script])
            let start = ContinuousClock.now
            await #expect(throws: ProgramError(.timedOut, "sh")) {
                try await program.run(deadline: start + .seconds(2))
            }
            #expect(ContinuousClock.now - start < .seconds(100))
            let child = try #require(Int32(number.readText().filter(\.isNumber)))
            var isGone = false
            for _ in 0..<100 where !isGone {
                // What nobody has waited for yet still has its number.
                let state = try? FilePath("/proc/\(child)/stat").readText()
                isGone = state?.contains(") Z ") ?? true
                if !isGone { try await Task.sleep(for: .milliseconds(100)) }
            }
            #expect(isGone)
        }
    }
}
