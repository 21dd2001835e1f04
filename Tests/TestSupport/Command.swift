import Subprocess
package import SystemPackage

/// Runs a program to its end.
///
/// The streams are temporary files, not pipes: whatever the amount of output or input, neither side ever waits for
/// the other, a program that ignores its input is no failure, and the output is there even if the time runs out.
///
/// - Parameters:
///   - executable: a name to look up in `PATH`, or a path (anything with a slash).
///   - arguments: the arguments behind the program's name.
///   - directory: the working directory; the current one if nil.
///   - environment: changes to the inherited environment; nil removes a variable.
///   - input: what the program can read from its standard input.
///   - timeLimit: after this time the program is killed with everything it started.
/// - Returns: the output and the exit code, also where the code is not 0.
/// - Throws: `CommandError` if the time limit passes, or the failure to start the program.
package func run(
    _ executable: String,
    _ arguments: [String] = [],
    in directory: FilePath? = nil,
    environment: [String: String?] = [:],
    input: [UInt8] = [],
    timeLimit: Duration = .seconds(120)
) async throws -> CommandResult {
    try await withTemporaryDirectory { scratch in
        let streams = try CommandStreams(in: scratch, input: input)
        let updates = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let configuration = Configuration(
            executable: executable.contains("/") ? .path(FilePath(executable)) : .name(executable),
            arguments: Arguments(arguments),
            environment: .inherit.updating(Dictionary(uniqueKeysWithValues: updates)),
            workingDirectory: directory,
            platformOptions: .ownSession
        )
        let status = try await withThrowingTaskGroup(of: TerminationStatus?.self) { group in
            group.addTask { try await streams.run(configuration) }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            return first
        }
        let exitCode: Int32? =
            switch status {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            case nil: nil
            }
        let result = CommandResult(
            commandLine: ([executable] + arguments).joined(separator: " "),
            standardOutput: try streams.output.readText(),
            standardError: try streams.error.readText(),
            exitCode: exitCode ?? 128 + Signal.kill.rawValue
        )
        guard exitCode != nil else {
            throw CommandError(reason: "killed after \(timeLimit)", result: result)
        }
        return result
    }
}

/// The files that stand for a program's standard streams.
private struct CommandStreams: Sendable {
    /// What the program reads.
    let input: FilePath
    /// What it writes to its standard output.
    let output: FilePath
    /// What it writes to its standard error.
    let error: FilePath

    /// Creates the files in a folder.
    init(in directory: FilePath, input: [UInt8]) throws {
        self.input = try directory.write("input", input)
        output = try directory.write("output", "")
        error = try directory.write("error", "")
    }

    /// Starts the program with these streams and waits for its end.
    func run(_ configuration: Configuration) async throws -> TerminationStatus {
        let input = try FileDescriptor.open(input, .readOnly, options: .closeOnExec)
        let output = try FileDescriptor.open(output, .writeOnly, options: [.append, .closeOnExec])
        let error = try FileDescriptor.open(error, .writeOnly, options: [.append, .closeOnExec])
        defer {
            for stream in [input, output, error] {
                try? stream.close()
            }
        }
        return try await Subprocess.run(
            configuration,
            input: .fileDescriptor(input, closeAfterSpawningProcess: false),
            output: .fileDescriptor(output, closeAfterSpawningProcess: false),
            error: .fileDescriptor(error, closeAfterSpawningProcess: false)
        ).terminationStatus
    }
}

extension PlatformOptions {
    /// Options for a program that is killed together with everything it started.
    ///
    /// The program leads a session of its own, so that its process group holds nothing of ours.
    static var ownSession: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = .killGroup
        return options
    }
}

extension [TeardownStep] {
    /// Kills the whole process group at once.
    static var killGroup: [TeardownStep] {
        [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
    }
}
