/// What the test server answers, well-behaved or not.
package struct TestResponse: Sendable {
    /// How a response ends.
    package enum Ending: Sendable {
        /// As the protocol wants it; the connection stays open for more.
        case complete
        /// The body breaks off: `Content-Length` promises this many bytes more, and the connection is closed.
        case truncated(missing: Int)
        /// Without a response: the connection is closed instead.
        case dropped
    }

    /// The status code.
    package var status: Int
    /// The header fields; a `Content-Length` is added unless one, or a `Transfer-Encoding`, is given.
    package var headers: TestHeaders
    /// The body, which is not sent in answer to `HEAD`.
    package var body: [UInt8]
    /// How the response ends.
    package var ending: Ending
    /// The time to wait before the status line.
    package var delay: Duration
    /// The time to wait between the header fields and the body.
    package var bodyDelay: Duration

    /// Creates a response.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: the header fields.
    ///   - body: the body.
    ///   - ending: how the response ends.
    ///   - delay: the time to wait before the status line.
    ///   - bodyDelay: the time to wait between the header fields and the body.
    package init(
        _ status: Int,
        headers: TestHeaders = [:],
        body: [UInt8] = [],
        ending: Ending = .complete,
        delay: Duration = .zero,
        bodyDelay: Duration = .zero
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.ending = ending
        self.delay = delay
        self.bodyDelay = bodyDelay
    }

    /// Creates a response with a JSON body.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: the header fields besides `Content-Type`.
    ///   - json: the body.
    package init(_ status: Int, headers: TestHeaders = [:], json: String) {
        self.init(status, headers: headers, body: Array(json.utf8))
        if self.headers["Content-Type"] == nil {
            self.headers["Content-Type"] = "application/json"
        }
    }

    /// The answer that closes the connection without a word.
    package static var dropped: TestResponse { TestResponse(200, ending: .dropped) }
}
