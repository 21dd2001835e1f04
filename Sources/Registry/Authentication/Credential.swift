/// A user's name and password for a registry.
package struct Credential: Hashable, Sendable {
    package let user: String
    package let password: Secret

    package init(user: String, password: Secret) {
        self.user = user
        self.password = password
    }
}
