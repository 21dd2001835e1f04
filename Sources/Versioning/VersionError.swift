/// Why a text is no version of the scheme in force.
package struct VersionError: Error, Equatable, Sendable, CustomStringConvertible {
    package let text: String
    /// The scheme, with its article: "a semantic version".
    package let scheme: String
    /// What is wrong, as the end of a sentence.
    package let problem: String

    init(_ text: String, _ scheme: String, _ problem: String) {
        self.text = text
        self.scheme = scheme
        self.problem = problem
    }

    package var description: String { "\"\(text)\" is not \(scheme): \(problem)" }
}
