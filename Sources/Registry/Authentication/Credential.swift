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
}
