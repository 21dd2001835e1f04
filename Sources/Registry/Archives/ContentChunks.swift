import NIOCore

/// A stretch of content, a chunk at a time.
struct ContentChunks: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    private let content: any RandomAccessContent
    private let range: Range<Int64>

    init(_ content: any RandomAccessContent, offset: Int64, size: Int64) {
        self.content = content
        range = offset..<(offset + size)
    }

    func makeAsyncIterator() -> Iterator { Iterator(content: content, rest: range) }

    struct Iterator: AsyncIteratorProtocol {
        let content: any RandomAccessContent
        var rest: Range<Int64>

        mutating func next() async throws -> ByteBuffer? {
            guard !rest.isEmpty else { return nil }
            let bytes = try content.read(
                at: rest.lowerBound,
                count: Int(Swift.min(256 << 10, rest.upperBound - rest.lowerBound))
            )
            // What was cut off meanwhile is noticed by whoever counts.
            guard !bytes.isEmpty else { return nil }
            rest = (rest.lowerBound + Int64(bytes.count))..<rest.upperBound
            return ByteBuffer(bytes: bytes)
        }
    }
}
