/// Permission for some actions in all repositories whose name begins alike.
package struct TokenGrant: Sendable, Hashable {
    /// What the repository's name begins with; empty for every repository.
    package var prefix: String
    /// The actions: `pull`, `push`, `delete` or `*`.
    package var actions: Set<String>

    /// Creates a permission.
    ///
    /// - Parameters:
    ///   - actions: the actions.
    ///   - prefix: what the repository's name begins with; empty for every repository.
    package init(_ actions: Set<String>, prefix: String = "") {
        self.prefix = prefix
        self.actions = actions
    }

    /// Permission to read everything.
    package static let pull = TokenGrant(["pull"])
    /// Permission to read, write and delete everything, and to list the repositories.
    package static let everything = TokenGrant(["pull", "push", "delete", "*"])
}

/// Somebody whom a token issuer knows.
package struct TokenUser: Sendable, Hashable {
    /// The user's name.
    package var name: String
    /// The user's password.
    package var password: String
    /// What the user may do.
    package var grants: [TokenGrant]

    /// Creates a user.
    ///
    /// - Parameters:
    ///   - name: the name.
    ///   - password: the password.
    ///   - grants: what the user may do.
    package init(_ name: String, password: String, _ grants: [TokenGrant]) {
        self.name = name
        self.password = password
        self.grants = grants
    }
}
