import FoundationEssentials

/// A request for a token and its answer (distribution, docs/spec/auth/token.md and oauth.md).
struct TokenExchange {
    /// How the registry behaves.
    let profile: VendorProfile
    /// How its authorization service behaves.
    let rules: VendorProfile.TokenRules
    /// Who may do what.
    let policy: TokenPolicy

    /// Answers a request.
    func answer(_ request: TestRequest, _ contents: inout RegistryContents) -> TestResponse {
        switch request.method {
        case "GET":
            return grant(
                services: request.queryValues("service"),
                scopes: request.queryValues("scope"),
                to: request.headers["Authorization"],
                &contents
            )
        case "POST":
            if let problem = rules.postProblem { return problem.response }
            let form = TestRequest(method: "POST", target: "/?" + request.text, headers: [:], body: [])
            guard request.headers["Content-Type"]?.hasPrefix("application/x-www-form-urlencoded") == true else {
                return RegistryProblem(400, "UNSUPPORTED", "a form is expected").response
            }
            let user = form.queryValues("username").first ?? ""
            let password = form.queryValues("password").first ?? form.queryValues("refresh_token").first ?? ""
            guard ["password", "refresh_token"].contains(form.queryValues("grant_type").first ?? "") else {
                return RegistryProblem(400, "UNSUPPORTED", "unknown grant_type").response
            }
            return grant(
                services: form.queryValues("service"),
                scopes: form.queryValues("scope").flatMap { $0.split(separator: " ").map(String.init) },
                to: "Basic " + Data("\(user):\(password)".utf8).base64EncodedString(),
                &contents
            )
        default:
            return TestResponse(405)
        }
    }

    /// Makes a token for what somebody may do of what was asked for.
    private func grant(
        services: [String],
        scopes texts: [String],
        to authorization: String?,
        _ contents: inout RegistryContents
    ) -> TestResponse {
        guard rules.service == nil || services == [rules.service ?? ""] else {
            return RegistryProblem(400, "UNSUPPORTED", "unknown service").response
        }
        guard let client = policy.identify(authorization) else { return rules.wrongPassword.response }
        guard rules.servesAnybody || !client.name.isEmpty else { return RegistryProblem.unauthorized.response }
        var scopes: [TokenScope] = []
        for text in texts where !text.isEmpty {
            guard var scope = TokenScope(text[...]) else {
                return RegistryProblem(400, "UNSUPPORTED", "a scope cannot be read").response
            }
            if case .rejected(let problem) = rules.deleteAction, scope.actions.contains("delete") {
                return problem.response
            }
            scope.actions = scope.actions.filter { action in
                client.grants.contains { $0.actions.contains(action) && scope.name.hasPrefix($0.prefix) }
            }
            if rules.pushScopeCreatesRepository, scope.actions.contains("push") {
                contents.repositories[scope.name] = contents.repositories[scope.name] ?? .init()
            }
            scopes.append(scope)
        }
        let token = contents.newName("t0ken-of-\(profile.name.filter(\.isLetter))")
        contents.tokens[token] = scopes
        var fields = rules.fields.map { #""\#($0)":"\#(token)""# }
        if let lifetime = rules.lifetime { fields.append(#""expires_in":\#(lifetime)"#) }
        return TestResponse(200, json: "{\(fields.joined(separator: ","))}")
    }
}
