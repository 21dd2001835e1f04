import NIOCore
import NIOHTTP1

/// One client's connection to a test server.
struct TestConnection: Sendable {
    /// The messages that pass through a connection.
    typealias Exchange = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    /// The server, for its log.
    let server: TestServer
    /// What answers the requests.
    let handler: @Sendable (TestRequest) async -> TestResponse

    /// Answers requests until the client closes the connection, or an answer demands it.
    func serve(_ exchange: Exchange) async throws {
        try await exchange.executeThenClose { inbound, outbound in
            var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
            var body: [UInt8] = []
            for try await part in inbound {
                switch part {
                case .head(let newHead):
                    head = newHead
                    body = []
                    if head.headers["Expect"].contains(where: { $0.lowercased() == "100-continue" }) {
                        try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
                    }
                case .body(let buffer):
                    body += buffer.readableBytesView
                case .end:
                    let request = TestRequest(
                        method: head.method.rawValue,
                        target: head.uri,
                        headers: TestHeaders(head.headers.map { (name: $0.name, value: $0.value) }),
                        body: body
                    )
                    server.record(request)
                    let staysOpen = try await send(await handler(request), to: request, outbound)
                    guard staysOpen, head.isKeepAlive else { return }
                }
            }
        }
    }

    /// Sends a response; the result tells whether the connection can be used again.
    private func send(
        _ response: TestResponse,
        to request: TestRequest,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws -> Bool {
        try await Task.sleep(for: response.delay)
        var missing = 0
        switch response.ending {
        case .complete: break
        case .truncated(let bytes): missing = bytes
        case .dropped: return false
        }

        var head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: response.status),
            headers: HTTPHeaders(response.headers.fields.map { ($0.name, $0.value) })
        )
        let length = response.body.count + missing
        let hasBody = request.method != "HEAD" && head.status.mayHaveResponseBody
        if response.headers["Content-Length"] == nil, response.headers["Transfer-Encoding"] == nil,
            head.status.mayHaveResponseBody
        {
            head.headers.add(name: "Content-Length", value: String(length))
        }
        try await outbound.write(.head(head))
        try await Task.sleep(for: response.bodyDelay)
        if hasBody {
            try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: response.body))))
            let promised = head.headers["Content-Length"].first.flatMap(Int.init)
            // Without the end of the message: what was promised never comes.
            guard missing == 0, promised == nil || promised == response.body.count else { return false }
        }
        try await outbound.write(.end(nil))
        return true
    }
}
