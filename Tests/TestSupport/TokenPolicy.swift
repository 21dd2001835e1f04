import FoundationEssentials

/// What a token issuer grants to whom, and for how long.
package struct TokenPolicy: Sendable {
    /// The users it knows.
    package var users: [TokenUser]
    /// What anybody may do without a password; nil refuses a request without one.
    package var anonymous: [TokenGrant]?
    /// How many seconds a token is valid; docker-registry accepts it for 60 seconds more, and negative is possible.
    package var lifetime: Int
    /// The `expires_in` of the answer; nil leaves it out with `issued_at`, and a client must then assume 60 seconds.
    package var announcedLifetime: Int?

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - users: the users it knows.
    ///   - anonymous: what anybody may do without a password; nil refuses a request without one.
    ///   - lifetime: how many seconds a token is valid, and said to be valid.
    package init(users: [TokenUser], anonymous: [TokenGrant]? = [], lifetime: Int = 300) {
        self.users = users
        self.anonymous = anonymous
        self.lifetime = lifetime
        announcedLifetime = lifetime
    }

    /// Finds out who asks, and what they may do.
    ///
    /// - Parameter authorization: the request's `Authorization` field.
    /// - Returns: the name (empty for anybody) and permissions; nil if the password is wrong, or missing but needed.
    func identify(_ authorization: String?) -> (name: String, grants: [TokenGrant])? {
        guard let authorization else {
            return anonymous.map { ("", $0) }
        }
        let words = authorization.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "basic",
            let credentials = Data(base64Encoded: String(words[1])).map({ String(decoding: $0, as: UTF8.self) }),
            let user = users.first(where: { "\($0.name):\($0.password)" == credentials })
        else { return nil }
        return (user.name, user.grants)
    }
}
