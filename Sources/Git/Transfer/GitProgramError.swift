/// Why the user's git did not do what it was asked.
package struct GitProgramError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        /// The remote has what we have not, or has moved meanwhile.
        case outdated
        /// A rule or a hook of the remote refuses.
        case refused
        case unauthorized
        case unreachable
        /// The push is to be one step, which the remote does not offer.
        case noAtomicPush
        case interrupted
        /// Some references were pushed, one by one, before one failed.
        case partlyPushed
        case failed
    }

    /// What git was to do.
    package enum Action: String, Sendable {
        case pushing = "pushing to"
        case fetching = "fetching from"
        case reading = "reading the references of"
    }

    package let kind: Kind
    package let description: String
    package let hint: String

    /// Reads the reason of a failure from what git said.
    init(
        _ result: ProgramResult,
        doing action: Action,
        remote: String,
        rejections: [(name: String, reason: String)] = []
    ) {
        let what = "\(action.rawValue) \(RedactedText.redact(remote)) failed"
        kind = Self.kind(of: result, rejections)
        hint = Self.hint(for: kind, remote: RedactedText.redact(remote))
        if case .signalled = result.ending {
            description = "\(what): git was ended by \(result.ending.text)"
        } else if !rejections.isEmpty {
            description = "\(what): " + rejections.map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
        } else {
            description = "\(what): \(Self.reason(in: result))"
        }
    }

    private init(kind: Kind, description: String, hint: String) {
        self.kind = kind
        self.description = description
        self.hint = hint
    }

    /// The same failure, behind references that were pushed already.
    func after(_ report: PushReport) -> GitProgramError {
        guard report.entries.contains(where: { $0.outcome != .unchanged }) else { return self }
        let names = report.entries.map(\.name).joined(separator: ", ")
        return GitProgramError(
            kind: .partlyPushed,
            description: "\(description) (pushed before: \(names))",
            hint: "run again to push the rest; \(hint)"
        )
    }

    private static func kind(of result: ProgramResult, _ rejections: [(name: String, reason: String)]) -> Kind {
        if case .signalled = result.ending { return .interrupted }
        let outdated = [
            "non-fast-forward", "fetch first", "needs force", "already exists", "stale info", "cannot lock ref",
            "failed to update ref", "incorrect old value", "reference already exists", "remote ref updated since",
        ]
        let said = result.errors
        if let first = rejections.first {
            // In an atomic transaction of the remote, only its words tell which reference was in the way.
            let isRace = first.reason.contains("transaction failed") && said.contains("cannot lock ref")
            return isRace || outdated.contains(where: first.reason.contains) ? .outdated : .refused
        }
        func says(_ words: [String]) -> Bool { words.contains(where: said.contains) }
        if says(["does not support --atomic"]) { return .noAtomicPush }
        let unauthorized = [
            "Authentication failed", "could not read Username", "could not read Password", "Permission denied",
            "terminal prompts disabled", "returned error: 401", "returned error: 403", "Host key verification failed",
            "HTTP Basic: Access denied",
        ]
        if says(unauthorized) { return .unauthorized }
        let unreachable = [
            "Could not resolve", "Connection refused", "Connection timed out", "Failed to connect",
            "unable to access", "Network is unreachable", "Connection reset", "the remote end hung up",
            "early EOF", "Could not read from remote repository", "does not appear to be a git repository",
            "not found",
        ]
        return says(unreachable) ? .unreachable : .failed
    }

    /// The line that tells most: the first that is an error of git's.
    private static func reason(in result: ProgramResult) -> String {
        let lines = result.errors.split(separator: "\n").map { String($0) }
        let line = lines.first { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.last
        guard let line else { return "git ended with \(result.ending.text)" }
        let words = ["fatal: ", "error: "].reduce(line) { $0.hasPrefix($1) ? String($0.dropFirst($1.count)) : $0 }
        return RedactedText.redact(words)
    }

    private static func hint(for kind: Kind, remote: String) -> String {
        switch kind {
        case .outdated: "`git fetch --tags \(remote)`, see what is new there, then run again"
        case .refused: "see what the remote says above; its rules decide who may push what"
        case .unauthorized: "check that `git push --dry-run \(remote)` works here, and who may write there"
        case .unreachable: "check the address with `git remote --verbose`, and the network; then run again"
        case .noAtomicPush: "push the references one by one"
        case .interrupted, .partlyPushed: "run again: what is pushed already counts as done"
        case .failed: "see what git says above, then run again"
        }
    }
}
