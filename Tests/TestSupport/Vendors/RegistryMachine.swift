import Synchronization

/// What answers the requests to a vendor's hosts.
final class RegistryMachine: Sendable {
    /// How it behaves.
    let profile: VendorProfile
    /// Who may do what.
    let policy: TokenPolicy
    /// What it holds.
    let contents = Mutex(RegistryContents())

    /// Creates an empty registry.
    init(_ profile: VendorProfile) {
        self.profile = profile
        // The password has what forms, addresses and Basic credentials give a meaning to.
        policy = TokenPolicy(
            users: [
                TokenUser(profile.user, password: "s3cret:+/=w%rd&x", [.everything]),
                TokenUser("reader", password: "re4d-0nly:+/=", [.pull]),
            ]
        )
    }

    /// Answers a request to the registry's own host.
    func serve(_ request: TestRequest, _ hosts: RegistryHosts) -> TestResponse {
        contents.withLock { contents in
            if case .token(let rules) = profile.access, case .ownHost = rules.place, request.path == rules.path {
                return TokenExchange(profile: profile, rules: rules, policy: policy).answer(request, &contents)
            }
            let exchange = RegistryExchange(profile: profile, policy: policy, request: request, hosts: hosts)
            var response = exchange.answer(&contents)
            for field in profile.headers.fields where response.headers[field.name] == nil {
                response.headers[field.name] = field.value
            }
            return response
        }
    }

    /// Answers a request to the host of the authorization service.
    func serveTokens(_ request: TestRequest) -> TestResponse {
        guard case .token(let rules) = profile.access, case .anotherHost = rules.place, request.path == rules.path
        else { return TestResponse(404) }
        return contents.withLock { contents in
            TokenExchange(profile: profile, rules: rules, policy: policy).answer(request, &contents)
        }
    }

    /// Answers a request to the storage, whose addresses are signed.
    ///
    /// Object stores refuse a request that is signed and has `Authorization` as well, with 400.
    func serveStorage(_ request: TestRequest) -> TestResponse {
        guard request.headers["Authorization"] == nil else {
            return TestResponse(400, headers: ["Content-Type": "application/xml"], body: Array("<Error/>".utf8))
        }
        guard request.queryValues("signature") == ["ok"], request.method == "GET" else { return TestResponse(403) }
        let parts = request.path.split(separator: "/")
        return contents.withLock { contents in
            let repository = parts.dropLast().joined(separator: "/")
            guard let digest = parts.last,
                let bytes = contents.repositories[repository]?.blobs[String(digest)]
            else { return TestResponse(404) }
            return TestResponse(200, headers: ["Content-Type": "application/octet-stream"], body: bytes)
        }
    }
}
