/// A path that a commit changes.
package struct ChangedPath: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case added, removed, modified, renamed
        /// Only the mode is another one, such as that of a file that became executable.
        case modeChanged
        /// A file became a link or a submodule, or the other way round.
        case typeChanged
    }

    package let kind: Kind
    /// The path before, from the top of the repository; nil where there was none.
    ///
    /// Bytes that are not UTF-8 are replaced.
    package let oldPath: String?
    /// The path after; nil where there is none.
    package let newPath: String?
}
