import Glibc
import Subprocess
import SystemPackage

/// A terminal that a test sits at.
package struct PseudoTerminal: Sendable {
    private let keyboard: FileDescriptor
    private let line: FileDescriptor

    /// Opens a new terminal (ioctl_tty(2); Swift does not see the functions for it).
    fileprivate init() throws {
        let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        var isLocked: Int32 = 0
        var number: UInt32 = 0
        let setLock: UInt = 0x4004_5431
        let getNumber: UInt = 0x8004_5430
        guard descriptor >= 0, ioctl(descriptor, setLock, &isLocked) == 0, ioctl(descriptor, getNumber, &number) == 0
        else { throw Errno(rawValue: errno) }
        keyboard = FileDescriptor(rawValue: descriptor)
        line = FileDescriptor(rawValue: open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC))
    }

    /// Whether it shows what is typed.
    package var isEchoing: Bool {
        var settings = termios()
        return tcgetattr(line.rawValue, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Types a text.
    ///
    /// - Parameter text: the text; a line end is the key Enter.
    /// - Throws: the failure to write.
    package func type(_ text: String) throws {
        try keyboard.writeAll(Array(text.utf8))
    }

    /// Reads what is shown until a text appears.
    ///
    /// - Parameter text: the text to wait for, half a minute at most.
    /// - Returns: everything that was shown since the last time.
    /// - Throws: what is shown instead.
    @discardableResult
    package func read(until text: String) async throws -> String {
        var shown = ""
        for _ in 0..<3000 {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = Glibc.read(keyboard.rawValue, &buffer, buffer.count)
            if count > 0 { shown += String(decoding: buffer.prefix(count), as: UTF8.self) }
            if shown.contains(text) { return shown }
            if count <= 0 { try await Task.sleep(for: .milliseconds(10)) }
        }
        throw CommandError(
            reason: "the terminal did not show \(text)",
            result: CommandResult(commandLine: "", standardOutput: shown, standardError: "", exitCode: -1)
        )
    }

    /// Runs a program at a new terminal.
    ///
    /// - Parameters:
    ///   - executable: the program's path.
    ///   - arguments: its arguments.
    ///   - environment: changes to the inherited environment; nil removes a variable.
    ///   - body: sits at the terminal; it can end the program by a signal.
    /// - Returns: the exit code, or 128 and the signal's number where a signal ended the program.
    /// - Throws: what the body throws, or the failure to start the program.
    package static func run(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String?],
        _ body: (_ terminal: PseudoTerminal, _ terminate: () throws -> Void) async throws -> Void
    ) async throws -> Int32 {
        let terminal = try PseudoTerminal()
        defer {
            try? terminal.keyboard.close()
            try? terminal.line.close()
        }
        let updates = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let configuration = Configuration(
            executable: .path(FilePath(executable)),
            arguments: Arguments(arguments),
            environment: .inherit.updating(Dictionary(uniqueKeysWithValues: updates)),
            platformOptions: .ownSession
        )
        let status = try await Subprocess.run(
            configuration,
            input: .fileDescriptor(terminal.line, closeAfterSpawningProcess: false),
            output: .fileDescriptor(terminal.line, closeAfterSpawningProcess: false),
            error: .fileDescriptor(terminal.line, closeAfterSpawningProcess: false)
        ) { execution in
            do {
                try await body(terminal) { try execution.send(signal: .terminate) }
            } catch {
                await execution.teardown(using: [TeardownStep].killGroup)
                throw error
            }
        }.terminationStatus
        return switch status {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }
}
