import Glibc
import NIOCore
import NIOHTTP1

/// A client's connection to a fault proxy: requests come in by parts, and answers go out as bytes.
///
/// A connection that nobody serves any more, because the proxy is being stopped, is simply closed.
struct ProxyClient: Sendable {
    /// The parts of the requests; unbounded, as tests send what fits into memory.
    let parts: AsyncThrowingStream<HTTPServerRequestPart, any Error>
    /// The connection.
    let channel: any Channel

    /// Takes over a new connection; to be called on its event loop.
    init(_ channel: any Channel) throws {
        let (parts, continuation) = AsyncThrowingStream.makeStream(of: HTTPServerRequestPart.self)
        self.parts = parts
        self.channel = channel
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
        try pipeline.addHandler(RequestCollector(continuation))
    }

    /// Sends bytes and waits until the system has taken them.
    func write(_ bytes: ByteBuffer) async throws {
        try await channel.writeAndFlush(bytes)
    }

    /// Ends the connection in good order.
    func close() async {
        try? await channel.close()
    }

    /// Ends the connection by a reset (socket(7), `SO_LINGER` with a time of 0).
    func reset() async throws {
        // What was sent must have arrived: a reset overtakes it.
        try await Task.sleep(for: .milliseconds(20))
        guard let provider = channel as? any SocketOptionProvider else {
            preconditionFailure("a TCP channel has socket options")
        }
        try await provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        await close()
    }
}

/// Hands the parts of requests on to a stream.
private final class RequestCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let continuation: AsyncThrowingStream<HTTPServerRequestPart, any Error>.Continuation

    init(_ continuation: AsyncThrowingStream<HTTPServerRequestPart, any Error>.Continuation) {
        self.continuation = continuation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        continuation.yield(unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
        continuation.finish()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        continuation.finish(throwing: error)
        context.close(promise: nil)
    }
}
