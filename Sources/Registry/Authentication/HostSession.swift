import FoundationEssentials
import OCI

/// What a run has learned of one registry: its address, how it wants to be asked, and the tokens it gave.
///
/// The first request makes the others wait, so that a run asks for the challenge and for each token once.
actor HostSession {
    private let host: RegistryHost
    private let transport: Transport
    private let credentials: CredentialFiles
    private var access: [RepositoryName: RepositoryAccess] = [:]
    /// What the registry itself said that requests for a repository need.
    private var demanded: [RepositoryName: Scopes] = [:]
    private var greeting: SharedTask<HostGreeting>?
    private var learned: AuthenticationMethod?
    private var found: [RepositoryName: Task<Credential?, any Error>] = [:]
    private var helpers: [CredentialHelper: Task<Credential?, any Error>] = [:]
    private var grants: [GrantKey: Grant] = [:]
    /// What takes the place of a credential, since its token server gave it.
    private var refreshed: [RefreshKey: Secret] = [:]
    /// Whether the token server refused to hear of deleting.
    private var isDeletingRefused = false

    /// Tokens are shared by repositories of the same credential.
    private struct GrantKey: Hashable {
        let credential: Credential?
        let server: TokenServer
        let scopes: Scopes
    }

    private struct Grant {
        let task: SharedTask<Token>
        /// The token, as soon as it is there.
        var token: Token?
    }

    private struct RefreshKey: Hashable {
        let credential: Credential
        let server: TokenServer
    }

    init(host: RegistryHost, transport: Transport, credentials: CredentialFiles) {
        self.host = host
        self.transport = transport
        self.credentials = credentials
    }

    /// Tells what the run will do with a repository, so that the first token serves for all of it.
    func announce(_ repository: RepositoryName, _ access: RepositoryAccess) {
        self.access[repository] = max(access, self.access[repository] ?? access)
    }

    /// The registry's address, `https://host/`.
    func base() async throws -> URL { try await greet().base }

    /// The `Authorization` header for a repository; nil where none is wanted.
    func authorization(for repository: RepositoryName) async throws -> String? {
        switch try await method() {
        case .none:
            return nil
        case .basic:
            return try await basicAuthorization(try await credential(for: repository))
        case .bearer(let server):
            if case .registryToken(let token) = try await credential(for: repository) {
                return "Bearer \(token.value)"
            }
            return "Bearer \(try await token(for: repository, from: server).value.value)"
        }
    }

    /// Learns from a 401; true where another try with a new `authorization(for:)` makes sense.
    ///
    /// - Parameters:
    ///   - headers: the answer's `WWW-Authenticate` headers.
    ///   - rejected: the `Authorization` that was refused.
    ///   - repository: what the request was about.
    /// - Returns: whether to try again.
    /// - Throws: `RegistryError` for a token server at an unsafe address.
    func learn(from headers: [String], rejected: String?, for repository: RepositoryName) async throws -> Bool {
        let demand = try AuthenticationDemand(headers, base: try await greet().base)
        switch demand.method {
        case .none:
            return false
        case .basic:
            learned = .basic
            let authorization = try await authorization(for: repository)
            return authorization != nil && authorization != rejected
        case .bearer(let server):
            learned = .bearer(server)
            // A mount from another repository, a deletion: what we did not foresee, the registry names.
            demanded[repository, default: Scopes()].formUnion(demand.scopes)
            // Only the token that was refused is given up; another request may have brought a newer one meanwhile.
            if let rejected {
                grants = grants.filter { $0.value.token.map { "Bearer \($0.value.value)" } != rejected }
            }
            if case .registryToken = try await credential(for: repository) { return rejected == nil }
            return true
        }
    }

    /// Why a request was refused for want of credentials, for the hint of the error.
    func credentialHint(for repository: RepositoryName) async -> String {
        guard let credential = try? await credential(for: repository) else {
            return "log in with `tagboat login \(host)` or `docker login \(host)`, or name a file with --authfile"
        }
        return "the registry does not accept \(credential.name); log in again with `tagboat login \(host)`"
    }

    /// Whether there is a credential that requests for a repository show.
    func hasCredential(for repository: RepositoryName) async -> Bool {
        (try? await credential(for: repository)) != nil
    }

    private func method() async throws -> AuthenticationMethod {
        if let learned { return learned }
        return try await greet().method
    }

    private func greet() async throws -> HostGreeting {
        if let greeting { return try await greeting.value }
        let task = SharedTask { [host, transport] in try await HostGreeting.exchange(with: host, transport) }
        greeting = task
        return try await task.value
    }

    // MARK: Credentials

    /// The credential for a repository, looked for once in a run.
    private func credential(for repository: RepositoryName) async throws -> Credential? {
        if let task = found[repository] { return try await task.value }
        let task = Task { try await self.findCredential(for: repository) }
        found[repository] = task
        return try await task.value
    }

    private func findCredential(for repository: RepositoryName) async throws -> Credential? {
        for (finding, _) in try credentials.findings(for: host, repository) {
            switch finding {
            case .credential(let credential):
                return credential
            case .helper(let helper):
                if let credential = try await ask(helper) { return credential }
            }
        }
        return nil
    }

    /// Runs a helper, once for all repositories.
    private func ask(_ helper: CredentialHelper) async throws -> Credential? {
        if let task = helpers[helper] { return try await task.value }
        let task = Task { [host, programs = credentials.programs] in
            try await helper.credential(for: host, programs)
        }
        helpers[helper] = task
        return try await task.value
    }

    private func basicAuthorization(_ credential: Credential?) async throws -> String? {
        // Over plain HTTP only where nobody else can listen, or where the user has said so for this registry.
        let isAllowed =
            try await base().scheme == "https" || host.isLoopback
            || transport.settings.hosts[host]?.plainHTTP == true
        guard isAllowed else { return nil }
        return switch credential {
        case .password(let user, let password): BasicAuthorization.header(user, password)
        case .identityToken(let user?, let token): BasicAuthorization.header(user, token)
        case .identityToken(nil, _), .registryToken, nil: nil
        }
    }

    // MARK: Tokens

    /// What requests for a repository need.
    private func needs(of repository: RepositoryName) -> Scopes {
        let access = min(self.access[repository] ?? .pull, isDeletingRefused ? .push : .delete)
        return Scopes(repositoryPath: repository.path, access: access).union(demanded[repository] ?? Scopes())
    }

    /// Everything that this run wants from the registry with one credential.
    private func needs(of repository: RepositoryName, and others: [RepositoryName]) -> Scopes {
        others.reduce(needs(of: repository)) { $0.union(needs(of: $1)) }
    }

    private func token(for repository: RepositoryName, from server: TokenServer) async throws -> Token {
        let credential = try await credential(for: repository)
        if let token = try await grantedToken(for: repository, credential, server) { return token }
        var others: [RepositoryName] = []
        for other in access.keys where other != repository {
            // What is wrong with the credential of another repository is told when that one is asked for.
            if let same = try? await self.credential(for: other) == credential, same { others.append(other) }
        }
        // Another request may have asked meanwhile; from here on there is no pause, so that two do not both ask.
        if let token = try await grantedToken(for: repository, credential, server) { return token }
        let key = GrantKey(credential: credential, server: server, scopes: needs(of: repository, and: others))
        let task = SharedTask { [others] in try await self.requestToken(key, for: repository, and: others) }
        grants[key] = Grant(task: task)
        do {
            let token = try await task.value
            if grants[key]?.task == task { grants[key]?.token = token }
            return token
        } catch {
            if grants[key]?.task == task { grants[key] = nil }
            throw error
        }
    }

    /// A token that serves for a repository, or that is just being asked for; nil where there is none.
    private func grantedToken(
        for repository: RepositoryName,
        _ credential: Credential?,
        _ server: TokenServer
    ) async throws -> Token? {
        while true {
            let needed = needs(of: repository)
            guard
                let (key, grant) = grants.first(where: { key, _ in
                    key.credential == credential && key.server == server && key.scopes.cover(needed)
                })
            else { return nil }
            let token = try await grant.task.value
            if token.expires > .now { return token }
            // Only the first one to find it expired asks for a new one.
            if grants[key]?.task == grant.task { grants[key] = nil }
        }
    }

    private func requestToken(
        _ key: GrantKey,
        for repository: RepositoryName,
        and others: [RepositoryName]
    ) async throws -> Token {
        do {
            return try await requestToken(key.scopes, key, for: repository)
        } catch let error as RegistryError where !isDeletingRefused && [400, 401, 403].contains(error.status) {
            // Quay refuses a token altogether that is to delete.
            isDeletingRefused = true
            let scopes = needs(of: repository, and: others)
            guard scopes != key.scopes else { throw error }
            return try await requestToken(scopes, key, for: repository)
        }
    }

    private func requestToken(_ scopes: Scopes, _ key: GrantKey, for repository: RepositoryName) async throws -> Token {
        func request(_ credential: Credential?) async throws -> Token {
            let request = TokenRequest(
                server: key.server,
                scopes: scopes,
                credential: credential,
                purpose: repository.description
            )
            return try await request.send(by: transport, for: host) { await self.credentialHint(for: repository) }
        }
        guard let credential = key.credential else { return try await request(nil) }
        let refresh = RefreshKey(credential: credential, server: key.server)
        let token: Token
        if let secret = refreshed[refresh] {
            do {
                token = try await request(.identityToken(user: credential.user, secret))
            } catch is RegistryError {
                refreshed[refresh] = nil
                token = try await request(credential)
            }
        } else {
            token = try await request(credential)
        }
        if let secret = token.refresh { refreshed[refresh] = secret }
        return token
    }
}
