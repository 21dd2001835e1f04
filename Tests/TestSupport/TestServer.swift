import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP/1.1 server on the loopback interface, which answers as a test wants it and logs what it was asked.
package final class TestServer: Sendable {
    /// The host and port, as in `127.0.0.1:43210`.
    package let address: String
    /// The requests so far.
    private let log = Mutex<[TestRequest]>([])

    /// Creates the server for an address that is already listened on.
    init(address: String) {
        self.address = address
    }

    /// All requests so far, in the order in which they were complete.
    package var requests: [TestRequest] { log.withLock { $0 } }

    /// Empties the log of requests.
    package func forgetRequests() {
        log.withLock { $0 = [] }
    }

    /// Adds a request to the log.
    func record(_ request: TestRequest) {
        log.withLock { $0.append(request) }
    }
}

/// Runs a body with a test server on a free port, which is stopped afterwards.
///
/// - Parameters:
///   - host: the loopback address to listen on; several of them stand for several hosts.
///   - handler: answers a request; it is called for several connections at once. The `Host` field of a request holds
///     the server's own address.
///   - body: what needs the server.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or the failure to listen.
package func withTestServer<Value: Sendable>(
    host: String = "127.0.0.1",
    handler: @escaping @Sendable (TestRequest) async -> TestResponse,
    _ body: (_ server: TestServer) async throws -> Value
) async throws -> Value {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.backlog, value: 256)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .bind(host: host, port: 0) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                return try TestConnection.Exchange(wrappingChannelSynchronously: channel)
            }
        }
    let server = TestServer(address: "\(host):\(listener.channel.localAddress?.port ?? 0)")
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            // Cancellation ends the loop; whatever error that brings is of no interest to the test.
            try? await listener.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in connections {
                        group.addTask {
                            try? await TestConnection(server: server, handler: handler).serve(connection)
                        }
                    }
                }
            }
        }
        defer { group.cancelAll() }
        return try await body(server)
    }
}
