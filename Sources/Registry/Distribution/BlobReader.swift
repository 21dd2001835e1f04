import NIOCore

/// Hands out a blob's content in pieces of any length, one after the other.
actor BlobReader {
    private var chunks: BlobContent.Iterator
    private var rest = ByteBuffer()

    init(_ content: BlobContent) {
        chunks = content.makeAsyncIterator()
    }

    /// Passes over the first bytes; they are read and count for the digest.
    func skip(_ length: Int64) async throws {
        var left = length
        while left > 0, let chunk = try await next(atMost: left) { left -= Int64(chunk.readableBytes) }
    }

    /// The next bytes; nil at the end, where size and digest have been verified.
    func next(atMost length: Int64) async throws -> ByteBuffer? {
        if rest.readableBytes == 0 {
            // A copy, since nothing that belongs to an actor may change across a suspension.
            var chunks = chunks
            let chunk = try await chunks.next(isolation: self)
            self.chunks = chunks
            guard let chunk else { return nil }
            rest = chunk
        }
        return rest.readSlice(length: Int(min(length, Int64(rest.readableBytes))))
    }
}

/// The next bytes of a reader, up to a length.
struct BlobPiece: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let reader: BlobReader
    let length: Int64

    func makeAsyncIterator() -> Iterator { Iterator(reader: reader, left: length) }

    struct Iterator: AsyncIteratorProtocol {
        let reader: BlobReader
        var left: Int64

        mutating func next() async throws -> ByteBuffer? {
            guard left > 0, let chunk = try await reader.next(atMost: left) else { return nil }
            left -= Int64(chunk.readableBytes)
            return chunk
        }
    }
}
