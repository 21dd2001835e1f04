import Glibc
import Synchronization

/// The terminal of standard input, for questions that are not logged anywhere.
enum Terminal {
    /// Whether a person can answer.
    static var isPresent: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks a question and shows what is typed.
    ///
    /// - Returns: the line without its end; nil where the input ended.
    static func ask(_ question: String) -> String? {
        Output.redraw(question)
        return line()
    }

    /// Asks a question and does not show what is typed.
    ///
    /// The terminal is as before afterwards, also where a signal ends the program meanwhile.
    ///
    /// - Returns: the line without its end; nil where the input ended.
    static func askSecretly(_ question: String) -> String? {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        let kept = UnsafeMutablePointer<termios>.allocate(capacity: 1)
        kept.initialize(to: before)
        settingsToRestore.store(UInt(bitPattern: kept), ordering: .sequentiallyConsistent)
        let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
        let handlers = signals.map { ($0, signal($0, restoreAndEnd)) }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            for (number, handler) in handlers { signal(number, handler) }
            settingsToRestore.store(0, ordering: .sequentiallyConsistent)
            kept.deallocate()
            // The line end that was typed was not shown either.
            Output.redraw("\n")
        }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ECHOE | ECHOK | ECHONL)
        // Stopping the program would leave the shell with a silent terminal.
        withUnsafeMutableBytes(of: &silent.c_cc) { $0[Int(VSUSP)] = 0 }
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
        Output.redraw(question)
        return line()
    }

    private static func line() -> String? {
        var bytes: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0, bytes.isEmpty { return nil }
            if count <= 0 || byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// The address of what the handler of signals puts back; only atomics may be touched there.
private let settingsToRestore = Atomic<UInt>(0)

/// Puts the terminal's settings back and lets the signal have its way (tcsetattr is async-signal-safe, POSIX 2.4.3).
private let restoreAndEnd: @convention(c) (Int32) -> Void = { number in
    let address = settingsToRestore.load(ordering: .sequentiallyConsistent)
    if let settings = UnsafePointer<termios>(bitPattern: address) {
        tcsetattr(STDIN_FILENO, TCSANOW, settings)
    }
    signal(number, SIG_DFL)
    raise(number)
}
