package import Dockerfile

/// Something about a Dockerfile that ought to be otherwise.
package struct LintFinding: Hashable, Sendable {
    package let rule: LintRule
    package let severity: Severity
    /// Where it stands, in bytes from the start of the file.
    package let range: Range<Int>
    package let start: SourcePlace
    /// The place behind its last character.
    package let end: SourcePlace
    /// What is wrong, as a sentence without its full stop.
    package let problem: String
    /// What to do about it.
    package let hint: String
    /// Why a comment lets it pass; nil where none does.
    package internal(set) var reason: String?
}
