import AsyncHTTPClient
import FoundationEssentials
import NIOHTTP1
import OCI

/// The answer to a run's first request to a registry, `GET /v2/`: where it is, and how it wants to be asked.
struct HostGreeting: Sendable {
    let base: URL
    let method: AuthenticationMethod

    /// Finds out.
    ///
    /// - Throws: `RegistryError` where there is no registry.
    static func exchange(with host: RegistryHost, _ transport: Transport) async throws -> HostGreeting {
        switch transport.settings.hosts[host]?.plainHTTP {
        case true?: return try await ask(host, scheme: "http", transport)
        case false?: return try await ask(host, scheme: "https", transport)
        case nil where !host.isLoopback: return try await ask(host, scheme: "https", transport)
        case nil: break
        }
        // A loopback registry may have TLS or not. The question itself carries nothing secret, so ask plainly first:
        // a TLS server answers it with 400 or hangs up.
        do {
            return try await ask(host, scheme: "http", transport)
        } catch let error as RegistryError where error.kind == .unreachable || error.kind == .invalidResponse {
            do {
                return try await ask(host, scheme: "https", transport)
            } catch let second as RegistryError where second.kind == .unreachable && error.status != 400 {
                throw error
            }
        }
    }

    private static func ask(
        _ host: RegistryHost,
        scheme: String,
        _ transport: Transport
    ) async throws -> HostGreeting {
        let dialled = host == .dockerHub ? "registry-1.docker.io" : host.name
        guard let base = URL(string: "\(scheme)://\(dialled)/") else {
            throw RegistryError(.unreachable, "\(host) is not an address that can be dialled")
        }
        do {
            return try await ask(host, at: base, transport)
        } catch let error as RegistryError where scheme == "https" && ConnectionFailure.isClosedConnection(error) {
            // What a server does to somebody without a certificate is not told apart by the TLS library.
            throw RegistryError(
                .unreachable,
                "\(host) closed the connection without an answer",
                hint: "if it wants a client certificate, name it: registries: {\(host): {cert: FILE, key: FILE}}"
            )
        }
    }

    private static func ask(_ host: RegistryHost, at base: URL, _ transport: Transport) async throws -> HostGreeting {
        try await transport.retrying(isIdempotent: true) {
            let request = HTTPClientRequest(url: base.absoluteString + "v2/")
            let response = try await transport.send(request, to: host)
            let answer = try await Answer(
                response,
                from: host.name,
                limit: SizeLimit.message,
                deadline: transport.deadline
            )
            let (status, isHTML) = (answer.status, answer.isHTML)
            if RetryPolicy.isTransient(status: status) {
                throw answer.failure(doing: "\(host) does not answer as a registry", unauthorizedHint: "")
            }
            guard [200, 401, 403].contains(status), !isHTML else {
                throw RegistryError(
                    .invalidResponse,
                    "\(host) does not answer as a registry: status \(status)\(isHTML ? " and a web page" : "") at /v2/",
                    hint: "check the host name and port in the image's name",
                    status: status
                )
            }
            guard status == 401 else { return HostGreeting(base: base, method: .none) }
            // The scopes of this challenge are left out: some registries put an example there.
            let demand = try AuthenticationDemand(answer.headers["WWW-Authenticate"], base: base)
            return HostGreeting(base: base, method: demand.method)
        }
    }
}
