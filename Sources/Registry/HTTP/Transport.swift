import AsyncHTTPClient
import FoundationEssentials
import Logging
import NIOCore
import NIOHTTP1
import OCI

/// Sends single requests: deadlines, certificates, redirects and retries, but nothing of the registry protocol.
struct Transport: Sendable {
    let client: ConnectionPools
    let certificates: Certificates
    let settings: ConnectionSettings
    let deadline: Deadline
    let retry: RetryPolicy
    let logger: Logger
    let counter = RequestCounter()
    private let budget: RequestBudget?
    private let notices: ServerNotices

    init(settings: ConnectionSettings, logger: Logger) {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        // Of the two limits, a run that may not take long meets the deadline.
        let silence = TimeAmount(min(.seconds(60), settings.timeout + .seconds(2)))
        configuration.timeout = .init(connect: min(.seconds(10), silence), read: silence)
        // We retry on our own, with jitter and under the deadline.
        configuration.connectionPool.retryConnectionEstablishment = false
        // A wave of requests goes out at once; where HTTP/2 is offered, on one connection.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = waveWidth
        client = ConnectionPools(configuration: configuration, rules: settings.proxies)
        certificates = Certificates(settings: settings, logger: logger)
        self.settings = settings
        deadline = Deadline(after: settings.timeout)
        retry = RetryPolicy()
        self.logger = logger
        budget = settings.requestsPerSecond.map { RequestBudget(perSecond: $0) }
        notices = ServerNotices(logger: logger)
    }

    /// Sends a request once and follows redirects of reads.
    ///
    /// - Parameters:
    ///   - request: what to send; its `Authorization` is dropped where a redirect leaves scheme, host or port.
    ///   - host: the registry that it belongs to, for settings and errors.
    ///   - bodySize: the length of its body in bytes, for the statistics.
    ///   - isBulk: whether a body of any length goes one way or the other.
    ///   - isForToken: whether it asks for a token, for the statistics.
    /// - Returns: the answer, whatever its status.
    /// - Throws: `RegistryError` where no answer came, or a redirect breaks the rules.
    func send(
        _ request: HTTPClientRequest,
        to host: RegistryHost,
        bodySize: Int64 = 0,
        isBulk: Bool = false,
        isForToken: Bool = false
    ) async throws -> HTTPClientResponse {
        var request = request
        request.headers.replaceOrAdd(name: "User-Agent", value: settings.userAgent)
        guard let origin = URL(string: request.url) else {
            throw RegistryError(.invalidResponse, "\(host) led to an address that cannot be read")
        }
        var url = origin
        for _ in 0...5 {
            request.url = url.absoluteString
            request.tlsConfiguration = try certificates.configuration(for: url, of: host)
            let response = try await attempt(
                request,
                to: url,
                bodySize: bodySize,
                isBulk: isBulk,
                isForToken: isForToken
            )
            guard (301...308).contains(response.status.code), [.GET, .HEAD].contains(request.method),
                let location = response.headers.first(name: "Location")
            else { return response }
            guard let target = URL(string: location, relativeTo: url)?.absoluteURL else {
                throw RegistryError(.invalidResponse, "\(host) redirects to an address that cannot be read")
            }
            try AddressRules.check(target, namedBy: origin, as: "a redirect")
            try await response.drain()
            if !target.isSameOrigin(as: url) {
                request.headers.remove(name: "Authorization")
            }
            url = target
        }
        throw RegistryError(.invalidResponse, "\(host) redirects without end")
    }

    /// Runs an operation again, as long as it fails in ways that pass.
    ///
    /// - Parameters:
    ///   - isIdempotent: whether sending it twice does what sending it once does.
    ///   - operation: sends a request and reads the answer.
    /// - Returns: what the operation returns.
    /// - Throws: what the operation throws in the end; of a `TransientFailure` the error in it.
    func retrying<Value>(isIdempotent: Bool, _ operation: () async throws -> Value) async throws -> Value {
        var attempt = 1
        var lastError: RegistryError?
        while true {
            do {
                return try await operation()
            } catch let error as RegistryError where error.kind == .timedOut {
                // What went wrong before tells more than that there was no time for another try.
                throw lastError ?? error
            } catch let failure as TransientFailure {
                lastError = failure.error
                let wait = failure.retryAfter ?? retry.wait(beforeAttempt: attempt)
                guard isIdempotent, attempt < retry.attempts, deadline.allows(wait) else { throw failure.error }
                logger.debug("\(failure.error.description); trying again in \(wait.inSeconds) s")
                try await Task.sleep(for: wait)
                attempt += 1
            }
        }
    }

    private func attempt(
        _ request: HTTPClientRequest,
        to url: URL,
        bodySize: Int64,
        isBulk: Bool,
        isForToken: Bool
    ) async throws -> HTTPClientResponse {
        try await waitForPlace(host: url.authority)
        let start = ContinuousClock.now
        let roundTrips = RoundTrips.passed + 1
        counter.begin(isForToken: isForToken, bytes: request.headSize + bodySize)
        defer { counter.end(afterRoundTrips: roundTrips) }
        do {
            let response = try await client.execute(
                request,
                isBulk: isBulk,
                deadline: deadline.instant,
                logger: nil
            )
            notices.read(response.headers, from: url.authority)
            // The query of a signed address is a credential.
            logger.debug(
                """
                \(request.method) \(url.scheme ?? "")://\(url.authority)\(url.path()) \
                \(response.status.code) \((ContinuousClock.now - start).inSeconds) s
                """
            )
            return response
        } catch {
            throw ConnectionFailure.error(for: error, url: url, deadline: deadline)
        }
    }

    /// Waits until the budget of requests has room for one more.
    private func waitForPlace(host: String) async throws {
        guard let wait = budget?.reserve(), wait > .zero else { return }
        guard deadline.allows(wait) else { throw deadline.exceeded(host: host) }
        try await Task.sleep(for: wait)
    }
}

/// A failure that may pass, and how long the server asks us to wait.
struct TransientFailure: Error {
    let error: RegistryError
    var retryAfter: Duration?
}

extension HTTPClientRequest {
    /// The bytes of the head, as HTTP/1.1 writes them.
    fileprivate var headSize: Int64 {
        let fields = headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + ": \r\n".utf8.count }
        return Int64(method.rawValue.utf8.count + url.utf8.count + "  HTTP/1.1\r\n\r\n".utf8.count + fields)
    }
}

extension HTTPClientResponse {
    /// Reads what is left of the body, so that the connection can be used again.
    func drain() async throws {
        _ = try? await body.collect(upTo: SizeLimit.message)
    }
}

extension URL {
    /// Host and port as they stand in the address.
    var authority: String { (host() ?? "") + (port.map { ":\($0)" } ?? "") }
}

extension Duration {
    /// Seconds with two decimals, for messages.
    var inSeconds: String {
        let hundredths = Int64((self / .milliseconds(10)).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
