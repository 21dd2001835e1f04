import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import OCI

/// One blob's way to a registry (distribution-spec, "Pushing blobs").
///
/// It is sent in one piece. Where the connection breaks, the registry is asked how far it came, and the rest is sent in
/// pieces; so it is where a proxy finds the whole too large.
struct BlobUpload {
    let repository: RegistryRepository
    let descriptor: Descriptor
    let content: @Sendable () async throws -> BlobContent

    /// How much goes into one request of an upload in pieces, in bytes; registries ask for at least 5 MiB.
    private static let pieceLength: Int64 = 16 << 20

    /// An upload that the registry has opened.
    private struct Session {
        /// Where to send the next bytes.
        var address: URL
        /// The least length of a piece that the registry wants, in bytes.
        var leastPiece: Int64
    }

    /// How an attempt to send a blob ended, where it did not succeed.
    private enum Interruption: Error {
        /// The connection broke or the registry was busy.
        case broken(TransientFailure)
        /// The request was too large for the registry, or for a proxy before it.
        case tooLarge
        /// The registry takes a blob in one piece alone, whatever it answers.
        case notInPieces
    }

    /// Brings the blob there.
    ///
    /// - Parameter origin: a repository of the same registry that has the blob, so that it need not be sent.
    /// - Throws: `RegistryError`, or what reading the content throws.
    func run(mountingFrom origin: RepositoryName?) async throws {
        var session = try await open(mountingFrom: origin)
        var sendsWhole = true
        var sendsOnlyWhole = false
        var offset: Int64 = 0
        var failures = 0
        while let current = session {
            do {
                try await sendsWhole ? sendWhole(current) : sendPieces(current, from: offset)
                return
            } catch Interruption.tooLarge where sendsWhole {
                sendsWhole = false
                session = try await open(mountingFrom: nil)
            } catch Interruption.notInPieces where !sendsOnlyWhole {
                sendsOnlyWhole = true
                (offset, session, sendsWhole) = (0, try await open(mountingFrom: nil), true)
            } catch Interruption.tooLarge, Interruption.notInPieces {
                throw tooLarge()
            } catch Interruption.broken(let failure) {
                failures += 1
                let transport = repository.transport
                let wait = failure.retryAfter ?? transport.retry.wait(beforeAttempt: failures)
                guard failures < transport.retry.attempts, transport.deadline.allows(wait) else { throw failure.error }
                try await Task.sleep(for: wait)
                if !sendsOnlyWhole, let progress = await progress(of: current) {
                    // Each byte that arrived is a step forward; only standing still counts as failing.
                    if progress.received > offset { failures = 0 }
                    (offset, session, sendsWhole) = (progress.received, progress.session, false)
                } else {
                    (offset, session, sendsWhole) = (0, try await open(mountingFrom: nil), true)
                }
            }
        }
    }

    private var action: String {
        "the blob \(descriptor.digest.abbreviated) could not be uploaded to \(repository.name)"
    }

    private func tooLarge() -> RegistryError {
        RegistryError(
            .tooLarge,
            "\(action): even pieces of \(Self.pieceLength >> 20) MiB are too large for it (status 413)",
            hint: "a proxy before the registry limits the size of requests; ask its operator to raise the limit"
        )
    }

    // MARK: Opening

    /// Opens an upload; nil where the registry took the blob from another of its repositories.
    private func open(mountingFrom origin: RepositoryName?) async throws -> Session? {
        if let origin {
            let query = "mount=\(descriptor.digest)&from=\(origin.path)"
            let answer = try? await post(query: query)
            if answer?.status == 201 { return nil }
            // The registry would rather be sent the blob: it has opened an upload for it.
            if let answer, answer.status == 202 { return try await session(after: answer, from: openingAddress()) }
        }
        let answer = try await post(query: nil)
        // Some registries know the blob and say so at once.
        if answer.status == 201 { return nil }
        guard answer.status == 202 else { throw await repository.failure(answer, action) }
        return try await session(after: answer, from: openingAddress())
    }

    /// An upload that is opened twice does no harm: the registry forgets the one that nothing came to.
    private func post(query: String?) async throws -> Answer {
        let call = RegistryRepository.Call(.POST, "blobs/uploads/", query: query, headers: [("Content-Length", "0")])
        return try await repository.perform(call, reading: action, isIdempotent: true)
    }

    private func openingAddress() async throws -> URL {
        try await repository.url(of: RegistryRepository.Call(.POST, "blobs/uploads/"))
    }

    /// Reads where to go on: `Location` may be relative, or on another host.
    private func session(after answer: Answer, from request: URL) async throws -> Session {
        guard let location = answer.headers.first(name: "Location"),
            let url = URL(string: location, relativeTo: request)?.absoluteURL
        else {
            throw RegistryError(
                .invalidResponse,
                "\(repository.repository.registry) opened an upload without saying where",
                status: answer.status
            )
        }
        try AddressRules.check(url, namedBy: try await repository.session.base(), as: "an upload address")
        let least = answer.headers.first(name: "OCI-Chunk-Min-Length").flatMap { Int64($0) } ?? 0
        return Session(address: url, leastPiece: min(max(least, 0), 1 << 30))
    }

    // MARK: Sending

    private func sendWhole(_ session: Session) async throws {
        let body = RegistryRepository.StreamedBody(try await content(), size: descriptor.size)
        try await close(session, body: body)
    }

    private func sendPieces(_ session: Session, from start: Int64) async throws {
        let reader = BlobReader(try await content())
        try await reader.skip(start)
        var session = session
        var offset = start
        while offset < descriptor.size {
            let length = min(max(Self.pieceLength, session.leastPiece), descriptor.size - offset)
            var call = RegistryRepository.Call(.PATCH, "blobs/uploads/")
            call.url = session.address
            call.headers = [
                ("Content-Type", "application/octet-stream"),
                // Without the unit that RFC 9110 puts before it.
                ("Content-Range", "\(offset)-\(offset + length - 1)"),
            ]
            let piece = BlobPiece(reader: reader, length: length)
            let answer = try await send(call, body: RegistryRepository.StreamedBody(piece, size: length))
            // ECR answers 201 where the specification has 202.
            guard [200, 201, 202, 204].contains(answer.status) else { throw await repository.failure(answer, action) }
            session = try await self.session(after: answer, from: session.address)
            offset += length
            // ECR takes the first piece and throws every other one away, with a status that says it took it.
            if let received = Self.received(answer), received != offset { throw Interruption.notInPieces }
        }
        // The end of the content is where its digest is verified.
        while try await reader.next(atMost: 1) != nil {}
        try await close(session, body: nil)
    }

    /// The request that ends an upload and names its digest.
    private func close(_ session: Session, body: RegistryRepository.StreamedBody?) async throws {
        let separator = session.address.query() == nil ? "?" : "&"
        guard let address = URL(string: "\(session.address.absoluteString)\(separator)digest=\(descriptor.digest)")
        else {
            throw RegistryError(
                .invalidResponse,
                "\(repository.repository.registry) opened an upload at an unreadable address"
            )
        }
        var call = RegistryRepository.Call(.PUT, "blobs/uploads/")
        call.url = address
        call.headers = [("Content-Type", "application/octet-stream")]
        if body == nil { call.headers.append(("Content-Length", "0")) }
        let answer = try await send(call, body: body)
        guard [201, 200, 204].contains(answer.status) else { throw await repository.failure(answer, action) }
    }

    private func send(_ call: RegistryRepository.Call, body: RegistryRepository.StreamedBody?) async throws -> Answer {
        do {
            let answer = try await repository.read(try await repository.send(call, streaming: body))
            if answer.status == 413 { throw Interruption.tooLarge }
            if answer.isHTML, answer.status < 300 { throw await repository.error(answer, action) }
            // Out of order: the registry has another idea of how far it came.
            if answer.status == 416 || RetryPolicy.isTransient(status: answer.status) {
                let error = await repository.error(answer, action)
                throw Interruption.broken(TransientFailure(error: error, retryAfter: answer.retryAfter))
            }
            return answer
        } catch let failure as TransientFailure {
            throw Interruption.broken(failure)
        }
    }

    // MARK: Going on

    /// How far an upload came, and where it goes on; nil where the registry does not know it any more.
    private func progress(of session: Session) async -> (received: Int64, session: Session)? {
        var call = RegistryRepository.Call(.GET, "blobs/uploads/")
        call.url = session.address
        guard let answer = try? await repository.perform(call, reading: action),
            [200, 202, 204].contains(answer.status),
            let received = Self.received(answer), received <= descriptor.size,
            let next = try? await self.session(after: answer, from: session.address)
        else { return nil }
        return (received, next)
    }

    /// How many bytes the registry has, by the `Range` of its answer; nil where it does not tell.
    private static func received(_ answer: Answer) -> Int64? {
        guard let end = answer.headers.first(name: "Range")?.split(separator: "-").last.flatMap({ Int64($0) }) else {
            return nil
        }
        // `0-0` is what registries write for nothing at all, though it would mean one byte.
        return end == 0 ? 0 : end + 1
    }
}
