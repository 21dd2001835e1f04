import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOPosix
import NIOSSL

/// Why no answer came, in words: from the errors of sockets, TLS and the HTTP client.
enum ConnectionFailure {
    /// The error to throw: a `TransientFailure` where trying again may help, else a `RegistryError`.
    static func error(for error: any Error, url: URL, deadline: Deadline) -> any Error {
        let host = url.authority
        switch error {
        case is RegistryError, is TransientFailure, is CancellationError:
            return error
        case let error as NIOSSLError:
            return handshake("\(error)", host: host, url: url)
        case let error as NIOSSLExtraError:
            return handshake("\(error)", host: host, url: url)
        case let error as NIOConnectionError:
            if error.connectionErrors.isEmpty {
                return transient("the name of \(host) cannot be resolved", hint: "check the name and the network")
            }
            return transient("\(host) cannot be reached: \(reason(error.connectionErrors.last?.error))")
        case let error as IOError:
            return transient("\(host) cannot be reached: \(reason(error))")
        case let error as HTTPClientError:
            return clientError(error, host: host, deadline: deadline)
        default:
            return transient("\(host) cannot be reached: \(error)")
        }
    }

    /// The error for a proxy that does not answer.
    static func unreachable(_ proxy: ProxyServer, _ error: NIOConnectionError) -> TransientFailure {
        let name = "the proxy \(proxy.host):\(proxy.port)"
        let hint = "check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or name the registry in NO_PROXY"
        guard let last = error.connectionErrors.last else {
            return transient("the name of \(name) cannot be resolved", hint: hint)
        }
        return transient("\(name) cannot be reached: \(reason(last.error))", hint: hint)
    }

    /// The error for a body that broke off.
    static func truncatedBody(of host: String) -> TransientFailure {
        transient("\(host) \(closing)")
    }

    /// Whether the server hung up.
    static func isClosedConnection(_ error: RegistryError) -> Bool { error.description.hasSuffix(closing) }

    private static let closing = "closed the connection in the middle of its answer"

    private static func transient(_ description: String, hint: String? = nil) -> TransientFailure {
        TransientFailure(
            error: RegistryError(
                .unreachable,
                description,
                hint: hint ?? "check the address, the network and that the registry runs; then run again"
            )
        )
    }

    private static func clientError(_ error: HTTPClientError, host: String, deadline: Deadline) -> any Error {
        switch error {
        case .deadlineExceeded:
            return deadline.exceeded(host: host)
        case .proxyAuthenticationRequired:
            return RegistryError(
                .unreachable,
                "the proxy on the way to \(host) wants a user and a password, or others than it was given",
                hint: "write them into the proxy's address: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"
            )
        case .connectTimeout, .tlsHandshakeTimeout, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout:
            // The deadline cuts these short, too.
            guard deadline.allows(.zero) else { return deadline.exceeded(host: host) }
            return transient("\(host) did not answer in time")
        case .remoteConnectionClosed, .uncleanShutdown, .requestStreamCancelled:
            return truncatedBody(of: host)
        default:
            return transient("\(host) cannot be reached: \(error.shortDescription)")
        }
    }

    private static func handshake(_ problem: String, host: String, url: URL) -> any Error {
        if problem.contains("CERTIFICATE_VERIFY_FAILED") || problem.contains("unableToValidateCertificate") {
            return RegistryError(
                .untrustedCertificate,
                "the certificate of \(host) is not signed by an authority that is trusted here",
                hint:
                    "name its authority's PEM file in tagboat.yaml, registries: {\(host): {ca: FILE}}, or SSL_CERT_FILE"
            )
        }
        if problem.contains("ailedToValidateHostname") || problem.contains("serverHostnameImpossibleToMatch") {
            return RegistryError(
                .untrustedCertificate,
                "the certificate of \(host) was issued for another name",
                hint: "use the name that stands in the certificate"
            )
        }
        if problem.contains("WRONG_VERSION_NUMBER") || problem.contains("HTTP_REQUEST") {
            return RegistryError(
                .unreachable,
                "\(host) does not speak TLS",
                hint: "if it is meant to be without encryption, allow that with --plain-http \(host)"
            )
        }
        return transient("the TLS handshake with \(host) failed")
    }

    private static func reason(_ error: (any Error)?) -> String {
        guard let error = error as? IOError else { return "no connection" }
        switch error.errnoCode {
        case ECONNREFUSED: return "connection refused"
        case EHOSTUNREACH, ENETUNREACH: return "no route to it"
        case ECONNRESET, EPIPE: return "connection reset"
        case ETIMEDOUT: return "connection timed out"
        default: return "error \(error.errnoCode)"
        }
    }
}
