import ArgumentParser
import Glibc

/// One run of the program: parse, run, and turn whatever is thrown into a message and an exit code.
enum CommandLineRun {
    static func run(_ arguments: [String]) async -> Never {
        // As a flag of the root command it would take the --version of every other command for itself.
        if arguments == ["--version"] {
            Output.standard.write(ProductVersion.text + "\n")
            exit(ExitStatus.done.rawValue)
        }
        do {
            var command = try Tagboat.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            exit(ExitStatus.done.rawValue)
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
