import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage

/// A program that is run to its end: git, a signing program, a hook.
package struct Program: Sendable {
    /// Where a program's output goes.
    package enum Destination: Sendable {
        /// Standard output is kept; standard error is kept too, and told line by line as it comes.
        case kept(errorLines: @Sendable (String) -> Void = { _ in })
        /// Both go to our standard error, since our standard output is for data.
        case standardError
    }

    /// A name to look up in `PATH`, or a path.
    package var executable: String
    package var arguments: [String]
    /// Changes to the environment of the process; nil removes a variable.
    package var environment: [String: String?]
    /// The working directory; nil for ours.
    package var folder: String?
    /// What the program reads from its standard input.
    package var input: [UInt8]

    package init(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String?] = [:],
        folder: String? = nil,
        input: [UInt8] = []
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.input = input
    }

    /// Runs the program.
    ///
    /// A signal that asks us to end is handed on to the program, and its end is waited for, so that nothing is left
    /// half-done behind its back.
    ///
    /// - Parameters:
    ///   - destination: where its output goes.
    ///   - deadline: when it is ended, with what it has started; nil for never.
    /// - Returns: how it ended and what was kept of its output.
    /// - Throws: `ProgramError`.
    package func run(
        _ destination: Destination = .kept(),
        deadline: ContinuousClock.Instant? = nil
    ) async throws -> ProgramResult {
        do {
            guard let deadline else { return try await run(destination) }
            return try await withThrowingTaskGroup(of: ProgramResult?.self) { group in
                group.addTask { try await run(destination) }
                group.addTask {
                    try await Task.sleep(until: deadline, clock: .continuous)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let result = first else {
                    throw ProgramError(.timedOut, executable)
                }
                return result
            }
        } catch let error as SubprocessError {
            throw ProgramError(error.code == .executableNotFound ? .notInstalled : .notStarted, executable)
        } catch let error as Errno {
            throw ProgramError(.noInput(error.description), executable)
        }
    }

    private func run(_ destination: Destination) async throws -> ProgramResult {
        let isInForeground = Self.isInForeground
        let configuration = Subprocess.Configuration(
            executable: executable.contains("/") ? .path(FilePath(executable)) : .name(executable),
            arguments: Arguments(arguments),
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })
            ),
            workingDirectory: folder.map { FilePath($0) },
            platformOptions: Self.options(isInForeground: isInForeground)
        )
        let input = try Self.inputFile(input)
        defer { try? input.close() }
        switch destination {
        case .standardError:
            let result = try await Subprocess.run(
                configuration,
                input: .fileDescriptor(input, closeAfterSpawningProcess: false),
                output: .fileDescriptor(.standardError, closeAfterSpawningProcess: false),
                error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
            ) { execution in
                SignalForwarding(to: execution.processIdentifier.value, isGroup: !isInForeground)
            }
            result.closureResult.end()
            return ProgramResult(ending: .init(result.terminationStatus), output: [], errors: "")
        case .kept(let errorLines):
            let result = try await Subprocess.run(
                configuration,
                input: .fileDescriptor(input, closeAfterSpawningProcess: false),
                output: .bytes(limit: Self.outputLimit),
                error: .sequence
            ) { execution in
                let forwarding = SignalForwarding(to: execution.processIdentifier.value, isGroup: !isInForeground)
                var lines = LineReader(errorLines)
                for try await buffer in execution.standardError {
                    lines.append(unsafe buffer.withUnsafeBytes { unsafe Array($0) })
                }
                lines.finish()
                return (forwarding, lines.text)
            }
            result.closureResult.0.end()
            return ProgramResult(
                ending: .init(result.terminationStatus),
                output: result.standardOutput,
                errors: result.closureResult.1
            )
        }
    }

    /// A list of all references of a large remote stays below this.
    private static let outputLimit = 1 << 28

    /// Whether a terminal's keys go to us, so that a program may ask a person for a password.
    private static var isInForeground: Bool {
        guard let terminal = try? FileDescriptor.open(FilePath("/dev/tty"), .readOnly, options: .closeOnExec)
        else { return false }
        defer { try? terminal.close() }
        return tcgetpgrp(terminal.rawValue) == getpgrp()
    }

    /// Without a terminal the program leads a group, so that what it has started ends with it; with one it must stay
    /// in ours, or it could not read from the terminal.
    private static func options(isInForeground: Bool) -> PlatformOptions {
        var options = PlatformOptions()
        if !isInForeground { options.processGroupID = 0 }
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: !isInForeground, allowedDurationToNextStep: .seconds(2)),
            .send(signal: .kill, toProcessGroup: !isInForeground, allowedDurationToNextStep: .zero),
        ]
        return options
    }

    /// A file without a name that holds the input: of any size, and no failure where the program does not read it.
    private static func inputFile(_ bytes: [UInt8]) throws -> FileDescriptor {
        guard !bytes.isEmpty else { return try .open(FilePath("/dev/null"), .readOnly, options: .closeOnExec) }
        let name = "tagboat-input-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let path = FilePath(FileManager.default.temporaryDirectory.path).appending(name)
        let file = try FileDescriptor.open(
            path,
            .readWrite,
            options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: .ownerReadWrite
        )
        unsafe unlink(path.string)
        do {
            try file.writeAll(bytes)
            try file.seek(offset: 0, from: .start)
        } catch {
            try? file.close()
            throw error
        }
        return file
    }
}

/// How a program ended, and what it said.
package struct ProgramResult: Sendable, Equatable {
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)

        init(_ status: TerminationStatus) {
            switch status {
            case .exited(let code): self = .exited(code)
            case .signaled(let signal): self = .signalled(signal)
            }
        }

        /// For people: `exit code 3`, `signal 2`.
        package var text: String {
            switch self {
            case .exited(let code): "exit code \(code)"
            case .signalled(let signal): "signal \(signal)"
            }
        }
    }

    package let ending: Ending
    package let output: [UInt8]
    /// What it wrote to its standard error.
    package let errors: String

    package var isSuccess: Bool { ending == .exited(0) }

    /// Its standard output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }
}
