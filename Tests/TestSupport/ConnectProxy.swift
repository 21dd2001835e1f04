import FoundationEssentials
import NIOCore
import NIOPosix
import Synchronization

/// An HTTP proxy that opens tunnels by `CONNECT` (RFC 9110, section 9.3.6).
package final class ConnectProxy: Sendable {
    /// The host and port, as in `127.0.0.1:43210`.
    package let address: String
    /// Where tunnels to an address really lead; none leads anywhere else.
    let routes: [String: String]
    /// What a client must show, as `USER:PASSWORD`; nil for nothing.
    let credentials: String?
    private let log = Mutex<[String]>([])

    init(address: String, routes: [String: String], credentials: String?) {
        self.address = address
        self.routes = routes
        self.credentials = credentials
    }

    /// The addresses that were asked for, granted or not.
    package var targets: [String] { log.withLock { $0 } }

    /// Answers one client.
    func serve(_ client: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async throws {
        try await client.executeThenClose { inbound, outbound in
            var parts = inbound.makeAsyncIterator()
            var head = ""
            while !head.hasSuffix("\r\n\r\n"), let part = try await parts.next() {
                head += String(decoding: part.readableBytesView, as: UTF8.self)
            }
            let lines = head.split(separator: "\r\n")
            let words = (lines.first ?? "").split(separator: " ")
            guard words.count == 3, words[0] == "CONNECT" else {
                return try await outbound.write(Self.answer("405 Method Not Allowed"))
            }
            let target = String(words[1])
            log.withLock { $0.append(target) }
            let shown = lines.first { $0.lowercased().hasPrefix("proxy-authorization: basic ") }?
                .split(separator: " ").last.flatMap { Data(base64Encoded: String($0)) }
                .map { String(decoding: $0, as: UTF8.self) }
            guard credentials == nil || shown == credentials else {
                return try await outbound.write(Self.answer("407 Proxy Authentication Required"))
            }
            guard let route = routes[target]?.split(separator: ":"), let port = route.last.flatMap({ Int($0) }) else {
                return try await outbound.write(Self.answer("502 Bad Gateway"))
            }
            let server = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: String(route[0]), port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            try await server.executeThenClose { answers, questions in
                try await outbound.write(Self.answer("200 Connection Established"))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for try await part in answers { try await outbound.write(part) }
                        outbound.finish()
                    }
                    while let part = try await parts.next() { try await questions.write(part) }
                    group.cancelAll()
                }
            }
        }
    }

    private static func answer(_ status: String) -> ByteBuffer {
        ByteBuffer(string: "HTTP/1.1 \(status)\r\n\(status.hasPrefix("200") ? "" : "Content-Length: 0\r\n")\r\n")
    }
}

/// Runs a body with a proxy on a free port, which is stopped afterwards.
///
/// - Parameters:
///   - routes: where tunnels to an address really lead, as in `registry.test:443`.
///   - credentials: what a client must show, as `USER:PASSWORD`.
///   - body: what needs the proxy.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or the failure to listen.
package func withConnectProxy<Value: Sendable>(
    routes: [String: String],
    credentials: String? = nil,
    _ body: (_ proxy: ConnectProxy) async throws -> Value
) async throws -> Value {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(host: "127.0.0.1", port: 0) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    let proxy = ConnectProxy(
        address: "127.0.0.1:\(listener.channel.localAddress?.port ?? 0)",
        routes: routes,
        credentials: credentials
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            // Cancellation ends the loop; whatever error that brings is of no interest to the test.
            try? await listener.executeThenClose { clients in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await client in clients {
                        group.addTask { try? await proxy.serve(client) }
                    }
                }
            }
        }
        defer { group.cancelAll() }
        return try await body(proxy)
    }
}
