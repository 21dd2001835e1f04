import NIOCore
import NIOHTTP1
import NIOPosix

/// The servers behind a fault proxy: a registry, and the token server that it names.
struct ProxyUpstream: Sendable {
    /// The messages that pass through a connection to a server.
    typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    /// The address of the registry.
    private let registry: String
    /// The address of the token server; nil without one.
    private let tokenServer: String?

    /// Names the servers of a registry.
    init(_ registry: DockerRegistry) {
        self.registry = registry.address
        tokenServer = registry.tokenIssuer.map { String($0.realm.dropFirst("http://".count).prefix { $0 != "/" }) }
    }

    /// Connects to the server for a kind of request.
    ///
    /// A connection serves one request, so that no server's idea of keeping it open matters here.
    func connect(for kind: RequestKind) async throws -> Connection {
        let address = (kind == .token ? tokenServer : nil) ?? registry
        let port = address.split(separator: ":").last.flatMap { Int($0) } ?? 0
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// The header fields of a request as a server gets them.
    ///
    /// The `Host` stays the proxy's, so that a registry builds its addresses with that.
    func requestHead(_ head: HTTPRequestHead) -> HTTPRequestHead {
        var head = head
        head.headers.remove(name: "Expect")
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        return head
    }

    /// The header fields of an answer as a client gets them: addresses of the servers become the proxy's.
    func answerHeaders(_ headers: HTTPHeaders, proxy: String) -> HTTPHeaders {
        var result = HTTPHeaders()
        for (name, value) in headers where name.lowercased() != "connection" {
            var value = value
            for server in [registry, tokenServer].compactMap({ $0 }) {
                value = value.split(separator: server, omittingEmptySubsequences: false).joined(separator: proxy)
            }
            result.add(name: name, value: value)
        }
        return result
    }
}
