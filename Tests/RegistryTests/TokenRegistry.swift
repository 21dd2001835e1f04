import Synchronization
import TestSupport

@testable import Registry

/// A registry that hands out tokens as a test wants it; every repository has the one tag `a`.
struct TokenRegistry: Sendable {
    let server: TestServer

    /// The requests for tokens so far.
    var tokenRequests: [TestRequest] { server.requests.filter { $0.path == "/token" } }

    var requests: [TestRequest] { server.requests.filter { $0.path != "/token" } }

    /// Where a repository is.
    func name(_ path: String = "acme/ui") -> String { "\(server.address)/\(path)" }
}

/// Runs a body with such a registry.
///
/// - Parameters:
///   - challenge: what it asks for in answer to a request that is not let in.
///   - accepts: whether a request is let in.
///   - token: what its token server answers.
///   - body: what needs it.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or the failure to listen.
func withTokenRegistry<Value: Sendable>(
    challenge: @escaping @Sendable (TestRequest) -> TestHeaders = { TokenRegistry.challenge($0) },
    accepts: @escaping @Sendable (TestRequest) -> Bool = { $0.headers["Authorization"] == "Bearer good" },
    token: @escaping @Sendable (TestRequest) -> TestResponse,
    _ body: (TokenRegistry) async throws -> Value
) async throws -> Value {
    try await withTestServer { request in
        if request.path == "/token" { return token(request) }
        guard request.path != "/v2/", accepts(request) else {
            return TestResponse(401, headers: challenge(request), json: #"{"errors":[{"code":"UNAUTHORIZED"}]}"#)
        }
        return TestResponse(200, json: #"{"tags":["a"]}"#)
    } _: { server in
        try await body(TokenRegistry(server: server))
    }
}

extension TokenRegistry {
    /// A challenge for tokens of this server.
    static func challenge(_ request: TestRequest, _ more: String = "") -> TestHeaders {
        let host = request.headers["Host"] ?? ""
        return ["WWW-Authenticate": "Bearer realm=\"http://\(host)/token\",service=\"test\"\(more)"]
    }

    static let granted = TestResponse(200, json: #"{"token":"good","expires_in":300}"#)
}

/// Counts, from several tasks at once.
final class Counter: Sendable {
    private let value = Mutex(0)

    /// The next number, from 1.
    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
