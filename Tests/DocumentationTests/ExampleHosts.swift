import TestSupport

/// The registries that the pages name, each played by one of its own on this machine.
///
/// Nothing in a page is changed for that: the programs reach the hosts by their names, through a proxy.
enum ExampleHosts {
    /// The names under which a registry is reached, by the name that a page has for it.
    private static let names: [(mention: String, hosts: [String])] = [
        ("registry.example.com", ["registry.example.com"]),
        ("staging.example.com", ["staging.example.com"]),
        ("harbor.example.com", ["harbor.example.com"]),
        ("ghcr.io", ["ghcr.io"]),
        ("docker.io", ["registry-1.docker.io", "index.docker.io", "docker.io"]),
        ("registry.gitlab.com", ["registry.gitlab.com"]),
        ("amazonaws.com", ["123456789012.dkr.ecr.eu-central-1.amazonaws.com"]),
        ("europe-docker.pkg.dev", ["europe-docker.pkg.dev"]),
        ("registry.local", ["registry.local"]),
    ]

    /// Runs a body with the addresses of running registries by host, of those that a text mentions.
    ///
    /// - Parameters:
    ///   - text: the page.
    ///   - behaviours: what the page says about single hosts.
    ///   - body: what needs them.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or the failure to start one.
    static func withRegistries<Value: Sendable>(
        mentionedIn text: String,
        behaviours: [[String]],
        _ body: ([String: String]) async throws -> Value
    ) async throws -> Value {
        let mentioned = names.filter { text.contains($0.mention) }
        guard text.contains("releases/download") else {
            return try await start(mentioned.map(\.hosts)[...], behaviours, [:], body)
        }
        return try await ReleaseDownloads.serving { address in
            try await start(mentioned.map(\.hosts)[...], behaviours, ["github.com": address], body)
        }
    }

    private static func start<Value: Sendable>(
        _ remaining: ArraySlice<[String]>,
        _ behaviours: [[String]],
        _ started: [String: String],
        _ body: ([String: String]) async throws -> Value
    ) async throws -> Value {
        guard let hosts = remaining.first else { return try await body(started) }
        func next(_ address: String) async throws -> Value {
            let more = Dictionary(uniqueKeysWithValues: hosts.map { ($0, address) })
            return try await start(remaining.dropFirst(), behaviours, started.merging(more) { $1 }, body)
        }
        let behaviour = behaviours.first { hosts.contains($0[0]) }?.dropFirst() ?? []
        switch behaviour.count {
        case 1:
            guard let profile = vendors[behaviour[behaviour.startIndex]] else {
                throw PageError(description: "there is no model of a registry called \(behaviour.joined())")
            }
            return try await withVendorRegistry(profile) { try await next($0.address) }
        case 2:
            let setup = RegistrySetup.password(user: behaviour[behaviour.startIndex], password: behaviour.last ?? "")
            return try await withDockerRegistry(setup) { try await next($0.address) }
        default:
            return try await withDockerRegistry(.open) { try await next($0.address) }
        }
    }

    /// The models by the names that pages have for them.
    private static let vendors: [String: VendorProfile] = ["immutable": immutable]

    /// ECR with immutable tags, but open to everybody, and with repositories that the first push makes.
    private static let immutable: VendorProfile = {
        var profile = VendorProfile.elasticContainerRegistry
        profile.access = .open
        profile.createsRepositories = true
        profile.manifests.keepsEveryTag = true
        return profile
    }()
}
