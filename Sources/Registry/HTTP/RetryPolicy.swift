import FoundationEssentials

/// When and how often a request is sent again.
struct RetryPolicy: Sendable {
    /// How many times a request is sent at most.
    var attempts = 5
    /// The upper bound of the first wait; it doubles with each attempt.
    var base: Duration = .milliseconds(250)
    /// The upper bound of every wait.
    var cap: Duration = .seconds(8)

    /// The statuses that a later attempt may change.
    static func isTransient(status: Int) -> Bool {
        [408, 429, 500, 502, 503, 504].contains(status)
    }

    /// A wait by full jitter: anywhere from nothing to the bound, so that clients that failed together do not come
    /// back together.
    func wait(beforeAttempt attempt: Int) -> Duration {
        let bound = min(cap, base * (1 << min(attempt - 1, 16)))
        return bound * Double.random(in: 0...1)
    }

    /// The wait that a `Retry-After` header asks for: seconds, or a date (RFC 9110, section 10.2.3).
    static func retryAfter(_ value: String?, now: Date = Date()) -> Duration? {
        guard let value = value?.split(whereSeparator: \.isWhitespace).joined(separator: " "), !value.isEmpty else {
            return nil
        }
        if let seconds = Int64(value) { return seconds >= 0 ? .seconds(seconds) : nil }
        guard let date = httpDate(value) else { return nil }
        return .milliseconds(Int64((max(0, date.timeIntervalSince(now)) * 1000).rounded(.up)))
    }

    /// Reads an HTTP date in its preferred form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    static func httpDate(_ text: String) -> Date? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return try? Date.ISO8601FormatStyle().parse("\(year)-\(two(month + 1))-\(two(day))T\(parts[4])Z")
    }
}
