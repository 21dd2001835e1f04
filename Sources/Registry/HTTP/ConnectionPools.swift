import AsyncHTTPClient
import FoundationEssentials
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// The connections of a run, apart for each proxy that they go through.
///
/// A client of AsyncHTTPClient goes through one proxy for all addresses or through none, so each way has its own.
final class ConnectionPools: Sendable {
    private let rules: ProxyRules
    private let configuration: HTTPClient.Configuration
    private let state = Mutex(State())

    private struct State {
        var clients: [Way: HTTPClient] = [:]
        var isClosed = false
    }

    /// What connections must be alike in to be shared.
    private struct Way: Hashable {
        let proxy: ProxyServer?
        /// Layers go by HTTP/1.1, each on a connection of its own.
        ///
        /// In HTTP/2 of AsyncHTTPClient 1.37 an answer to a body that is still being sent, such as a refusal, ends the
        /// program (HTTP2ClientRequestHandler, "Unexpectedly found nil"), and a body that comes faster than it is taken
        /// fills the memory.
        let isBulk: Bool
    }

    init(configuration: HTTPClient.Configuration, rules: ProxyRules) {
        self.configuration = configuration
        self.rules = rules
    }

    /// Sends a request by the connections that its address calls for.
    func execute(
        _ request: HTTPClientRequest,
        isBulk: Bool = false,
        deadline: NIODeadline,
        logger: Logger? = nil
    ) async throws -> HTTPClientResponse {
        let proxy = URL(string: request.url).flatMap { rules.proxy(for: $0) }
        do {
            return try await client(by: Way(proxy: proxy, isBulk: isBulk)).execute(
                request,
                deadline: deadline,
                logger: logger
            )
        } catch let error as NIOConnectionError {
            guard let proxy else { throw error }
            throw ConnectionFailure.unreachable(proxy, error)
        }
    }

    /// Closes all connections.
    func shutdown() async throws {
        let all = state.withLock { state in
            state.isClosed = true
            defer { state.clients = [:] }
            return state.clients.values.map { $0 }
        }
        for client in all { try await client.shutdown() }
    }

    private func client(by way: Way) throws -> HTTPClient {
        try state.withLock { state in
            // A client that nobody would close again ends the program.
            guard !state.isClosed else { throw HTTPClientError.alreadyShutdown }
            if let client = state.clients[way] { return client }
            var configuration = configuration
            configuration.proxy = way.proxy.map(HTTPClient.Configuration.Proxy.init)
            if way.isBulk { configuration.httpVersion = .http1Only }
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            state.clients[way] = client
            return client
        }
    }
}

extension HTTPClient.Configuration.Proxy {
    fileprivate init(_ server: ProxyServer) {
        switch server.kind {
        case .socks5:
            self = .socksServer(host: server.host, port: server.port)
        case .http:
            let authorization = server.user.map { user in
                HTTPClient.Authorization.basic(username: user, password: server.password?.value ?? "")
            }
            self = .server(host: server.host, port: server.port, authorization: authorization)
        }
    }
}
