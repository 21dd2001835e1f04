import NIOCore
import NIOHTTP1

/// Serves one client's connection to a fault proxy.
struct ProxyConnection {
    /// The proxy, for its faults and its log.
    let proxy: FaultProxy
    /// The connection.
    let client: ProxyClient

    /// Answers requests until the client closes the connection, or a fault does.
    func serve() async {
        proxy.noteConnection()
        let channel = client.channel
        await withTaskCancellationHandler {
            // It fails where the client has gone, or the proxy is being stopped.
            try? await answerAll()
            await client.close()
        } onCancel: {
            // Wakes a write to a client that no longer reads.
            channel.close(promise: nil)
        }
    }

    private func answerAll() async throws {
        // The round trip of the handshake.
        try await Task.sleep(for: proxy.latency * 2)
        let requests = RequestReader(client.parts.makeAsyncIterator(), proxy: proxy)
        while let head = try await requests.nextHead() {
            let (entry, request, fault) = proxy.begin(head)
            try await Task.sleep(for: proxy.latency)
            if head.headers["Expect"].contains(where: { $0.lowercased() == "100-continue" }) {
                try await client.write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
            }
            let exchange = ProxyExchange(
                proxy: proxy,
                entry: entry,
                head: head,
                request: request,
                fault: fault,
                requests: requests,
                client: client
            )
            switch await exchange.run() {
            case .open: continue
            case .close: return
            case .reset: return try await client.reset()
            }
        }
    }
}

/// The requests of a connection, part by part.
final class RequestReader {
    private var parts: AsyncThrowingStream<HTTPServerRequestPart, any Error>.AsyncIterator
    private let proxy: FaultProxy
    /// Whether the end of the request at hand is still to come.
    private var isInsideRequest = false

    init(_ parts: AsyncThrowingStream<HTTPServerRequestPart, any Error>.AsyncIterator, proxy: FaultProxy) {
        self.parts = parts
        self.proxy = proxy
    }

    /// Reads to the next request; nil when the client has gone.
    func nextHead() async throws -> HTTPRequestHead? {
        while let part = try await parts.next(isolation: #isolation) {
            if case .head(let head) = part {
                isInsideRequest = true
                return head
            }
        }
        return nil
    }

    /// Reads a piece of the request's content; nil at its end.
    ///
    /// - Throws: `ChannelError` where the client goes away before that.
    func nextContent() async throws -> ByteBuffer? {
        while isInsideRequest {
            switch try await parts.next(isolation: #isolation) {
            case .body(let bytes):
                proxy.noteBytes(fromClient: bytes.readableBytes)
                return bytes
            case .head, .end:
                isInsideRequest = false
            case nil:
                throw ChannelError.eof
            }
        }
        return nil
    }

    /// Reads what is left of the request's content and forgets it.
    func skipContent() async throws {
        while try await nextContent() != nil {}
    }

    /// Waits until the client goes away.
    func waitForEnd() async throws {
        while try await parts.next(isolation: #isolation) != nil {}
    }
}
