/// What is wrong with a tar archive.
package struct TarError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was found, as a clause about the archive.
    package let description: String

    /// An error in words.
    init(_ description: String) {
        self.description = description
    }
}
