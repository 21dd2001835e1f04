import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
package import OCI

/// A repository on a registry, spoken to by the OCI distribution protocol.
package struct RegistryRepository: ImageStore {
    package let repository: RepositoryName
    let session: HostSession
    let transport: Transport

    package var name: String { repository.description }

    // MARK: Manifests

    package func digest(of tag: Tag) async throws -> Digest? {
        let call = Call(.HEAD, "manifests/\(tag)", headers: Self.accept)
        let answer = try await perform(call, reading: "\(name):\(tag) could not be read")
        switch answer.status {
        case 200:
            if let digest = Self.declaredDigest(answer) { return digest }
            // Some registries leave the header out, or write it without its algorithm.
            return try await manifest(for: .tag(tag)).digest
        case 404:
            return nil
        default:
            // A HEAD answer has no body that tells what is wrong; a GET does.
            return try await explained { try await manifest(for: .tag(tag)).digest }
        }
    }

    package func manifest(for selector: ManifestSelector) async throws -> StoredManifest {
        let place = place(selector)
        let call = Call(.GET, "manifests/\(selector)", headers: Self.accept, limit: SizeLimit.pulledManifest)
        let answer = try await perform(call, reading: "\(place) could not be read")
        guard answer.status == 200 else {
            throw await failure(answer, "\(place) could not be read")
        }
        guard !answer.isHTML, let contentType = answer.headers.first(name: "Content-Type") else {
            throw RegistryError(
                .invalidResponse,
                "\(repository.registry) answered with \(answer.isHTML ? "a web page" : "no content type") for \(place)",
                hint: "check the host name and port in the image's name"
            )
        }
        let mediaType = MediaType(contentType: contentType)
        let wanted: Digest? = if case .digest(let digest) = selector { digest } else { Self.declaredDigest(answer) }
        let digest = Digest(of: answer.body, algorithm: wanted?.algorithm ?? .sha256)
        guard wanted == nil || digest == wanted else {
            throw RegistryError(
                .digestMismatch,
                "the manifest of \(place) has the digest \(digest), not \(wanted?.description ?? "") as it should",
                hint: "the content was damaged or replaced on its way; nothing was released from it"
            )
        }
        let manifest = StoredManifest(bytes: answer.body, mediaType: mediaType, digest: digest)
        do {
            _ = try manifest.decoded()
        } catch {
            throw RegistryError(.invalidResponse, "\(place) is not an image: \(error)")
        }
        return manifest
    }

    package func put(_ manifest: StoredManifest, as tag: Tag?) async throws {
        let selector = tag.map(ManifestSelector.tag) ?? .digest(manifest.digest)
        guard manifest.bytes.count <= SizeLimit.pushedManifest else {
            throw RegistryError(.tooLarge, "the manifest for \(place(selector)) is larger than 4 MiB")
        }
        let call = Call(
            .PUT,
            "manifests/\(selector)",
            headers: [("Content-Type", manifest.mediaType.rawValue)],
            body: manifest.bytes
        )
        let action = "\(place(selector)) could not be written"
        let answer = try await perform(call, reading: action)
        guard [200, 201, 202].contains(answer.status) else { throw await failure(answer, action) }
        if let declared = Self.declaredDigest(answer), declared != manifest.digest {
            throw RegistryError(
                .digestMismatch,
                "\(repository.registry) stored \(place(selector)) as \(declared), not as \(manifest.digest)",
                hint: "the registry changed the manifest; do not use this tag and tell the registry's operator"
            )
        }
    }

    // MARK: Tags

    package func tags() async throws -> Set<Tag> {
        var tags: Set<Tag> = []
        for try await page in tagPages() { tags.formUnion(page) }
        return tags
    }

    package func tagPages() -> TagPages {
        TagPages {
            var seen: Set<URL> = []
            var next: URL?
            var isAtEnd = false
            return {
                if isAtEnd { return nil }
                let page = try await tagPage(next)
                next = page.next
                isAtEnd = next == nil
                if let next, !seen.insert(next).inserted {
                    throw RegistryError(.invalidResponse, "the tag list of \(name) leads back to itself")
                }
                return page.tags
            }
        }
    }

    private func tagPage(_ url: URL?) async throws -> (tags: [Tag], next: URL?) {
        let action = "the tags of \(name) could not be listed"
        var call = Call(.GET, "tags/list", query: "n=1000", limit: SizeLimit.tagPage)
        call.url = url
        let request = try await self.url(of: call)
        let answer = try await perform(call, reading: action)
        // Only the registry's own word means that there is no such repository yet. A bare 404 may as well come from one
        // that cannot list tags, and then no tag may move on the strength of it.
        if answer.status == 404, !answer.errors.isEmpty { return ([], nil) }
        guard answer.status == 200, !answer.isHTML else { throw await failure(answer, action) }
        do {
            let list = try JSONDecoder().decode(TagList.self, from: Data(answer.body))
            // A name outside of the grammar cannot be a tag of ours, nor be asked for.
            let tags = (list.tags ?? []).compactMap { name in name.flatMap { try? Tag($0) } }
            return (tags, try LinkHeader.next(in: answer.headers["Link"], of: request))
        } catch let error as RegistryError {
            throw error
        } catch {
            throw RegistryError(
                .invalidResponse,
                "\(action): the answer is not a tag list (\(jsonProblem(error)))",
                hint: "check the host name and port in the image's name"
            )
        }
    }

    private struct TagList: Decodable {
        let tags: [String?]?
    }

    // MARK: Blobs

    package func hasBlob(_ blob: Descriptor) async throws -> Bool {
        let action = "the blob \(blob.digest.abbreviated) of \(name) could not be looked up"
        let answer = try await perform(Call(.HEAD, "blobs/\(blob.digest)"), reading: action)
        switch answer.status {
        case 200: return true
        case 404: return false
        default: throw await failure(answer, action)
        }
    }

    package func blob(_ descriptor: Descriptor) async throws -> BlobContent {
        let action = "the blob \(descriptor.digest.abbreviated) of \(name) could not be read"
        return try await transport.retrying(isIdempotent: true) {
            let response = try await send(Call(.GET, "blobs/\(descriptor.digest)"))
            guard response.status.code == 200 else {
                throw await failure(
                    try await Answer(response, from: repository.registry.name, limit: SizeLimit.message),
                    action
                )
            }
            return BlobContent(of: descriptor, from: name, chunks: ResponseChunks(response.body, repository.registry))
        }
    }

    // MARK: Requests

    static let accept = [("Accept", MediaType.manifests.map(\.rawValue).joined(separator: ", "))]

    /// `Docker-Content-Digest`, where it is there and of a form that can be trusted.
    private static func declaredDigest(_ answer: Answer) -> Digest? {
        answer.headers.first(name: "Docker-Content-Digest").flatMap { try? Digest(parsing: $0) }
    }

    func place(_ selector: ManifestSelector) -> String {
        switch selector {
        case .tag(let tag): "\(name):\(tag)"
        case .digest(let digest): "\(name)@\(digest)"
        }
    }

    /// One request below `/v2/<name>/`.
    struct Call {
        let method: HTTPMethod
        let path: String
        var query: String?
        var headers: [(String, String)] = []
        var body: [UInt8]?
        var limit = SizeLimit.message
        /// A full address in place of path and query.
        var url: URL?

        init(
            _ method: HTTPMethod,
            _ path: String,
            query: String? = nil,
            headers: [(String, String)] = [],
            body: [UInt8]? = nil,
            limit: Int = SizeLimit.message
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.headers = headers
            self.body = body
            self.limit = limit
        }
    }

    /// Sends a request, with retries where sending it twice does no harm, and reads the answer whole.
    func perform(_ call: Call, reading action: String) async throws -> Answer {
        try await transport.retrying(isIdempotent: call.method != .POST) {
            let answer = try await Answer(
                try await send(call),
                from: repository.registry.name,
                limit: call.limit
            )
            if RetryPolicy.isTransient(status: answer.status) { throw await failure(answer, action) }
            return answer
        }
    }

    /// Sends a request once, and once more where the registry asks for another authorization.
    func send(_ call: Call, streaming body: HTTPClientRequest.Body? = nil) async throws -> HTTPClientResponse {
        let url = try await url(of: call)
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = call.method
        for (name, value) in call.headers { request.headers.add(name: name, value: value) }
        request.body = body ?? call.body.map { .bytes(ByteBuffer(bytes: $0)) }

        guard url.isSameOrigin(as: try await session.base()) else {
            return try await transport.send(request, to: repository.registry)
        }
        let authorization = try await session.authorization(for: repository)
        if let authorization { request.headers.replaceOrAdd(name: "Authorization", value: authorization) }
        let response = try await transport.send(request, to: repository.registry)
        // A streamed body is gone after one use.
        guard response.status == .unauthorized, body == nil else { return response }
        let challenges = response.headers["WWW-Authenticate"]
        guard try await session.learn(from: challenges, rejected: authorization, for: repository),
            let renewed = try await session.authorization(for: repository), renewed != authorization
        else { return response }
        try await response.drain()
        request.headers.replaceOrAdd(name: "Authorization", value: renewed)
        return try await transport.send(request, to: repository.registry)
    }

    private func url(of call: Call) async throws -> URL {
        if let url = call.url { return url }
        let base = try await session.base()
        let query = call.query.map { "?" + $0 } ?? ""
        guard let url = URL(string: "\(base.absoluteString)v2/\(repository.path)/\(call.path)\(query)") else {
            throw RegistryError(.invalidResponse, "\(name) cannot be addressed")
        }
        return url
    }

    func failure(_ answer: Answer, _ action: String) async -> any Error {
        answer.failure(doing: action, unauthorizedHint: await session.credentialHint(for: repository))
    }

    /// Runs a GET that is expected to fail as the HEAD before it did.
    private func explained(_ operation: () async throws -> Digest) async throws -> Digest? {
        do {
            return try await operation()
        } catch let error as RegistryError where error.kind == .notFound {
            return nil
        }
    }
}

/// A response's body, whose failures are told as ours.
private struct ResponseChunks: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    private let body: HTTPClientResponse.Body
    private let host: RegistryHost

    init(_ body: HTTPClientResponse.Body, _ host: RegistryHost) {
        self.body = body
        self.host = host
    }

    func makeAsyncIterator() -> Iterator { Iterator(body: body.makeAsyncIterator(), host: host) }

    struct Iterator: AsyncIteratorProtocol {
        var body: HTTPClientResponse.Body.AsyncIterator
        let host: RegistryHost

        mutating func next() async throws -> ByteBuffer? {
            try await next(isolation: #isolation)
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            do {
                return try await body.next(isolation: actor)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                throw ConnectionFailure.truncatedBody(of: host.name).error
            }
        }
    }
}
