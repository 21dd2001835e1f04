/// A build that cannot be asked of a builder as it is asked for.
package struct BuildRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package let hint: String

    package init(_ description: String, hint: String) {
        self.description = description
        self.hint = hint
    }
}
