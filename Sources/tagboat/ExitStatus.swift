/// The exit codes, as docs/exit-codes.md explains them.
///
/// Thrown where a run ends with one after it has said all.
enum ExitStatus: Int32, Error {
    case done = 0
    /// `verify` found drift, or `check` or `lint` found something.
    case findings = 1
    /// The command line, the configuration or the VERSION file is wrong.
    case usage = 2
    /// The policy forbids it: backwards, immutable, or the evidence is incomplete.
    case refused = 3
    /// Credentials are missing, wrong or not enough.
    case denied = 4
    /// A registry, the network, git or the disk failed.
    case failed = 5
    /// Some tags were written and some were not; running again converges.
    case partlyApplied = 6
}
