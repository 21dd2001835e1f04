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
        var clients: [ProxyServer?: HTTPClient] = [:]
        var isClosed = false
    }

    init(configuration: HTTPClient.Configuration, rules: ProxyRules) {
        self.configuration = configuration
        self.rules = rules
    }

    /// Sends a request by the connections that its address calls for.
    func execute(
        _ request: HTTPClientRequest,
        deadline: NIODeadline,
        logger: Logger? = nil
    ) async throws -> HTTPClientResponse {
        let proxy = URL(string: request.url).flatMap { rules.proxy(for: $0) }
        do {
            return try await client(by: proxy).execute(request, deadline: deadline, logger: logger)
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

    private func client(by proxy: ProxyServer?) throws -> HTTPClient {
        try state.withLock { state in
            // A client that nobody would close again ends the program.
            guard !state.isClosed else { throw HTTPClientError.alreadyShutdown }
            if let client = state.clients[proxy] { return client }
            var configuration = configuration
            configuration.proxy = proxy.map(HTTPClient.Configuration.Proxy.init)
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            state.clients[proxy] = client
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
