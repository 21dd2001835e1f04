/// How much a finding matters.
package enum Severity: String, CaseIterable, Hashable, Sendable {
    /// It fails the run.
    case error
    /// It fails a strict run.
    case warning
    /// It is told.
    case note
    /// It is not looked for.
    case off
}
