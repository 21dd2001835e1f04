import Glibc
import Synchronization

/// While a program runs, signals that ask us to end go to it, and we end when it has.
///
/// One program at a time is served, which is all that a run needs.
struct SignalForwarding: Sendable {
    /// The process, or minus the process group; 0 for none.
    ///
    /// A signal handler may read nothing but this.
    private static let target = Atomic<Int32>(0)

    private static let isInstalled: Bool = {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var action = sigaction()
            // What is ignored, as under nohup, stays so.
            guard unsafe sigaction(number, nil, &action) == 0,
                unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1
            else { continue }
            unsafe action.__sigaction_handler.sa_sigaction = forwardSignal
            action.sa_flags = SA_SIGINFO | SA_RESTART
            unsafe sigaction(number, &action, nil)
        }
        return true
    }()

    private let target: Int32

    init(to process: Int32, isGroup: Bool) {
        target = isGroup ? -process : process
        _ = Self.isInstalled
        _ = Self.target.compareExchange(expected: 0, desired: target, ordering: .sequentiallyConsistent)
    }

    func end() {
        _ = Self.target.compareExchange(expected: target, desired: 0, ordering: .sequentiallyConsistent)
    }

    fileprivate static func handle(_ number: Int32, isFromTerminal: Bool) {
        let target = target.load(ordering: .sequentiallyConsistent)
        if target == 0 {
            signal(number, SIG_DFL)
            raise(number)
        } else if target < 0 || !isFromTerminal {
            // A key of the terminal has reached a program in our own group already.
            kill(target, number)
        }
    }
}

private func forwardSignal(
    _ number: Int32,
    _ information: UnsafeMutablePointer<siginfo_t>?,
    _ context: UnsafeMutableRawPointer?
) {
    // Positive codes are the kernel's, such as a terminal's (sigaction(2)).
    let code = unsafe information?.pointee.si_code ?? 0
    SignalForwarding.handle(number, isFromTerminal: code > 0)
}
