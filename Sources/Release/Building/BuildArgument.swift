/// A build argument: `ARG` of a Dockerfile.
package struct BuildArgument: Hashable, Sendable {
    package let name: String
    /// The value; nil for that of the builder's own environment, which then stands in no command line.
    package let value: String?

    package init(_ name: String, _ value: String?) {
        self.name = name
        self.value = value
    }

    /// Reads `NAME=VALUE`, or `NAME` alone.
    ///
    /// - Throws: `BuildRefusal` for what has no name.
    package init(parsing text: String) throws(BuildRefusal) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.first, !name.isEmpty, !name.contains(where: \.isWhitespace) else {
            throw BuildRefusal(
                "a build argument has no name",
                hint: "write NAME=VALUE, or NAME for the variable's value"
            )
        }
        self.init(name, parts.count > 1 ? parts[1] : nil)
    }

    /// As builders take it.
    package var text: String { value.map { "\(name)=\($0)" } ?? name }
}
