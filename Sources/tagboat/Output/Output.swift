import Glibc
import Registry

/// The two streams of the program: data goes to standard output, messages to standard error.
struct Output {
    private let descriptor: Int32

    static let standard = Output(descriptor: STDOUT_FILENO)
    private static let error = Output(descriptor: STDERR_FILENO)

    /// Whether a person looks at standard output.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether a person looks at standard error.
    static var messagesGoToTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a document to a file, whole or not at all; without a file to standard output.
    ///
    /// - Throws: `FileFailure`.
    static func deliver(_ text: String, to file: String?) throws {
        guard let file else { return standard.write(text) }
        try AtomicFile.write(text, to: file)
    }

    /// Writes a message and a line end to standard error.
    static func message(_ text: String) {
        error.write(text + "\n")
    }

    /// Writes a message's fragment to standard error, for a line that is redrawn.
    static func redraw(_ text: String) {
        error.write(text)
    }

    /// Writes text.
    ///
    /// A reader that has gone away ends the program quietly; any other failure ends it with a message.
    func write(_ text: String) {
        write(bytes: Array(text.utf8))
    }

    /// Writes bytes as they are.
    func write(bytes: [UInt8]) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EPIPE {
                exit(128 + SIGPIPE)
            } else if errno != EINTR && errno != EAGAIN {
                let problem = String(cString: strerror(errno))
                if descriptor != STDERR_FILENO {
                    Output.message("error: the output cannot be written: \(problem)\nhint: check where it goes")
                }
                exit(ExitStatus.failed.rawValue)
            }
        }
    }
}
