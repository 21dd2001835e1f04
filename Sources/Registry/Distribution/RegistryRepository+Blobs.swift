import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import OCI

extension RegistryRepository {
    package func hasBlob(_ blob: Descriptor) async throws -> Bool {
        let action = "the blob \(blob.digest.abbreviated) of \(name) could not be looked up"
        let answer = try await perform(Call(.HEAD, "blobs/\(blob.digest)"), reading: action)
        switch answer.status {
        case 200: return true
        case 404: return false
        default: throw await failure(answer, action)
        }
    }

    package func put(
        blob descriptor: Descriptor,
        from source: any ImageStore,
        content: @escaping @Sendable () async throws -> BlobContent
    ) async throws {
        let origin = (source as? RegistryRepository)?.repository
        let isMountable = origin?.registry == repository.registry && origin != repository
        try await BlobUpload(repository: self, descriptor: descriptor, content: content)
            .run(mountingFrom: isMountable ? origin : nil)
    }

    package func put(
        blob descriptor: Descriptor,
        content: @escaping @Sendable () async throws -> BlobContent
    ) async throws {
        try await BlobUpload(repository: self, descriptor: descriptor, content: content).run(mountingFrom: nil)
    }

    /// A blob's content; a connection that breaks off on the way is taken up again where it broke.
    package func blob(_ descriptor: Descriptor) async throws -> BlobContent {
        for mirror in mirrors {
            if let content = try? await mirror.blob(descriptor) { return content }
        }
        let download = BlobDownload(repository: self, descriptor: descriptor)
        return BlobContent(
            of: descriptor,
            from: name,
            chunks: ResumingChunks(first: try await download.open(), download)
        )
    }
}

/// Opens a blob at any place.
private struct BlobDownload: Sendable {
    let repository: RegistryRepository
    let descriptor: Descriptor

    /// A response's body, and how many of its first bytes are known already.
    struct Part: Sendable {
        let body: HTTPClientResponse.Body
        let known: Int64
    }

    func open(at offset: Int64 = 0) async throws -> Part {
        let action = "the blob \(descriptor.digest.abbreviated) of \(repository.name) could not be read"
        var call = RegistryRepository.Call(.GET, "blobs/\(descriptor.digest)")
        call.isBulk = true
        if offset > 0 { call.headers = [("Range", "bytes=\(offset)-")] }
        return try await repository.transport.retrying(isIdempotent: true) {
            let response = try await repository.send(call)
            switch response.status.code {
            case 206 where offset > 0:
                return Part(body: response.body, known: 0)
            case 200:
                // Not every registry can start in the middle.
                return Part(body: response.body, known: offset)
            default:
                throw await repository.failure(try await repository.read(response), action)
            }
        }
    }
}

/// The chunks of a download that goes on after its connection broke.
private struct ResumingChunks: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    private let first: BlobDownload.Part
    private let download: BlobDownload

    init(first: BlobDownload.Part, _ download: BlobDownload) {
        self.first = first
        self.download = download
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(body: first.body.makeAsyncIterator(), download: download)
    }

    struct Iterator: AsyncIteratorProtocol {
        var body: HTTPClientResponse.Body.AsyncIterator
        let download: BlobDownload
        /// How many bytes were handed out.
        var position: Int64 = 0
        /// How many bytes of the body at hand were handed out before.
        var known: Int64 = 0
        /// How often the connection broke since the last byte came.
        var breaks = 0

        mutating func next() async throws -> ByteBuffer? {
            try await next(isolation: #isolation)
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            while true {
                do {
                    guard var chunk = try await body.next(isolation: actor) else { return nil }
                    let skipped = Swift.min(known, Int64(chunk.readableBytes))
                    known -= skipped
                    chunk.moveReaderIndex(forwardBy: Int(skipped))
                    guard chunk.readableBytes > 0 else { continue }
                    position += Int64(chunk.readableBytes)
                    breaks = 0
                    try download.repository.transport.deadline.check(host: download.repository.repository.registry.name)
                    return chunk
                } catch let error as RegistryError {
                    throw error
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    try await reopen(after: error)
                }
            }
        }

        private mutating func reopen(after error: any Error) async throws {
            let transport = download.repository.transport
            breaks += 1
            guard breaks < transport.retry.attempts, transport.deadline.allows(.zero) else {
                throw ConnectionFailure.truncatedBody(of: download.repository.repository.registry.name).error
            }
            try await Task.sleep(for: transport.retry.wait(beforeAttempt: breaks))
            let part = try await download.open(at: position)
            body = part.body.makeAsyncIterator()
            known = part.known
        }
    }
}
