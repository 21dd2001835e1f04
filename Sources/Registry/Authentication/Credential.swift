/// What somebody shows a registry, or its token server, to be let in.
package enum Credential: Hashable, Sendable {
    case password(user: String, Secret)
    /// An OAuth 2 refresh token, which a token server changes into tokens: docker's `identitytoken`.
    ///
    /// The user is the one that stands beside it, where there is one.
    case identityToken(user: String?, Secret)
    /// A bearer token that the registry itself takes as it is: docker's `registrytoken`.
    case registryToken(Secret)

    /// Whose it is, for messages.
    package var user: String? {
        switch self {
        case .password(let user, _): user
        case .identityToken(let user, _): user
        case .registryToken: nil
        }
    }

    /// The credential in words, without anything secret.
    var name: String {
        switch self {
        case .password(let user, _): "the credentials of user \(user)"
        case .identityToken(let user?, _): "the identity token of user \(user)"
        case .identityToken(nil, _): "the identity token"
        case .registryToken: "the registry token"
        }
    }

    /// An error without the server's words, where these repeat what it was shown.
    func redacted(_ error: any Error, doing action: String) -> any Error {
        func redacted(_ error: RegistryError) -> RegistryError {
            guard shown.contains(where: { $0.utf8.count > 3 && error.description.contains($0) }) else { return error }
            let status = error.status.map { "status \($0)" } ?? "no status"
            return RegistryError(error.kind, "\(action): \(status)", hint: error.hint, status: error.status)
        }
        return switch error {
        case let error as RegistryError: redacted(error)
        case let error as TransientFailure:
            TransientFailure(error: redacted(error.error), retryAfter: error.retryAfter)
        default: error
        }
    }

    /// What a server sees of the credential.
    private var shown: [String] {
        switch self {
        case .password(let user, let password):
            [password.value, String(BasicAuthorization.header(user, password).dropFirst("Basic ".count))]
        case .identityToken(let user, let token):
            [token.value, String(BasicAuthorization.header(user ?? "<token>", token).dropFirst("Basic ".count))]
        case .registryToken(let token):
            [token.value]
        }
    }
}
