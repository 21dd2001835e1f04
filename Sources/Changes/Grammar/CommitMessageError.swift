/// Why a commit message does not follow the grammar, and where.
package struct CommitMessageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1, of the text as it was given.
    package let line: Int
    /// The character of that line, from 1; one more than the line has where something is missing at its end.
    package let column: Int
    /// What is wrong, as a sentence without its full stop.
    package let problem: String
    /// What to write instead.
    package let hint: String

    package init(line: Int, column: Int, problem: String, hint: String) {
        self.line = line
        self.column = column
        self.problem = problem
        self.hint = hint
    }

    package var description: String { "\(line):\(column): \(problem)" }
}
