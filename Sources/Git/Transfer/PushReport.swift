/// What a push did.
package struct PushReport: Hashable, Sendable {
    /// What became of one reference.
    package enum Outcome: Hashable, Sendable {
        case created, moved, forced, unchanged
        case rejected(String)
    }

    /// A reference at the remote.
    package struct Entry: Hashable, Sendable {
        package let name: String
        package let outcome: Outcome
    }

    package var entries: [Entry] = []
    /// Whether all references went in one step.
    package var isAtomic = true

    package init() {}

    /// Reads the output of `git push --porcelain`: flag, refspec and summary between tabs (git-push, OUTPUT).
    ///
    /// - Parameters:
    ///   - text: the output.
    ///   - order: the names in the order in which to tell them; git has one of its own.
    init(porcelain text: String, order: [String]) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count >= 3, parts[0].count == 1, let colon = parts[1].firstIndex(of: ":") else { continue }
            let outcome: Outcome
            switch parts[0] {
            case "*": outcome = .created
            case " ": outcome = .moved
            case "+": outcome = .forced
            case "=": outcome = .unchanged
            case "!": outcome = .rejected(RedactedText.redact(String(parts[2])))
            default: continue
            }
            entries.append(Entry(name: String(parts[1][colon...].dropFirst()), outcome: outcome))
        }
        entries = order.compactMap { name in entries.first { $0.name == name } }
    }

    /// What was refused, and why; without what fell with something else in an atomic push.
    var rejections: [(name: String, reason: String)] {
        let all = entries.compactMap { entry in
            if case .rejected(let reason) = entry.outcome { (name: entry.name, reason: reason) } else { nil }
        }
        let causes = all.filter { !$0.reason.contains("atomic push fail") && !$0.reason.contains("transaction failed") }
        return causes.isEmpty ? all : causes
    }
}
