/// What a fault proxy does to a request or to its answer.
package enum Fault: Sendable {
    /// Waits, then lets the request pass.
    case delay(Duration)
    /// Ends the connection at some point.
    case cut(CutPoint, CutEnding)
    /// Passes the registry's answer on in small pieces, from the status line on or from the body on.
    case trickle(piece: Int, pause: Duration, from: TricklePoint)
    /// Answers in place of the registry, which never sees the request.
    case answer(@Sendable (ProxiedRequest) -> RawAnswer)
    /// Never answers; the connection stays open.
    case silence
    /// Turns one bit of the request's content, or of the answer's.
    case flippedBit(in: FlippedSide)
    /// Sets a header field of the registry's answer.
    case header(name: String, value: String)
    /// Sends something of its own before the registry's answer, such as `100 Continue`.
    case preamble([UInt8])
    /// Passes the answer on as HTTP/1.0 has it: without a length, up to the end of the connection.
    case oldProtocol
}

/// Where a connection is cut.
package enum CutPoint: Sendable, Hashable {
    /// The registry never hears of the request.
    case beforeForwarding
    /// In the request's content, of which the registry gets this many bytes.
    case requestContent(Int)
    /// The registry has done what was asked, and nobody is told.
    case beforeAnswer
    /// After this many bytes of the answer, counted from its status line.
    case answer(Int)
    /// After this many bytes of the answer's body; in the middle of the header fields where there is no body.
    case answerBody(Int)
}

/// How a connection is cut.
package enum CutEnding: Sendable, Hashable {
    /// By a reset (RST).
    case reset
    /// In good order (FIN).
    case close
}

/// Where an answer begins to trickle.
package enum TricklePoint: Sendable, Hashable {
    case statusLine, body
}

/// Whose content is damaged.
package enum FlippedSide: Sendable, Hashable {
    case request, answer
}

/// Which requests a fault is for.
package struct FaultRule: Sendable {
    /// The fault.
    let fault: Fault
    /// Whether it is for a request.
    let applies: @Sendable (ProxiedRequest) -> Bool

    /// Creates a rule for requests of some kinds.
    ///
    /// - Parameters:
    ///   - fault: the fault.
    ///   - kinds: the kinds of requests.
    ///   - numbers: which ones of each kind, counted from 1.
    package init(_ fault: Fault, to kinds: Set<RequestKind>, numbers: ClosedRange<Int> = 1...Int.max) {
        self.init(fault) { kinds.contains($0.kind) && numbers.contains($0.number) }
    }

    /// Creates a rule for the requests that a predicate chooses.
    ///
    /// - Parameters:
    ///   - fault: the fault.
    ///   - applies: whether it is for a request.
    package init(_ fault: Fault, where applies: @escaping @Sendable (ProxiedRequest) -> Bool) {
        self.fault = fault
        self.applies = applies
    }
}
