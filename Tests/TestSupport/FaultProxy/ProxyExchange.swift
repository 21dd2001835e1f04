import NIOCore
import NIOHTTP1

/// One request and its answer, on their way through a fault proxy.
struct ProxyExchange {
    /// What becomes of the client's connection behind the answer.
    enum Outcome {
        case open, close, reset
    }

    let proxy: FaultProxy
    /// The number of the request in the proxy's log.
    let entry: Int
    let head: HTTPRequestHead
    let request: ProxiedRequest
    let fault: Fault?
    let requests: RequestReader
    let client: ProxyClient

    /// Passes request and answer on, as the fault wants it.
    func run() async -> Outcome {
        do {
            switch fault {
            case .silence:
                try await requests.waitForEnd()
                return .close
            case .answer(let answer):
                try await requests.skipContent()
                return try await send(answer(request))
            case .cut(.beforeForwarding, let ending):
                try await requests.skipContent()
                return ending.outcome
            case .delay(let duration):
                try await Task.sleep(for: duration)
                return try await forward()
            default:
                return try await forward()
            }
        } catch is CutShort {
            guard case .cut(_, let ending) = fault else { return .close }
            return ending.outcome
        } catch {
            // The client or the registry has gone.
            return .close
        }
    }

    private func send(_ answer: RawAnswer) async throws -> Outcome {
        proxy.note(status: answer.status, of: entry)
        try await Task.sleep(for: proxy.latency)
        var writer = AnswerWriter(client: client, proxy: proxy)
        try await writer.write(answer.head)
        switch answer.body {
        case .bytes(let bytes):
            if request.method != "HEAD" { try await writer.write(ByteBuffer(bytes: bytes)) }
        case .repeated(let bytes, let total):
            let chunk = ByteBuffer(bytes: bytes)
            for _ in 0..<(total / bytes.count) {
                try await writer.write(chunk)
                // Slow enough for the client to be seen stopping: the system alone takes in megabytes at once.
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        return answer.closes ? .close : .open
    }

    // MARK: The registry's answer

    private func forward() async throws -> Outcome {
        let connection = try await proxy.upstream.connect(for: request.kind)
        return try await connection.executeThenClose { inbound, outbound in
            try await sendRequest(outbound)
            return try await relay(inbound)
        }
    }

    private func sendRequest(_ server: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>) async throws {
        var budget: Int? = if case .cut(.requestContent(let count), _) = fault { count } else { nil }
        var isDamaged = if case .flippedBit(in: .request) = fault { false } else { true }
        do {
            try await server.write(.head(proxy.upstream.requestHead(head)))
            while var content = try await requests.nextContent() {
                if !isDamaged { isDamaged = content.flipBit() }
                if let rest = budget, content.readableBytes >= rest {
                    try await server.write(.body(.byteBuffer(content.readSlice(length: rest) ?? ByteBuffer())))
                    throw CutShort()
                }
                budget = budget.map { $0 - content.readableBytes }
                try await server.write(.body(.byteBuffer(content)))
            }
            try await server.write(.end(nil))
        } catch let error where !(error is CutShort) {
            // A server may answer before it has read everything, and hang up.
            try await requests.skipContent()
        }
    }

    private func relay(_ parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>) async throws -> Outcome {
        var writer = AnswerWriter(client: client, proxy: proxy)
        var isDamaged = if case .flippedBit(in: .answer) = fault { false } else { true }
        var isChunked = false
        var hasBody = false
        for try await part in parts {
            switch part {
            case .head(let answer) where answer.status.code < 200:
                continue
            case .head(let answer):
                if case .cut(.beforeAnswer, _) = fault { throw CutShort() }
                proxy.note(status: Int(answer.status.code), of: entry)
                let headers = answerHeaders(answer)
                isChunked = headers.contains(name: "Transfer-Encoding")
                hasBody = request.method != "HEAD" && answer.status.mayHaveResponseBody
                let isEmpty = !hasBody || headers.first(name: "Content-Length") == "0"
                try await Task.sleep(for: proxy.latency)
                try await writeHead(answer, headers, isEmpty: isEmpty, to: &writer)
            case .body(var bytes):
                guard hasBody else { continue }
                if !isDamaged { isDamaged = bytes.flipBit() }
                if isChunked { try await writer.write(String(bytes.readableBytes, radix: 16) + "\r\n") }
                try await writer.write(bytes)
                if isChunked { try await writer.write("\r\n") }
            case .end:
                if isChunked, hasBody { try await writer.write("0\r\n\r\n") }
            }
        }
        if case .cut = fault { throw CutShort() }
        if case .oldProtocol = fault { return .close }
        return head.isKeepAlive ? .open : .close
    }

    private func answerHeaders(_ answer: HTTPResponseHead) -> HTTPHeaders {
        var headers = proxy.upstream.answerHeaders(answer.headers, proxy: proxy.address)
        if case .header(let name, let value) = fault { headers.replaceOrAdd(name: name, value: value) }
        if case .oldProtocol = fault {
            headers.remove(name: "Transfer-Encoding")
            if request.method != "HEAD" { headers.remove(name: "Content-Length") }
        }
        return headers
    }

    /// Writes the status line and the header fields, and sets the cut or the pace of what follows.
    private func writeHead(
        _ answer: HTTPResponseHead,
        _ headers: HTTPHeaders,
        isEmpty: Bool,
        to writer: inout AnswerWriter
    ) async throws {
        let version = if case .oldProtocol = fault { "HTTP/1.0" } else { "HTTP/1.1" }
        let fields = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let text = "\(version) \(answer.status.code) \(answer.status.reasonPhrase)\r\n\(fields)\r\n"
        switch fault {
        case .preamble(let bytes):
            try await writer.write(ByteBuffer(bytes: bytes))
        case .cut(.answer(let count), _):
            writer.budget = count
        case .cut(.answerBody, _) where isEmpty:
            writer.budget = text.utf8.count / 2
        case .trickle(let piece, let pause, .statusLine):
            writer.pace = (piece, pause)
        default:
            break
        }
        try await writer.write(text)
        switch fault {
        case .cut(.answerBody(let count), _): writer.budget = count
        case .trickle(let piece, let pause, .body): writer.pace = (piece, pause)
        default: break
        }
    }
}

extension CutEnding {
    /// What the connection comes to.
    var outcome: ProxyExchange.Outcome {
        switch self {
        case .reset: .reset
        case .close: .close
        }
    }
}

extension ByteBuffer {
    /// Turns one bit: in the first `zz`, which keeps JSON what it is, or else in the middle.
    ///
    /// - Returns: whether there was a byte to turn it in.
    mutating func flipBit() -> Bool {
        let bytes = Array(readableBytesView)
        guard !bytes.isEmpty else { return false }
        let place = bytes.indices.dropLast().first { bytes[$0] == 0x7a && bytes[$0 + 1] == 0x7a } ?? bytes.count / 2
        setInteger(bytes[place] ^ 1, at: readerIndex + place)
        return true
    }
}
