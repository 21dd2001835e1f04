import FoundationEssentials

/// An answer to the byte, right or wrong.
package struct RawAnswer: Sendable {
    /// What follows the header fields.
    package enum Body: Sendable {
        /// These bytes; they are left out in answer to `HEAD`.
        case bytes([UInt8])
        /// These bytes again and again, up to a total, whatever the method.
        case repeated([UInt8], upTo: Int)
    }

    /// The status line and the header fields with the empty line.
    package var head: String
    /// What follows.
    package var body: Body
    /// Whether the connection is closed behind it.
    package var closes: Bool

    /// Creates an answer.
    ///
    /// - Parameters:
    ///   - head: the status line and the header fields with the empty line.
    ///   - body: what follows.
    ///   - closes: whether the connection is closed behind it.
    package init(head: String, body: Body = .bytes([]), closes: Bool = false) {
        self.head = head
        self.body = body
        self.closes = closes
    }

    /// Creates a well-formed answer.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: the header fields besides `Content-Length`.
    ///   - body: the body.
    package init(_ status: Int, headers: TestHeaders = [:], body: [UInt8] = []) {
        let fields = headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        head = "HTTP/1.1 \(status) Fault\r\n\(fields)Content-Length: \(body.count)\r\n\r\n"
        self.body = .bytes(body)
        closes = false
    }

    /// Creates a well-formed answer with text in its body.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: the header fields besides `Content-Length`.
    ///   - text: the body.
    package init(_ status: Int, headers: TestHeaders = [:], text: String) {
        self.init(status, headers: headers, body: Array(text.utf8))
    }

    /// The status, where there is one to read.
    var status: Int? {
        let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
        return words.count > 1 ? Int(words[1]) : nil
    }
}

extension RawAnswer {
    /// A chunked body that does not end before it has reached a size no client should take in.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: the header fields besides `Transfer-Encoding`.
    ///   - size: where it ends after all.
    /// - Returns: the answer.
    package static func endless(_ status: Int = 200, headers: TestHeaders, size: Int = 5 << 30) -> RawAnswer {
        let fields = headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x20, count: 0x10000) + Array("\r\n".utf8)
        return RawAnswer(
            head: "HTTP/1.1 \(status) Fault\r\n\(fields)Transfer-Encoding: chunked\r\n\r\n",
            body: .repeated(chunk, upTo: size),
            closes: true
        )
    }

    /// A page of a tag list that has a next page, for ever.
    ///
    /// - Parameters:
    ///   - request: the request for it.
    ///   - tags: the tags of the page with a number, counted from 0.
    /// - Returns: the answer.
    package static func endlessTagList(
        _ request: ProxiedRequest,
        tags: (_ page: Int) -> [String]
    ) -> RawAnswer {
        let page = request.target.split(separator: "page=").last.flatMap { Int($0) } ?? 0
        let names = tags(page).map { "\"\($0)\"" }.joined(separator: ",")
        return RawAnswer(
            200,
            headers: [
                "Content-Type": "application/json", "Link": "<\(request.path)?page=\(page + 1)>; rel=\"next\"",
            ],
            text: "{\"name\":\"x\",\"tags\":[\(names)]}"
        )
    }

    /// The page that a captive portal shows.
    package static var webPage: RawAnswer {
        RawAnswer(200, headers: ["Content-Type": "text/html; charset=utf-8"], text: "<html><body>Log in</body></html>")
    }
}

extension Date {
    /// The date as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    package var httpText: String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let seconds = Int(timeIntervalSince1970.rounded(.down))
        // 2026-11-21T10:22:18Z
        let parts = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
            .split { "-TZ".contains($0) }.map(String.init)
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(days[seconds / 86400 % 7]), \(parts[2]) \(month) \(parts[0]) \(parts[3]) GMT"
    }
}
