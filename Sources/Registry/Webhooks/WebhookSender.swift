import AsyncHTTPClient
import FoundationEssentials
package import Logging
import NIOHTTP1
import OCI

/// Tells webhooks, with the timeouts, certificates, proxies and retries of the registry client.
package struct WebhookSender: Sendable {
    private let transport: Transport

    package init(settings: ConnectionSettings, logger: Logger) {
        transport = Transport(settings: settings, logger: logger)
    }

    /// Closes all connections.
    package func close() async {
        try? await transport.client.shutdown()
    }

    /// Sends a delivery, and again as long as the failure may pass.
    ///
    /// A delivery that arrives twice has the same `X-Tagboat-Delivery`. Redirects are not followed: the new place was
    /// not what the user named.
    ///
    /// - Parameters:
    ///   - delivery: what to tell.
    ///   - address: whom.
    /// - Throws: `WebhookError`.
    package func send(_ delivery: WebhookDelivery, to address: WebhookAddress) async throws {
        do {
            try check(address)
            try await transport.retrying(isIdempotent: true) { try await post(delivery, to: address) }
        } catch let error as RegistryError {
            throw WebhookError("the webhook was not told: \(error.description)", hint: Self.hint)
        } catch let failure as TransientFailure {
            throw WebhookError("the webhook was not told: \(failure.error.description)", hint: Self.hint)
        }
    }

    private static let hint =
        "the release stands; check the address under notify.webhooks and its receiver, then run again with "
        + "--notify always"

    /// Bodies and tokens go in the clear only where the host is this machine, or was allowed it.
    private func check(_ address: WebhookAddress) throws {
        guard address.url.scheme?.lowercased() == "http" else { return }
        let host = address.url.host()?.lowercased() ?? ""
        let settings = try? transport.settings.hosts[RegistryHost(parsing: address.host)]
        guard RegistryHost.isLoopback(host) || settings?.plainHTTP == true else {
            throw WebhookError(
                "the webhook at \(address.host) is not told without TLS",
                hint: "use its https address, or allow it with --plain-http \(address.host)"
            )
        }
    }

    private func post(_ delivery: WebhookDelivery, to address: WebhookAddress) async throws {
        var request = HTTPClientRequest(url: address.url.absoluteString)
        request.method = .POST
        request.headers = HTTPHeaders(delivery.headers.map { ($0.name, $0.value) })
        request.headers.replaceOrAdd(name: "User-Agent", value: transport.settings.userAgent)
        request.body = .bytes(delivery.body)
        request.tlsConfiguration = try transport.certificates.configuration(
            for: address.url,
            of: RegistryHost(parsing: address.host)
        )
        let response: HTTPClientResponse
        do {
            // Not through `Transport.send`, which shows paths with --verbose.
            response = try await transport.client.execute(request, deadline: transport.deadline.instant)
        } catch {
            throw ConnectionFailure.error(for: error, url: address.url, deadline: transport.deadline)
        }
        let status = Int(response.status.code)
        transport.logger.debug("POST \(address) \(status)")
        try await response.drain()
        guard !(200..<300).contains(status) else { return }
        let word = (300..<400).contains(status) ? "redirects, which is not followed" : "refused it"
        let error = RegistryError(.invalidResponse, "\(address.host) \(word) (status \(status))", status: status)
        guard RetryPolicy.isTransient(status: status) else { throw error }
        throw TransientFailure(
            error: error,
            retryAfter: RetryPolicy.retryAfter(response.headers.first(name: "Retry-After"))
        )
    }
}
