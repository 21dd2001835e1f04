package import NIOCore
package import OCI

/// A blob's content in chunks.
///
/// Reading it to the end verifies its size and digest, so that nothing wrong is passed on unnoticed.
package struct BlobContent: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer

    private let descriptor: Descriptor
    private let origin: String
    private let chunks: any AsyncSequence<ByteBuffer, any Error> & Sendable
    private let progress: @Sendable (Int) -> Void

    /// Wraps chunks.
    ///
    /// - Parameters:
    ///   - descriptor: what size and digest the content must have.
    ///   - origin: where it comes from, for the error.
    ///   - chunks: the content.
    init(
        of descriptor: Descriptor,
        from origin: String,
        chunks: any AsyncSequence<ByteBuffer, any Error> & Sendable
    ) {
        self.init(descriptor, origin, chunks) { _ in }
    }

    /// Content that is in memory.
    package init(of descriptor: Descriptor, bytes: [UInt8]) {
        let chunks = AsyncThrowingStream<ByteBuffer, any Error> { stream in
            if !bytes.isEmpty { stream.yield(ByteBuffer(bytes: bytes)) }
            stream.finish()
        }
        self.init(of: descriptor, from: "memory", chunks: chunks)
    }

    private init(
        _ descriptor: Descriptor,
        _ origin: String,
        _ chunks: any AsyncSequence<ByteBuffer, any Error> & Sendable,
        _ progress: @escaping @Sendable (Int) -> Void
    ) {
        self.descriptor = descriptor
        self.origin = origin
        self.chunks = chunks
        self.progress = progress
    }

    /// The same content, telling how many bytes each chunk has as it passes.
    package func reporting(to progress: @escaping @Sendable (Int) -> Void) -> BlobContent {
        BlobContent(descriptor, origin, chunks, progress)
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(
            descriptor: descriptor,
            origin: origin,
            chunks: Self.iterator(of: chunks),
            progress: progress
        )
    }

    private static func iterator(
        of chunks: any AsyncSequence<ByteBuffer, any Error> & Sendable
    ) -> any AsyncIteratorProtocol<ByteBuffer, any Error> {
        chunks.makeAsyncIterator()
    }

    package struct Iterator: AsyncIteratorProtocol {
        private let descriptor: Descriptor
        private let origin: String
        private var chunks: any AsyncIteratorProtocol<ByteBuffer, any Error>
        private let progress: @Sendable (Int) -> Void
        private var hash: ContentHash
        private var size: Int64 = 0

        fileprivate init(
            descriptor: Descriptor,
            origin: String,
            chunks: any AsyncIteratorProtocol<ByteBuffer, any Error>,
            progress: @escaping @Sendable (Int) -> Void
        ) {
            self.descriptor = descriptor
            self.origin = origin
            self.chunks = chunks
            self.progress = progress
            hash = ContentHash(descriptor.digest.algorithm)
        }

        package mutating func next() async throws -> ByteBuffer? {
            try await next(isolation: #isolation)
        }

        package mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            guard let chunk = try await chunks.next(isolation: actor) else {
                guard size == descriptor.size else { throw mismatch("has \(size) bytes, not \(descriptor.size)") }
                // Nothing came, so nothing was checked below.
                if size == 0 { try checkDigest() }
                return nil
            }
            size += Int64(chunk.readableBytes)
            guard size <= descriptor.size else { throw mismatch("has more than \(descriptor.size) bytes") }
            chunk.withUnsafeReadableBytes { hash.update($0) }
            // Checked before the last bytes are passed on, so that damaged content never arrives whole.
            if size == descriptor.size { try checkDigest() }
            progress(chunk.readableBytes)
            return chunk
        }

        private func checkDigest() throws(RegistryError) {
            let digest = hash.finalize()
            guard digest == descriptor.digest else { throw mismatch("has the digest \(digest)") }
        }

        private func mismatch(_ finding: String) -> RegistryError {
            RegistryError(
                .digestMismatch,
                "the blob \(descriptor.digest) of \(origin) \(finding)",
                hint: "the content was damaged or replaced on its way; nothing was released from it"
            )
        }
    }
}
