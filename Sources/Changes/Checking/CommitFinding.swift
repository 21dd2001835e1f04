/// Something about a commit message that ought to be otherwise.
package struct CommitFinding: Hashable, Sendable {
    /// What was asked of the message.
    package enum Rule: String, CaseIterable, Sendable {
        /// The grammar of Conventional Commits.
        case grammar
        /// The types that are in use.
        case type
        /// The scopes that are in use, and whether there must be one.
        case scope
        case headerLength = "header-length"
        case bodyLength = "body-length"
        /// A breaking change that would go unnoticed, or nearly.
        case breaking
        /// A footer `Release-As` without a version.
        case releaseAs = "release-as"
        /// A commit that is to be squashed into another one, but has not been.
        case fixup
    }

    package let rule: Rule
    /// The line, from 1, of the message as it was given.
    package let line: Int
    /// The character of that line, from 1.
    package let column: Int
    /// The line itself.
    package let text: String
    /// What is wrong, as a sentence without its full stop.
    package let problem: String
    /// What to write instead.
    package let hint: String

    package init(rule: Rule, line: Int, column: Int, text: String, problem: String, hint: String) {
        self.rule = rule
        self.line = line
        self.column = column
        self.text = text
        self.problem = problem
        self.hint = hint
    }
}
