import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP proxy in front of a real registry, which makes faults, adds latency, and counts.
///
/// Clients take it for the registry: uploads, pages and token realms lead back to it, `/token` included.
package final class FaultProxy: Sendable {
    /// What has passed so far.
    private struct Record {
        var requests: [ProxiedRequest] = []
        var numbers: [RequestKind: Int] = [:]
        var connections = 0
        var bytesToClients = 0
        var bytesFromClients = 0
    }

    /// The host and port, as in `127.0.0.1:43210`.
    package let address: String
    /// The registry behind it.
    let upstream: ProxyUpstream
    /// How long each direction of a request takes.
    let latency: Duration
    /// The faults; the first rule that applies counts.
    private let rules: [FaultRule]
    private let record = Mutex(Record())

    /// Creates the proxy for an address that is already listened on.
    init(address: String, upstream: ProxyUpstream, latency: Duration, rules: [FaultRule]) {
        self.address = address
        self.upstream = upstream
        self.latency = latency
        self.rules = rules
    }

    /// All requests so far, in the order in which they came.
    package var requests: [ProxiedRequest] { record.withLock { $0.requests } }

    /// How many connections clients have opened.
    package var connections: Int { record.withLock { $0.connections } }

    /// How many bytes clients were sent, or at least the system was given for them.
    package var bytesToClients: Int { record.withLock { $0.bytesToClients } }

    /// How many bytes of content clients have sent.
    package var bytesFromClients: Int { record.withLock { $0.bytesFromClients } }

    /// The requests of one kind.
    ///
    /// - Parameter kind: the kind.
    /// - Returns: the requests in the order in which they came.
    package func requests(_ kind: RequestKind) -> [ProxiedRequest] { requests.filter { $0.kind == kind } }

    /// Counts a connection.
    func noteConnection() {
        record.withLock { $0.connections += 1 }
    }

    /// Counts bytes.
    func noteBytes(toClient sent: Int = 0, fromClient received: Int = 0) {
        record.withLock { record in
            record.bytesToClients += sent
            record.bytesFromClients += received
        }
    }

    /// Logs a request and chooses its fault.
    func begin(_ head: HTTPRequestHead) -> (entry: Int, request: ProxiedRequest, fault: Fault?) {
        let kind = RequestKind(method: head.method.rawValue, target: head.uri)
        return record.withLock { record in
            record.numbers[kind, default: 0] += 1
            var request = ProxiedRequest(
                method: head.method.rawValue,
                target: head.uri,
                kind: kind,
                number: record.numbers[kind] ?? 0,
                headerNames: head.headers.map { $0.name.lowercased() },
                contentRange: head.headers.first(name: "Content-Range")
            )
            let fault = rules.first { $0.applies(request) }?.fault
            request.isFaulty = fault != nil
            record.requests.append(request)
            return (record.requests.count - 1, request, fault)
        }
    }

    /// Logs the status of an answer.
    func note(status: Int?, of entry: Int) {
        record.withLock { $0.requests[entry].status = status }
    }
}

/// Runs a body with a fault proxy on a free port, which is stopped afterwards.
///
/// - Parameters:
///   - registry: the registry behind it, which speaks plain HTTP.
///   - latency: how long each direction of a request takes; a new connection costs one round trip more.
///   - faults: what goes wrong; the first rule that applies to a request counts.
///   - body: what needs the proxy.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or the failure to listen.
package func withFaultProxy<Value: Sendable>(
    before registry: DockerRegistry,
    latency: Duration = .zero,
    faults: [FaultRule] = [],
    _ body: (_ proxy: FaultProxy) async throws -> Value
) async throws -> Value {
    precondition(registry.certificateAuthority == nil, "the fault proxy speaks plain HTTP")
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.backlog, value: 256)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        // Little is on its way unread, so that the count of bytes says what a client has taken in.
        .childChannelOption(.socketOption(.so_sndbuf), value: 1 << 16)
        .bind(host: "127.0.0.1", port: 0) { channel in
            channel.eventLoop.makeCompletedFuture { try ProxyClient(channel) }
        }
    let proxy = FaultProxy(
        address: "127.0.0.1:\(listener.channel.localAddress?.port ?? 0)",
        upstream: ProxyUpstream(registry),
        latency: latency,
        rules: faults
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            // Cancellation ends the loop; whatever error that brings is of no interest to the test.
            try? await listener.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await client in connections {
                        group.addTask { await ProxyConnection(proxy: proxy, client: client).serve() }
                    }
                }
            }
        }
        defer { group.cancelAll() }
        return try await body(proxy)
    }
}
