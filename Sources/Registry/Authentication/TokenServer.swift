import FoundationEssentials

/// Where a registry sends its clients for tokens: the `realm` and `service` of its challenge.
struct TokenServer: Hashable, Sendable {
    let realm: URL
    let service: String?

    /// Host and port, for messages.
    var name: String { realm.authority.isEmpty ? "the token server" : realm.authority }
}

extension TokenServer {
    /// Reads a bearer challenge; nil where it names no address.
    ///
    /// - Parameters:
    ///   - challenge: the challenge.
    ///   - base: the registry's address, to which the realm may be relative.
    /// - Throws: `RegistryError` for an unsafe address.
    init?(_ challenge: Challenge, base: URL) throws(RegistryError) {
        guard let text = challenge.parameters["realm"], !text.isEmpty,
            let realm = URL(string: text, relativeTo: base)?.absoluteURL
        else { return nil }
        try AddressRules.check(realm, namedBy: base, as: "a token server")
        self.init(realm: realm, service: challenge.parameters["service"])
    }
}
