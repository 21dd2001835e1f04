/// Why a text is not an image reference, or not the part of one that it should be.
package struct ReferenceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text that was given.
    package let text: String
    /// Which rule it breaks, as a clause.
    package let problem: String

    /// An error about a text.
    package init(_ text: some StringProtocol, _ problem: String) {
        self.text = String(text)
        self.problem = problem
    }

    package var description: String { "\"\(text.onOneLine)\" is not valid: \(problem.onOneLine)" }
}
