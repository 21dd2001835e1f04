import FoundationEssentials

/// A registry in memory that behaves as a vendor's does, with its hosts on several loopback addresses.
///
/// The registry is on 127.0.0.1, its authorization service, where it has a host of its own, on 127.0.0.2, and its
/// storage on 127.0.0.3.
package struct VendorRegistry: Sendable {
    /// How it behaves.
    package let profile: VendorProfile
    /// What it holds.
    let machine: RegistryMachine
    /// The registry's own host.
    package let server: TestServer
    /// The host of the authorization service.
    package let issuer: TestServer
    /// The host that blobs are redirected to.
    package let storage: TestServer

    /// The host and port, as in `127.0.0.1:43210`.
    package var address: String { server.address }

    /// Who may do everything.
    package var writer: TokenUser { machine.policy.users[0] }
    /// Who may only pull.
    package var reader: TokenUser { machine.policy.users[1] }

    /// Somebody's entry in a credential file, as `docker login` writes it.
    ///
    /// - Parameters:
    ///   - user: who; nil gives a file without entries.
    ///   - password: another password than the user's own.
    /// - Returns: the JSON text of the file.
    package func credentialFile(for user: TokenUser?, password: String? = nil) -> String {
        guard let user else { return #"{"auths":{}}"# }
        let pair = Data("\(user.name):\(password ?? user.password)".utf8).base64EncodedString()
        return #"{"auths":{"\#(address)":{"auth":"\#(pair)"}}}"#
    }
}

/// Runs a body with a vendor's registry, which is stopped afterwards.
///
/// - Parameters:
///   - profile: how it behaves.
///   - body: what needs the registry.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or the failure to listen.
package func withVendorRegistry<Value: Sendable>(
    _ profile: VendorProfile,
    _ body: (_ registry: VendorRegistry) async throws -> Value
) async throws -> Value {
    let machine = RegistryMachine(profile)
    return try await withTestServer(host: "127.0.0.3", handler: machine.serveStorage) { storage in
        try await withTestServer(host: "127.0.0.2", handler: machine.serveTokens) { issuer in
            let hosts = RegistryHosts(issuer: issuer.address, storage: storage.address)
            return try await withTestServer {
                machine.serve($0, hosts)
            } _: { server in
                try await body(
                    VendorRegistry(
                        profile: profile,
                        machine: machine,
                        server: server,
                        issuer: issuer,
                        storage: storage
                    )
                )
            }
        }
    }
}

/// The addresses of the hosts beside the registry.
struct RegistryHosts: Sendable {
    /// The authorization service.
    let issuer: String
    /// The storage of blobs.
    let storage: String
}
