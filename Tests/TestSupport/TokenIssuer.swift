import FoundationEssentials
package import SystemPackage

/// An authorization service after Docker's token protocol (distribution, docs/spec/auth/token.md).
package struct TokenIssuer: Sendable {
    /// Where tokens are to be had: the `realm` of a challenge.
    package let realm: String
    /// The service that the tokens are for.
    package let service: String
    /// The name of the issuer in its tokens.
    package let name: String
    /// The certificate that the tokens' signatures lead to.
    package let rootCertificate: FilePath
    /// What answers the requests.
    private let server: TestServer

    /// Describes an issuer that runs on a server.
    init(server: TestServer, service: String, name: String, rootCertificate: FilePath) {
        realm = "http://\(server.address)/token"
        self.service = service
        self.name = name
        self.rootCertificate = rootCertificate
        self.server = server
    }

    /// All requests so far, granted or not.
    package var requests: [TestRequest] { server.requests }

    /// Empties the log of requests.
    package func forgetRequests() {
        server.forgetRequests()
    }
}

/// Runs a body with a token issuer, which is stopped afterwards.
///
/// - Parameters:
///   - policy: what it grants to whom.
///   - service: the service that its tokens are for.
///   - body: what needs the issuer.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or the failure to start the issuer.
package func withTokenIssuer<Value: Sendable>(
    _ policy: TokenPolicy,
    service: String = "registry.test",
    _ body: (_ issuer: TokenIssuer) async throws -> Value
) async throws -> Value {
    try await withTemporaryDirectory { directory in
        let name = "Test Issuer"
        let authority = try await CertificateAuthority(name: name, in: directory)
        let tokens = TokenSource(
            policy: policy,
            issuer: name,
            service: service,
            signer: try TokenSigner(authority.root)
        )
        return try await withTestServer(handler: tokens.answer) { server in
            try await body(
                TokenIssuer(server: server, service: service, name: name, rootCertificate: authority.root.certificate)
            )
        }
    }
}

/// Answers the requests for tokens.
private struct TokenSource: Sendable {
    /// The claims of a token (distribution, docs/spec/auth/jwt.md).
    struct Claims: Encodable {
        var iss: String
        var sub: String
        var aud: String
        var exp: Int
        var nbf: Int
        var iat: Int
        var jti: String
        var access: [TokenScope]
    }

    /// The answer to a request for a token (distribution, docs/spec/auth/token.md).
    struct Answer: Encodable {
        var token: String
        var accessToken: String
        var expiresIn: Int?
        var issuedAt: String?

        enum CodingKeys: String, CodingKey {
            case token
            case accessToken = "access_token"
            case expiresIn = "expires_in"
            case issuedAt = "issued_at"
        }
    }

    /// What is granted to whom.
    let policy: TokenPolicy
    /// The name of the issuer.
    let issuer: String
    /// The service that the tokens are for.
    let service: String
    /// What signs the tokens.
    let signer: TokenSigner

    /// Answers one request.
    func answer(_ request: TestRequest) async -> TestResponse {
        guard request.path == "/token" else {
            return TestResponse(404, json: #"{"details":"no such page"}"#)
        }
        guard request.method == "GET" else {
            return TestResponse(405, headers: ["Allow": "GET"], json: #"{"details":"only GET is offered"}"#)
        }
        guard request.queryValues("service") == [service] else {
            return TestResponse(400, json: #"{"details":"unknown service"}"#)
        }
        guard let client = policy.identify(request.headers["Authorization"]) else {
            return TestResponse(
                401,
                headers: ["WWW-Authenticate": #"Basic realm="\#(issuer)""#],
                json: #"{"details":"incorrect username or password"}"#
            )
        }
        do {
            let scopes = request.queryValues("scope").flatMap { $0.split(separator: " ") }.compactMap { TokenScope($0) }
            let access = scopes.compactMap { $0.restricted(to: client.grants) }
            let answer = try grant(access, to: client.name)
            return TestResponse(200, json: String(decoding: try JSONEncoder().encode(answer), as: UTF8.self))
        } catch {
            return TestResponse(500, json: #"{"details":"the token could not be signed"}"#)
        }
    }

    /// Makes a token for what has been granted.
    private func grant(_ access: [TokenScope], to subject: String) throws -> Answer {
        let now = Date()
        let seconds = Int(now.timeIntervalSince1970)
        // A token that is born expired must still have begun before its end.
        let claims = Claims(
            iss: issuer,
            sub: subject,
            aud: service,
            exp: seconds + policy.lifetime,
            nbf: seconds + min(0, policy.lifetime) - 10,
            iat: seconds,
            jti: String(UInt64.random(in: .min ... .max), radix: 36),
            access: access
        )
        let token = try signer.sign(claims)
        return Answer(
            token: token,
            accessToken: token,
            expiresIn: policy.announcedLifetime,
            issuedAt: policy.announcedLifetime.map { _ in now.formatted(.iso8601) }
        )
    }
}
