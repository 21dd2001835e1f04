package import OCI

/// The tags of a repository, page by page as the store gives them.
///
/// Nothing but the page at hand is kept, so that a repository may have any number of tags.
package struct TagPages: AsyncSequence, Sendable {
    package typealias Element = [Tag]
    package typealias Failure = any Error

    /// Reads the next page; nil behind the last one.
    typealias NextPage = () async throws -> [Tag]?

    private let open: @Sendable () -> NextPage

    /// Takes what opens the list at its start.
    init(_ open: @escaping @Sendable () -> NextPage) {
        self.open = open
    }

    package func makeAsyncIterator() -> Iterator { Iterator(nextPage: open()) }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let nextPage: NextPage

        package mutating func next() async throws -> [Tag]? {
            try await next(isolation: #isolation)
        }

        package mutating func next(isolation actor: isolated (any Actor)?) async throws -> [Tag]? {
            try await nextPage()
        }
    }
}
