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
            let late = folder.appending("late")
            let program = Program("sh", ["-c", "(sleep 3; touch '\(late)') & wait"])
            let start = ContinuousClock.now
            await #expect(throws: ProgramError(.timedOut, "sh")) {
                try await program.run(deadline: start + .milliseconds(300))
            }
            #expect(ContinuousClock.now - start < .seconds(3))
            try await Task.sleep(for: .seconds(4))
            #expect(!late.exists)
        }
    }
}
