import AsyncHTTPClient
import FoundationEssentials
package import Logging
import NIOHTTP1
package import OCI

/// What a registry said to a credential before it is kept.
package struct LoginCheck: Sendable {
    /// What is to be kept: the identity token that the token server gave in place of the password, where it did.
    package let credential: Credential
    /// Whether the registry asked for credentials at all.
    package let wasAsked: Bool

    /// Shows a credential to a registry, by `GET /v2/`.
    ///
    /// - Parameters:
    ///   - credential: what to show.
    ///   - host: the registry.
    ///   - settings: how it is reached.
    ///   - logger: gets the requests.
    /// - Returns: that the registry accepts it.
    /// - Throws: `RegistryError`, of kind `unauthorized` or `denied` where it is refused.
    package static func run(
        _ credential: Credential,
        for host: RegistryHost,
        settings: ConnectionSettings,
        logger: Logger
    ) async throws -> LoginCheck {
        let transport = Transport(settings: settings, logger: logger)
        do {
            let check = try await run(credential, for: host, transport)
            try await transport.client.shutdown()
            return check
        } catch {
            try? await transport.client.shutdown()
            throw error
        }
    }

    private static func run(
        _ credential: Credential,
        for host: RegistryHost,
        _ transport: Transport
    ) async throws -> LoginCheck {
        let greeting = try await HostGreeting.exchange(with: host, transport)
        let hint = "check \(credential.user.map { "the name \($0) and " } ?? "")the password; nothing was changed"
        let authorization: String
        var kept = credential
        switch (greeting.method, credential) {
        case (.none, _):
            return LoginCheck(credential: credential, wasAsked: false)
        case (.bearer(let server), _):
            let request = TokenRequest(
                server: server,
                scopes: Scopes(),
                credential: credential,
                isForLogin: true,
                purpose: host.name
            )
            let token = try await request.send(by: transport, for: host) { hint }
            if let refresh = token.refresh { kept = .identityToken(user: credential.user, refresh) }
            authorization = "Bearer \(token.value.value)"
        case (.basic, .password(let user, let password)):
            authorization = BasicAuthorization.header(user, password)
        case (.basic, _):
            throw RegistryError(.unauthorized, "\(host) wants a user and a password")
        }
        var request = HTTPClientRequest(url: greeting.base.absoluteString + "v2/")
        request.headers.add(name: "Authorization", value: authorization)
        let prepared = request
        let answer = try await transport.retrying(isIdempotent: true) {
            let response = try await transport.send(prepared, to: host)
            let answer = try await Answer(
                response,
                from: host.name,
                limit: SizeLimit.message,
                deadline: transport.deadline
            )
            if RetryPolicy.isTransient(status: answer.status) {
                throw answer.failure(doing: "the credentials could not be checked", unauthorizedHint: hint)
            }
            return answer
        }
        guard answer.status == 200 else {
            let refusal = "\(host) does not accept \(credential.name)"
            throw credential.redacted(answer.failure(doing: refusal, unauthorizedHint: hint), doing: refusal)
        }
        return LoginCheck(credential: kept, wasAsked: true)
    }
}
