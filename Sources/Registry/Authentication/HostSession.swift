import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import OCI

/// What a run has learned of one registry: its address, how it wants to be asked, and the tokens it gave.
///
/// The first request makes the others wait, so that a run asks for the challenge and for each token once.
actor HostSession {
    /// How requests prove who sends them.
    private enum Method: Sendable {
        case none
        case basic
        case bearer(realm: URL, service: String?)
    }

    private struct Greeting: Sendable {
        let base: URL
        let method: Method
    }

    private let host: RegistryHost
    private let transport: Transport
    private let credentials: CredentialFiles
    private var access: [RepositoryName: RepositoryAccess] = [:]
    private var greeting: Task<Greeting, any Error>?
    private var learned: Method?
    private var tokens: [Set<Scope>: Task<Token, any Error>] = [:]

    init(host: RegistryHost, transport: Transport, credentials: CredentialFiles) {
        self.host = host
        self.transport = transport
        self.credentials = credentials
    }

    /// Tells what the run will do with a repository, so that the first token serves for all of it.
    func announce(_ repository: RepositoryName, _ access: RepositoryAccess) {
        self.access[repository] = max(access, self.access[repository] ?? access)
    }

    /// The registry's address, `https://host/`.
    func base() async throws -> URL { try await greet().base }

    /// The `Authorization` header for a repository; nil where none is wanted.
    func authorization(for repository: RepositoryName) async throws -> String? {
        switch try await method() {
        case .none:
            return nil
        case .basic:
            guard case .credential(let credential) = try credentials.find(for: repository) else { return nil }
            return credential.basicAuthorization
        case .bearer(let realm, let service):
            return "Bearer \(try await token(for: repository, realm: realm, service: service).value.value)"
        }
    }

    /// Learns from a 401; true where another try with a new `authorization(for:)` makes sense.
    ///
    /// - Parameters:
    ///   - headers: the answer's `WWW-Authenticate` headers.
    ///   - rejected: the `Authorization` that was refused.
    ///   - repository: what the request was about.
    /// - Returns: whether to try again.
    /// - Throws: `RegistryError` for a token server at an unsafe address.
    func learn(from headers: [String], rejected: String?, for repository: RepositoryName) async throws -> Bool {
        let base = try await greet().base
        switch (try Self.method(in: headers, base: base), rejected) {
        case (.none, _):
            return false
        case (.basic, nil):
            learned = .basic
            return try await authorization(for: repository) != nil
        case (.basic, _?):
            return false
        case (.bearer(let realm, let service), let rejected):
            let scopes = try self.scopes(for: repository)
            learned = .bearer(realm: realm, service: service)
            // Only the token that was refused is given up; another request may have brought a newer one meanwhile.
            if let rejected, let task = tokens[scopes],
                try await "Bearer \(task.value.value.value)" == rejected, tokens[scopes] == task
            {
                tokens[scopes] = nil
            }
            return true
        }
    }

    /// Why a request was refused for want of credentials, for the hint of the error.
    func credentialHint(for repository: RepositoryName) -> String {
        switch try? credentials.find(for: repository) {
        case .credential(let credential):
            "the registry does not accept the credentials of user \(credential.user); log in again"
        case .helper(let helper):
            "its credentials are with the helper docker-credential-\(helper), which tagboat does not run; "
                + "use `--authfile FILE` with a file that holds them"
        case .some(.none), nil:
            "log in with `docker login \(host)` or `podman login \(host)`, or name a file with --authfile"
        }
    }

    private func method() async throws -> Method {
        if let learned { return learned }
        return try await greet().method
    }

    // MARK: The first request

    private func greet() async throws -> Greeting {
        if let greeting { return try await greeting.value }
        let task = Task { try await self.findGreeting() }
        greeting = task
        return try await task.value
    }

    private func findGreeting() async throws -> Greeting {
        switch transport.settings.hosts[host]?.plainHTTP {
        case true?: return try await ping(scheme: "http")
        case false?: return try await ping(scheme: "https")
        case nil where !host.isLoopback: return try await ping(scheme: "https")
        case nil: break
        }
        // A loopback registry may have TLS or not. The question itself carries nothing secret, so ask plainly first:
        // a TLS server answers it with 400 or hangs up.
        do {
            return try await ping(scheme: "http")
        } catch let error as RegistryError where error.kind == .unreachable || error.kind == .invalidResponse {
            do {
                return try await ping(scheme: "https")
            } catch let second as RegistryError where second.kind == .unreachable {
                throw error
            }
        }
    }

    private func ping(scheme: String) async throws -> Greeting {
        let dialled = host == .dockerHub ? "registry-1.docker.io" : host.name
        guard let base = URL(string: "\(scheme)://\(dialled)/") else {
            throw RegistryError(.unreachable, "\(host) is not an address that can be dialled")
        }
        return try await transport.retrying(isIdempotent: true) {
            let request = HTTPClientRequest(url: base.absoluteString + "v2/")
            let response = try await transport.send(request, to: host)
            try await response.drain()
            let status = Int(response.status.code)
            if RetryPolicy.isTransient(status: status) {
                throw TransientFailure(
                    error: RegistryError(.serverFailure, "\(host) answered with status \(status)", status: status),
                    retryAfter: RetryPolicy.retryAfter(response.headers.first(name: "Retry-After"))
                )
            }
            let isHTML = response.headers.first(name: "Content-Type")?.lowercased().hasPrefix("text/html") ?? false
            guard [200, 401, 403].contains(status), !isHTML else {
                throw RegistryError(
                    .invalidResponse,
                    "\(host) does not answer as a registry: status \(status)\(isHTML ? " and a web page" : "") at /v2/",
                    hint: "check the host name and port in the image's name",
                    status: status
                )
            }
            let headers = response.headers["WWW-Authenticate"]
            return Greeting(base: base, method: status == 401 ? try Self.method(in: headers, base: base) : .none)
        }
    }

    /// The first scheme that we support, among all challenges.
    private static func method(in headers: [String], base: URL) throws(RegistryError) -> Method {
        for challenge in Challenge.parse(headers) {
            switch challenge.scheme {
            case "basic":
                return .basic
            case "bearer":
                guard let text = challenge.parameters["realm"],
                    let realm = URL(string: text, relativeTo: base)?.absoluteURL
                else { continue }
                try AddressRules.check(realm, namedBy: base, as: "a token server")
                return .bearer(realm: realm, service: challenge.parameters["service"])
            default:
                continue
            }
        }
        return .none
    }

    // MARK: Tokens

    /// Everything that this run wants from the registry with the credential of this repository.
    private func scopes(for repository: RepositoryName) throws -> Set<Scope> {
        let credential = try credentials.find(for: repository)
        var scopes: Set<Scope> = [Scope(repositoryPath: repository.path, access: access[repository] ?? .pull)]
        for (other, access) in access where try credentials.find(for: other) == credential {
            scopes.insert(Scope(repositoryPath: other.path, access: access))
        }
        return scopes
    }

    private func token(for repository: RepositoryName, realm: URL, service: String?) async throws -> Token {
        let scopes = try scopes(for: repository)
        if let task = tokens[scopes] {
            let token = try await task.value
            if token.expires > .now { return token }
            // Only the first one to find it expired asks for a new one.
            if tokens[scopes] == task { tokens[scopes] = nil }
            return try await self.token(for: repository, realm: realm, service: service)
        }
        let task = Task { try await self.requestToken(scopes, for: repository, realm: realm, service: service) }
        tokens[scopes] = task
        do {
            return try await task.value
        } catch {
            tokens[scopes] = nil
            throw error
        }
    }

    private func requestToken(
        _ scopes: Set<Scope>,
        for repository: RepositoryName,
        realm: URL,
        service: String?
    ) async throws -> Token {
        var items = [URLQueryItem(name: "client_id", value: "tagboat")]
        if let service { items.append(URLQueryItem(name: "service", value: service)) }
        items += scopes.map(\.text).sorted().map { URLQueryItem(name: "scope", value: $0) }
        guard var components = URLComponents(url: realm, resolvingAgainstBaseURL: true) else {
            throw RegistryError(.invalidResponse, "\(host) names a token server whose address cannot be read")
        }
        components.queryItems = (components.queryItems ?? []) + items
        // A plus sign means a space to many servers, and Foundation leaves it alone.
        components.percentEncodedQuery = components.percentEncodedQuery.map { query in
            String(query.flatMap { $0 == "+" ? Array("%2B") : [$0] })
        }
        var request = HTTPClientRequest(url: components.string ?? realm.absoluteString)
        if case .credential(let credential) = try credentials.find(for: repository) {
            request.headers.add(name: "Authorization", value: credential.basicAuthorization)
        }
        let server = realm.host() ?? "the token server"
        let prepared = request
        return try await transport.retrying(isIdempotent: true) {
            let response = try await transport.send(prepared, to: host, isForToken: true)
            let answer = try await Answer(
                response,
                from: server,
                limit: SizeLimit.message,
                deadline: transport.deadline
            )
            guard answer.status == 200 else {
                throw answer.failure(
                    doing: "\(server) gave no token for \(repository)",
                    unauthorizedHint: credentialHint(for: repository)
                )
            }
            guard let token = Token(parsing: answer.body, now: .now) else {
                throw RegistryError(.invalidResponse, "\(server) answered without a token for \(repository)")
            }
            return token
        }
    }
}

extension Credential {
    var basicAuthorization: String {
        "Basic " + Data("\(user):\(password.value)".utf8).base64EncodedString()
    }
}
