import NIOCore

/// Writes an answer to a client of the fault proxy: whole, up to a cut, or in small pieces.
struct AnswerWriter {
    /// Where the bytes go.
    let client: ProxyClient
    /// The proxy, for its counters.
    let proxy: FaultProxy
    /// How many bytes more may be sent before the cut; nil for all.
    var budget: Int?
    /// The pieces that the answer goes out in, and the pause between them.
    var pace: (piece: Int, pause: Duration)?
    /// When a client has waited long enough to be found waiting for ever.
    private let end = ContinuousClock.now + .seconds(15)

    /// Creates a writer without a cut or a pace.
    init(client: ProxyClient, proxy: FaultProxy) {
        self.client = client
        self.proxy = proxy
    }

    /// Sends bytes.
    ///
    /// - Throws: `CutShort` when the budget or the patience is used up; the connection's failure.
    mutating func write(_ bytes: ByteBuffer) async throws {
        var bytes = bytes
        while bytes.readableBytes > 0 {
            let wanted = min(bytes.readableBytes, pace?.piece ?? Int.max)
            let count = min(wanted, budget ?? Int.max)
            if let piece = bytes.readSlice(length: count), count > 0 {
                proxy.noteBytes(toClient: count)
                try await client.write(piece)
                budget = budget.map { $0 - count }
            }
            if budget == 0 { throw CutShort() }
            if let pace {
                guard ContinuousClock.now < end else { throw CutShort() }
                try await Task.sleep(for: pace.pause)
            }
        }
    }

    /// Sends text.
    ///
    /// - Throws: `CutShort` when the budget or the patience is used up; the connection's failure.
    mutating func write(_ text: String) async throws {
        try await write(ByteBuffer(string: text))
    }
}

/// An answer that has come to the place where it is to be cut.
struct CutShort: Error {}
