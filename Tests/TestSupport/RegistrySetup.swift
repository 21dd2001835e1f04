/// How a registry lets clients in.
package enum RegistrySetup: Sendable {
    /// Plain HTTP, and anybody may do anything.
    case open
    /// Plain HTTP, for a server before it that ends TLS, and a password for everything.
    case password(user: String, password: String)
    /// HTTPS with a certificate of a private authority, and a password for everything.
    case passwordOverTLS(user: String, password: String)
    /// HTTPS that only those can speak who show a certificate of the same private authority.
    case clientCertificates
    /// Plain HTTP with the tokens of an issuer that runs beside the registry.
    case token(TokenPolicy)

    /// A token registry.
    ///
    /// - Parameters:
    ///   - users: the users and what they may do.
    ///   - anonymous: what anybody may do without a password.
    /// - Returns: the set-up.
    package static func token(users: TokenUser..., anonymous: [TokenGrant] = []) -> RegistrySetup {
        .token(TokenPolicy(users: users, anonymous: anonymous))
    }
}
