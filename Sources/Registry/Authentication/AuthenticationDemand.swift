import FoundationEssentials

/// How requests to a registry prove who sends them.
enum AuthenticationMethod: Hashable, Sendable {
    case none
    case basic
    case bearer(TokenServer)
}

/// What a registry asks for by its challenges.
struct AuthenticationDemand: Sendable {
    let method: AuthenticationMethod
    /// What the registry says a token must be for; empty where it says nothing.
    let scopes: Scopes

    /// Takes the first scheme that we support; further bearer challenges of the same server add their scopes.
    ///
    /// - Parameters:
    ///   - headers: the `WWW-Authenticate` headers.
    ///   - base: the registry's address.
    /// - Throws: `RegistryError` for a token server at an unsafe address.
    init(_ headers: [String], base: URL) throws(RegistryError) {
        var method = AuthenticationMethod.none
        var scopes = Scopes()
        for challenge in Challenge.parse(headers) {
            switch (challenge.scheme, method) {
            case ("basic", .none):
                method = .basic
            case ("bearer", .none), ("bearer", .bearer):
                guard let server = try TokenServer(challenge, base: base) else { continue }
                if method == .none { method = .bearer(server) }
                guard method == .bearer(server) else { continue }
                scopes.formUnion(Scopes(parsing: challenge.parameters["scope"] ?? ""))
            default:
                continue
            }
        }
        self.method = method
        self.scopes = scopes
    }
}
