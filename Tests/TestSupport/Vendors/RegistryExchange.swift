/// A request to a registry and its answer.
struct RegistryExchange {
    /// How the registry behaves.
    let profile: VendorProfile
    /// Who may do what.
    let policy: TokenPolicy
    /// What was asked.
    let request: TestRequest
    /// The hosts beside the registry.
    let hosts: RegistryHosts

    /// Answers the request.
    func answer(_ contents: inout RegistryContents) -> TestResponse {
        if contents.throttled > 0 {
            contents.throttled -= 1
            var response = profile.throttling.response
            response.headers["Retry-After"] = "0"
            return response
        }
        guard request.path.hasPrefix("/v2/") else { return Self.noSuchPage }
        if request.path == "/v2/" {
            guard let refusal = refusal(of: nil, in: "", contents) else {
                return TestResponse(200, headers: ["Content-Type": RegistryProblem.jsonType], json: profile.greeting)
            }
            return refusal
        }
        var parts = request.path.dropFirst(4).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3 else { return Self.noSuchPage }
        let last = parts.removeLast()
        let kind = parts.removeLast()
        if kind == "uploads", parts.last == "blobs" {
            let name = parts.dropLast().joined(separator: "/")
            return authorized(name, contents) ?? upload(last, in: name, &contents)
        }
        let name = parts.joined(separator: "/")
        switch (kind, last) {
        case ("manifests", let reference):
            return authorized(name, contents) ?? manifest(reference, in: name, &contents)
        case ("blobs", let digest):
            return authorized(name, contents) ?? blob(digest, in: name, &contents)
        case ("tags", "list"):
            return authorized(name, contents) ?? tagList(of: name, contents)
        case ("referrers", let digest):
            return authorized(name, contents) ?? referrers(of: digest, in: name, contents)
        default:
            return Self.noSuchPage
        }
    }

    /// The answer to an address that means nothing.
    static let noSuchPage = TestResponse(
        404,
        headers: ["Content-Type": "text/plain; charset=utf-8"],
        body: Array("404 page not found\n".utf8)
    )

    /// The address of something on the registry, as its `Location` headers write it.
    func location(_ path: String) -> String {
        switch profile.blobs.location {
        case .relative, .relativeWithState: path
        case .absolute, .absoluteWithState: "http://\(request.headers["Host"] ?? "")\(path)"
        }
    }

    // MARK: Permission

    /// Why the request is refused, by its method; nil permits it.
    private func authorized(_ name: String, _ contents: RegistryContents) -> TestResponse? {
        let action =
            switch request.method {
            case "GET", "HEAD": "pull"
            case "DELETE": deleteNeedsPush ? "push" : "delete"
            default: "push"
            }
        return refusal(of: action, in: name, contents)
    }

    private var deleteNeedsPush: Bool {
        // An upload that is given up belongs to a push.
        if request.path.contains("/blobs/uploads/") { return true }
        guard case .token(let rules) = profile.access else { return false }
        if case .required = rules.deleteAction { return false }
        return true
    }

    /// Why an action is refused; nil permits it.
    ///
    /// Without an action it is enough to be known.
    func refusal(of action: String?, in name: String, _ contents: RegistryContents) -> TestResponse? {
        let authorization = request.headers["Authorization"]
        switch profile.access {
        case .open:
            return nil
        case .basic:
            guard authorization != nil, let client = policy.identify(authorization) else {
                return challenge(#"Basic realm="\#(profile.name)""#)
            }
            let isGranted = action.map { action in client.grants.contains { $0.actions.contains(action) } } ?? true
            return isGranted ? nil : (profile.permissionMissing ?? .denied).response
        case .token(let rules):
            let words = authorization?.split(separator: " ") ?? []
            guard words.count == 2, words[0].lowercased() == "bearer", let scopes = contents.tokens[String(words[1])]
            else {
                return challenge(bearer(rules, action, name) + (authorization == nil ? "" : #",error="invalid_token""#))
            }
            let isGranted =
                action.map { action in
                    scopes.contains { $0.name == name && ($0.actions.contains(action) || $0.actions.contains("*")) }
                } ?? true
            guard !isGranted else { return nil }
            // Who did not ask for it is told to; who asked and did not get it lacks the permission.
            if let problem = profile.permissionMissing, scopes.contains(where: { $0.name == name }) {
                return problem.response
            }
            return challenge(bearer(rules, action, name) + #",error="insufficient_scope""#)
        }
    }

    private func challenge(_ value: String) -> TestResponse {
        var response = RegistryProblem.unauthorized.response
        response.headers["WWW-Authenticate"] = value
        return response
    }

    private func bearer(_ rules: VendorProfile.TokenRules, _ action: String?, _ name: String) -> String {
        let host =
            switch rules.place {
            case .ownHost: request.headers["Host"] ?? ""
            case .anotherHost: hosts.issuer
            }
        var text = #"Bearer realm="http://\#(host)\#(rules.path)""#
        if let service = rules.service { text += #",service="\#(service)""# }
        guard let action else { return text + (rules.greetingScope.map { #",scope="\#($0)""# } ?? "") }
        switch rules.challengeScope {
        case .needed: text += #",scope="repository:\#(name):\#(action == "push" ? "pull,push" : action)""#
        case .empty: text += #",scope="""#
        case .absent: break
        }
        return text
    }
}
