import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import OCI

/// Asks a token server for one token (Docker's "Token Authentication Specification" and "OAuth2 authentication").
struct TokenRequest: Sendable {
    let server: TokenServer
    let scopes: Scopes
    /// Nil asks for what everybody may do.
    let credential: Credential?
    /// Whether to ask for a refresh token too, which `login` keeps in place of the password.
    var isForLogin = false
    /// What the token is for, for messages.
    let purpose: String

    /// Sends the request, and again in another form where the server does not know the first one.
    ///
    /// - Parameters:
    ///   - transport: sends it.
    ///   - host: the registry that the token is for.
    ///   - hint: what to do where the credential is refused.
    /// - Returns: the token.
    /// - Throws: `RegistryError`.
    func send(
        by transport: Transport,
        for host: RegistryHost,
        hint: @Sendable () async -> String
    ) async throws -> Token {
        var answers: [Answer] = []
        for form in forms {
            let request = try request(form)
            let answer = try await transport.retrying(isIdempotent: true) {
                let response = try await transport.send(request, to: host, isForToken: true)
                let answer = try await Answer(
                    response,
                    from: server.name,
                    limit: SizeLimit.message,
                    deadline: transport.deadline
                )
                guard !RetryPolicy.isTransient(status: answer.status) else {
                    throw failure(answer, hint: "run again later")
                }
                return answer
            }
            if answer.status == 200 {
                guard let token = Token(parsing: answer.body, now: .now) else {
                    throw RegistryError(.invalidResponse, "\(server.name) answered without a token for \(purpose)")
                }
                return token
            }
            answers.append(answer)
            guard form.tellsOfAnotherForm(answer.status) else { break }
        }
        // A refusal of the credential tells more than that a form is unknown.
        guard let answer = answers.first(where: { [401, 403].contains($0.status) }) ?? answers.last else {
            throw RegistryError(.unauthorized, "\(refusal): there is no way to ask for one", hint: await hint())
        }
        throw failure(answer, hint: await hint())
    }

    private func failure(_ answer: Answer, hint: String) -> any Error {
        let error = answer.failure(doing: refusal, unauthorizedHint: hint)
        return credential?.redacted(error, doing: refusal) ?? error
    }

    private var refusal: String { "\(server.name) gave no token for \(purpose)" }

    /// One way to ask, and the statuses that call for the next one.
    private enum Form {
        /// GET with the credential in the header, or none.
        case get(user: String, Secret?)
        /// A form with `grant_type=refresh_token`.
        case refreshToken(Secret)
        /// A form with `grant_type=password`.
        case password(user: String, Secret)

        func tellsOfAnotherForm(_ status: Int) -> Bool {
            switch self {
            // GCR answers 404, Artifactory 401, ACR 400 to what they do not know.
            case .refreshToken: [400, 401, 404, 405].contains(status)
            case .get: [404, 405].contains(status)
            case .password: false
            }
        }
    }

    private var forms: [Form] {
        switch credential {
        case nil: [.get(user: "", nil)]
        case .password(let user, let password): [.get(user: user, password), .password(user: user, password)]
        case .identityToken(let user, let token): [.refreshToken(token), .get(user: user ?? "<token>", token)]
        // It is for the registry itself, never for its token server.
        case .registryToken: []
        }
    }

    private func request(_ form: Form) throws(RegistryError) -> HTTPClientRequest {
        var fields = [("client_id", "tagboat")]
        if let service = server.service { fields.append(("service", service)) }
        switch form {
        case .get(let user, let password):
            fields += scopes.texts.map { ("scope", $0) }
            if isForLogin { fields += [("account", user), ("offline_token", "true")] }
            let separator = server.realm.query() == nil ? "?" : "&"
            guard let url = URL(string: server.realm.absoluteString + separator + FormText.encode(fields)) else {
                throw RegistryError(.invalidResponse, "\(server.name) has an address that cannot be read")
            }
            var request = HTTPClientRequest(url: url.absoluteString)
            if let password {
                request.headers.add(name: "Authorization", value: BasicAuthorization.header(user, password))
            }
            return request
        case .refreshToken(let token):
            fields += [("grant_type", "refresh_token"), ("refresh_token", token.value)]
        case .password(let user, let password):
            fields += [("grant_type", "password"), ("username", user), ("password", password.value)]
            if isForLogin { fields.append(("access_type", "offline")) }
        }
        let texts = scopes.texts
        if !texts.isEmpty { fields.append(("scope", texts.joined(separator: " "))) }
        var request = HTTPClientRequest(url: server.realm.absoluteString)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(ByteBuffer(string: FormText.encode(fields)))
        return request
    }
}
