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
    let features: HostFeatures
    /// The same repository on other hosts, which are asked first for content that has a digest; never for tags, which
    /// a mirror may have from yesterday.
    let mirrors: [RegistryRepository]

    package var name: String { repository.description }

    // MARK: Tags

    package func tags() async throws -> Set<Tag> {
        var tags: Set<Tag> = []
        var pagesWithoutNews = 0
        var size = 0
        for try await page in tagPages() {
            let count = tags.count
            size += page.reduce(0) { $0 + $1.name.utf8.count }
            guard size <= SizeLimit.tagNames else {
                throw RegistryError(
                    .tooLarge,
                    "the tags of \(name) are more than can be held: their names are over \(SizeLimit.tagNames >> 20) MiB",
                    hint: "delete tags that nobody needs; `tagboat list --format names` reads them page by page"
                )
            }
            tags.formUnion(page)
            pagesWithoutNews = tags.count > count ? 0 : pagesWithoutNews + 1
            guard pagesWithoutNews < 10 else {
                throw RegistryError(
                    .invalidResponse,
                    "the tag list of \(name) goes on and on without a new tag",
                    hint: "the registry's list is broken; tell its operator"
                )
            }
        }
        return tags
    }

    package func tagPages() -> TagPages {
        TagPages {
            let list = TagList(repository: self)
            return { try await list.nextPage() }
        }
    }

    /// How far a list of tags is read.
    ///
    /// The state is an object rather than variables that a closure captures: with those, release builds of Swift 6.3.1
    /// crashed now and then while the closure waited for an answer.
    private final class TagList {
        private let repository: RegistryRepository
        private var seen: Set<URL> = []
        private var next: URL?
        private var isAtEnd = false

        init(repository: RegistryRepository) {
            self.repository = repository
        }

        func nextPage() async throws -> [Tag]? {
            if isAtEnd { return nil }
            let page = try await repository.tagPage(next)
            next = page.next
            isAtEnd = next == nil
            if let next, !seen.insert(next).inserted {
                throw RegistryError(.invalidResponse, "the tag list of \(repository.name) leads back to itself")
            }
            guard seen.count < SizeLimit.tagPages else {
                throw RegistryError(
                    .tooLarge,
                    "the tag list of \(repository.name) has more than \(SizeLimit.tagPages) pages",
                    hint: "no repository has that many tags; tell the registry's operator"
                )
            }
            return page.tags
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
            let list = try JSONDecoder().decode(TagPage.self, from: Data(answer.body))
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

    private struct TagPage: Decodable {
        let tags: [String?]?
    }

    // MARK: Requests

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
        /// Whether the answer's body may be of any length.
        var isBulk = false
        /// Whether a web page is an answer that the caller understands, of a registry that lacks what is asked for.
        var mayMeetPages = false

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

    /// A body that is read while it is sent, once.
    struct StreamedBody {
        let stream: HTTPClientRequest.Body
        /// Its length in bytes.
        let size: Int64

        init(_ chunks: some AsyncSequence<ByteBuffer, any Error> & Sendable, size: Int64) {
            stream = .stream(chunks, length: .known(size))
            self.size = size
        }
    }

    /// Sends a request, with retries where sending it twice does no harm, and reads the answer whole.
    func perform(_ call: Call, reading action: String, isIdempotent: Bool? = nil) async throws -> Answer {
        try await transport.retrying(isIdempotent: isIdempotent ?? (call.method != .POST)) {
            let answer = try await read(try await send(call), limit: call.limit)
            // A web page says nothing, whatever its status: a portal or proxy answers in the registry's place.
            let isPage = !call.mayMeetPages && answer.isHTML && (200...299).contains(answer.status)
            if isPage || RetryPolicy.isTransient(status: answer.status) { throw await failure(answer, action) }
            return answer
        }
    }

    /// Sends a request once, and once more where the registry asks for another authorization.
    func send(_ call: Call, streaming body: StreamedBody? = nil) async throws -> HTTPClientResponse {
        let url = try await url(of: call)
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = call.method
        for (name, value) in call.headers { request.headers.add(name: name, value: value) }
        request.body = body?.stream ?? call.body.map { .bytes(ByteBuffer(bytes: $0)) }
        func dispatch(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
            try await transport.send(
                request,
                to: repository.registry,
                bodySize: body?.size ?? Int64(call.body?.count ?? 0),
                isBulk: body != nil || call.isBulk
            )
        }

        guard url.isSameOrigin(as: try await session.base()) else {
            return try await dispatch(request)
        }
        let authorization = try await session.authorization(for: repository)
        if let authorization { request.headers.replaceOrAdd(name: "Authorization", value: authorization) }
        let response = try await dispatch(request)
        guard response.status == .unauthorized else { return response }
        let challenges = response.headers["WWW-Authenticate"]
        guard try await session.learn(from: challenges, rejected: authorization, for: repository),
            let renewed = try await session.authorization(for: repository), renewed != authorization
        else { return response }
        if body != nil {
            // A streamed body is gone after one use: whoever has it must begin again, with the new token.
            let refused = await error(try await read(response), "\(name) could not be written to")
            throw TransientFailure(error: refused, retryAfter: .zero)
        }
        try await response.drain()
        request.headers.replaceOrAdd(name: "Authorization", value: renewed)
        return try await dispatch(request)
    }

    func url(of call: Call) async throws -> URL {
        if let url = call.url { return url }
        let base = try await session.base()
        let query = call.query.map { "?" + $0 } ?? ""
        guard let url = URL(string: "\(base.absoluteString)v2/\(repository.path)/\(call.path)\(query)") else {
            throw RegistryError(.invalidResponse, "\(name) cannot be addressed")
        }
        return url
    }

    /// Reads an answer whole.
    func read(_ response: HTTPClientResponse, limit: Int = SizeLimit.message) async throws -> Answer {
        try await Answer(response, from: repository.registry.name, limit: limit, deadline: transport.deadline)
    }

    func error(_ answer: Answer, _ action: String) async -> RegistryError {
        let hint = await session.credentialHint(for: repository)
        let error = answer.error(doing: action, unauthorizedHint: hint)
        // Somebody who is known and lacks a permission does not get it by logging in again.
        guard error.kind == .unauthorized, answer.lacksScope, await session.hasCredential(for: repository) else {
            return error
        }
        return RegistryError(
            .denied,
            error.description,
            hint: "the user is known and may not do this: ask for the permission",
            status: error.status,
            codes: error.codes
        )
    }

    func failure(_ answer: Answer, _ action: String) async -> any Error {
        answer.transient(await error(answer, action))
    }
}
