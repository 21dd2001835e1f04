import OCI
import TestSupport
import Testing

@testable import Registry

/// How tokens are asked for, in every form that token servers know.
@Suite struct TokenFlowTests {
    private func given(_ credential: Credential) -> CredentialFiles { CredentialFiles([.given(credential)]) }

    private let ada = Credential.password(user: "ada", Secret("p&=+% ü"))
    private let identity = Credential.identityToken(user: nil, Secret("refresh/me+="))

    @Test func anIdentityTokenIsChangedByPost() async throws {
        try await withTokenRegistry { request in
            request.method == "POST"
                ? TestResponse(200, json: #"{"access_token":"good"}"#) : TestResponse(500)
        } _: { registry in
            try await withClient(credentials: given(identity)) { client in
                let tags = try await client.repository(registry.name()).tags()
                #expect(tags.count == 1)
            }
            let request = try #require(registry.tokenRequests.first)
            #expect(registry.tokenRequests.count == 1)
            #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded")
            #expect(request.headers["Authorization"] == nil)
            #expect(request.query == nil)
            #expect(request.formValues("grant_type") == ["refresh_token"])
            #expect(request.formValues("refresh_token") == ["refresh/me+="])
            #expect(request.formValues("service") == ["test"])
            #expect(request.formValues("client_id") == ["tagboat"])
            #expect(request.formValues("scope") == ["repository:acme/ui:pull,push"])
        }
    }

    /// GCR, Artifactory, ACR, and those that know GET alone.
    @Test(arguments: [404, 401, 400, 405])
    func whereFormsAreUnknownAHeaderIs(status: Int) async throws {
        try await withTokenRegistry { request in
            request.method == "POST" ? TestResponse(status, json: #"{"errors":[]}"#) : TokenRegistry.granted
        } _: { registry in
            try await withClient(credentials: given(.identityToken(user: "0000", Secret("refresh")))) { client in
                let tags = try await client.repository(registry.name()).tags()
                #expect(tags.count == 1)
            }
            #expect(registry.tokenRequests.map(\.method) == ["POST", "GET"])
            let header = registry.tokenRequests.last?.headers["Authorization"]
            #expect(header == BasicAuthorization.header("0000", Secret("refresh")))
        }
    }

    @Test func aRefusedIdentityTokenIsToldAsOne() async throws {
        try await withTokenRegistry { request in
            request.method == "POST" ? TestResponse(401) : TestResponse(404)
        } _: { registry in
            try await withClient(credentials: given(identity)) { client in
                let error = try await failure { try await client.repository(registry.name()).tags() }
                #expect(error?.kind == .unauthorized)
                #expect(error?.hint?.contains("the identity token") == true)
                #expect("\(String(describing: error))".contains("refresh/me") == false)
            }
        }
    }

    /// A server that knows forms alone, and a password.
    @Test(arguments: [404, 405])
    func whereHeadersAreUnknownAFormIs(status: Int) async throws {
        try await withTokenRegistry { request in
            request.method == "GET" ? TestResponse(status) : TokenRegistry.granted
        } _: { registry in
            try await withClient(credentials: given(ada)) { client in
                let tags = try await client.repository(registry.name()).tags()
                #expect(tags.count == 1)
            }
            let request = try #require(registry.tokenRequests.last)
            #expect(request.formValues("grant_type") == ["password"])
            #expect(request.formValues("username") == ["ada"])
            #expect(request.formValues("password") == ["p&=+% ü"])
        }
    }

    @Test func aWrongPasswordIsShownOnce() async throws {
        try await withTokenRegistry { _ in
            TestResponse(401)
        } _: { registry in
            try await withClient(credentials: given(ada)) { client in
                let error = try await failure { try await client.repository(registry.name()).tags() }
                #expect(error?.kind == .unauthorized)
            }
            #expect(registry.tokenRequests.count == 1)
        }
    }

    @Test(arguments: [401, 403, 503])
    func whatTheServerRepeatsIsNotShown(status: Int) async throws {
        for secret in ["p&=+% ü", String(BasicAuthorization.header("ada", Secret("p&=+% ü")).dropFirst(6))] {
            try await withTokenRegistry { _ in
                TestResponse(
                    status,
                    headers: ["Retry-After": "0"],
                    json: #"{"errors":[{"code":"UNAUTHORIZED","message":"you showed \#(secret)"}]}"#
                )
            } _: { registry in
                try await withClient(credentials: given(ada)) { client in
                    let error = try await failure { try await client.repository(registry.name()).tags() }
                    #expect(error?.status == status)
                    #expect(error?.description.contains("gave no token for") == true)
                    #expect(error?.description.contains(secret) == false)
                }
            }
        }
    }

    /// Rotation: what the server gives in place of the credential is shown the next time.
    @Test func aRefreshTokenTakesTheCredentialsPlace() async throws {
        let count = Counter()
        try await withTokenRegistry(
            accepts: { $0.headers["Authorization"] == "Bearer good2" },
            token: { _ in
                let number = count.next()
                return TestResponse(200, json: #"{"token":"good\#(number)","refresh_token":"next\#(number)"}"#)
            },
            { registry in
                try await withClient(credentials: given(ada)) { client in
                    let tags = try await client.repository(registry.name()).tags()
                    #expect(tags.count == 1)
                }
                #expect(registry.tokenRequests.map(\.method) == ["GET", "POST"])
                #expect(registry.tokenRequests.last?.formValues("refresh_token") == ["next1"])
            }
        )
    }

    @Test func aRegistryTokenIsShownAsItIs() async throws {
        try await withTokenRegistry { _ in
            TokenRegistry.granted
        } _: { registry in
            try await withClient(credentials: given(.registryToken(Secret("good")))) { client in
                let tags = try await client.repository(registry.name()).tags()
                #expect(tags.count == 1)
            }
            try await withClient(credentials: given(.registryToken(Secret("bad")))) { client in
                let error = try await failure { try await client.repository(registry.name()).tags() }
                #expect(error?.kind == .unauthorized)
            }
            // It is for the registry and for nobody else.
            #expect(registry.tokenRequests.isEmpty)
        }
    }

    @Test func aTokenThatRunsOutInTheMiddleIsRenewedOnce() async throws {
        let tokens = Counter()
        let uses = Counter()
        try await withTokenRegistry(
            accepts: { request in
                // After 20 requests the first token is refused.
                request.headers["Authorization"] == (uses.next() <= 20 ? "Bearer t1" : "Bearer t2")
            },
            token: { _ in TestResponse(200, json: #"{"token":"t\#(tokens.next())","expires_in":3600}"#) },
            { registry in
                try await withClient(credentials: given(ada)) { client in
                    let repository = try await client.repository(registry.name())
                    for _ in 0..<5 {
                        try await withThrowingTaskGroup(of: Int.self) { group in
                            for _ in 0..<8 { group.addTask { try await repository.tags().count } }
                            for try await number in group { #expect(number == 1) }
                        }
                    }
                }
                #expect(registry.tokenRequests.count == 2)
            }
        )
    }

    @Test func whatTheRegistryNamesIsAskedForToo() async throws {
        let demand = #",scope="repository:acme/ui:pull repository:acme/base:pull",error="insufficient_scope""#
        try await withTokenRegistry(
            challenge: {
                TokenRegistry.challenge($0, $0.path == "/v2/" ? #",scope="repository:user/image:pull""# : demand)
            },
            token: { request in
                let isEnough = request.queryValues("scope").contains("repository:acme/base:pull")
                return TestResponse(200, json: #"{"token":"\#(isEnough ? "good" : "small")"}"#)
            },
            { registry in
                try await withClient(credentials: given(ada)) { client in
                    let repository = try await client.repository(registry.name())
                    #expect(try await repository.tags().count == 1)
                    #expect(try await repository.tags().count == 1)
                }
                // The example in the first challenge is no demand; the two sets are joined.
                #expect(
                    registry.tokenRequests.map { $0.queryValues("scope") } == [
                        ["repository:acme/ui:pull,push"],
                        ["repository:acme/base:pull", "repository:acme/ui:pull,push"],
                    ]
                )
            }
        )
    }

    /// GitLab's scope is empty where it knows none, public ECR's is a word of its own.
    @Test(arguments: [(#",scope="""#, []), (#",scope="aws""#, ["aws"]), (",scope=", [])] as [(String, [String])])
    func unusualScopes(text: String, added: [String]) async throws {
        let count = Counter()
        try await withTokenRegistry(
            challenge: { TokenRegistry.challenge($0, text) },
            accepts: { $0.headers["Authorization"] == "Bearer t2" },
            token: { _ in TestResponse(200, json: #"{"token":"t\#(count.next())"}"#) },
            { registry in
                try await withClient { client in
                    let tags = try await client.repository(registry.name(), access: .pull).tags()
                    #expect(tags.count == 1)
                }
                let scopes = registry.tokenRequests.last?.queryValues("scope")
                #expect(scopes == added + ["repository:acme/ui:pull"])
            }
        )
    }

    /// Quay refuses tokens that are to delete, IBM wants them so.
    @Test(arguments: [400, 401, 403])
    func whereDeletingIsUnknownItIsLeftOut(status: Int) async throws {
        try await withTokenRegistry { request in
            request.queryValues("scope").contains { $0.hasSuffix("delete") }
                ? TestResponse(status) : TokenRegistry.granted
        } _: { registry in
            try await withClient(credentials: given(ada)) { client in
                let repository = try await client.repository(registry.name(), access: .delete)
                #expect(try await repository.tags().count == 1)
                _ = try await client.repository(registry.name("acme/other"), access: .delete).tags()
            }
            #expect(
                registry.tokenRequests.map { $0.queryValues("scope") } == [
                    ["repository:acme/ui:pull,push,delete"], ["repository:acme/ui:pull,push"],
                    ["repository:acme/other:pull,push", "repository:acme/ui:pull,push"],
                ]
            )
        }
    }

    @Test func aTokenThatCoversARepositoryServesIt() async throws {
        try await withTokenRegistry { _ in
            TokenRegistry.granted
        } _: { registry in
            try await withClient(credentials: given(ada)) { client in
                let first = try await client.repository(registry.name("acme/one"))
                let second = try await client.repository(registry.name("acme/two"), access: .pull)
                _ = try await first.tags()
                _ = try await second.tags()
                let third = try await client.repository(registry.name("acme/three"))
                // The later announcement does not make the earlier token useless.
                _ = try await first.tags()
                _ = try await second.tags()
                #expect(registry.tokenRequests.count == 1)
                _ = try await third.tags()
            }
            #expect(registry.tokenRequests.count == 2)
        }
    }

    struct ChallengeCase: Sendable {
        let challenge: String
        let authorization: String?
    }

    @Test(arguments: [
        ChallengeCase(
            challenge: #"Negotiate abc==, Basic realm="r", Bearer realm="http://HOST/token""#,
            authorization: "Basic"
        ),
        ChallengeCase(
            challenge: #"Digest realm="r", bearer REALM=http://HOST/token, Basic realm="r""#,
            authorization: "Bearer"
        ),
        ChallengeCase(challenge: #"Bearer service="x", Bearer realm="/token""#, authorization: "Bearer"),
        ChallengeCase(challenge: "Negotiate", authorization: nil),
    ])
    func theFirstSchemeThatWeKnowIsTaken(example: ChallengeCase) async throws {
        try await withTokenRegistry(
            challenge: { ["WWW-Authenticate": example.challenge.replacing("HOST", with: $0.headers["Host"] ?? "")] },
            accepts: { $0.headers["Authorization"] != nil },
            token: { _ in TokenRegistry.granted },
            { registry in
                try await withClient(credentials: given(ada)) { client in
                    let repository = try await client.repository(registry.name())
                    if example.authorization == nil {
                        #expect(try await failure { try await repository.tags() }?.kind == .unauthorized)
                    } else {
                        #expect(try await repository.tags().count == 1)
                    }
                }
                // Nothing was shown before it was asked for.
                #expect(registry.requests.first?.headers["Authorization"] == nil)
                let shown = registry.requests.last?.headers["Authorization"]?.split(separator: " ").first
                #expect(shown.map(String.init) == example.authorization)
            }
        )
    }

    @Test(arguments: [
        "http://169.254.169.254/token", "ftp://127.0.0.1/token", "http://ada@127.0.0.1/token",
        "https://metadata.google.internal/token",
    ])
    func aHostileRealmGetsNothing(realm: String) async throws {
        try await withTokenRegistry(
            challenge: { _ in ["WWW-Authenticate": #"Bearer realm="\#(realm)""#] },
            token: { _ in TokenRegistry.granted },
            { registry in
                try await withClient(credentials: given(ada)) { client in
                    let error = try await failure { try await client.repository(registry.name()).tags() }
                    #expect(error?.kind == .unsafeAddress)
                }
                #expect(registry.server.requests.allSatisfy { $0.headers["Authorization"] == nil })
            }
        )
    }

    @Test func aTokenServersRedirectTakesNoCredentialsAlong() async throws {
        try await withTestServer { _ in
            TokenRegistry.granted
        } _: { other in
            try await withTokenRegistry { _ in
                TestResponse(302, headers: ["Location": "http://\(other.address)/token"])
            } _: { registry in
                try await withClient(credentials: given(ada)) { client in
                    _ = try await failure { try await client.repository(registry.name()).tags() }
                }
                #expect(registry.tokenRequests.first?.headers["Authorization"] != nil)
                #expect(other.requests.count == 1)
                #expect(other.requests.first?.headers["Authorization"] == nil)
            }
        }
    }

    @Test(arguments: [
        ("repository:a/b:pull,push registry:catalog:*", ["registry:catalog:*", "repository:a/b:pull,push"]),
        ("repository:h:5000/a:pull  repository:h:5000/a:delete", ["repository:h:5000/a:pull,delete"]),
        ("", []), ("   ", []), ("aws", ["aws"]), ("repository:a:", []),
        ("repository:a:x,pull", ["repository:a:pull,x"]),
    ])
    func scopesAreReadAndWritten(text: String, texts: [String]) {
        #expect(Scopes(parsing: text).texts == texts)
    }
}
