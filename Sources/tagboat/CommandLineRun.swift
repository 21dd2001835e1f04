import ArgumentParser
import Glibc

/// One run of the program: parse, run, and turn whatever is thrown into a message and an exit code.
enum CommandLineRun {
    static func run(_ arguments: [String]) async -> Never {
        do {
            var command = try Tagboat.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            exit(0)
        } catch {
            exit(finish(error).rawValue)
        }
    }

    private static func finish(_ error: any Error) -> ExitStatus {
        // Help and the like arrive as errors too.
        if Tagboat.exitCode(for: error) == .success {
            Output.standard.write(Tagboat.fullMessage(for: error) + "\n")
            return .done
        }
        if let finding = error as? ExitStatus { return finding }
        let report = FailureReport(error)
        Output.message(report.text)
        return report.status
    }
}
