/// A request as the test server received it.
package struct TestRequest: Sendable, Hashable {
    /// The method, as in `GET`.
    package let method: String
    /// The path and the query, exactly as sent.
    package let target: String
    /// The header fields.
    package let headers: TestHeaders
    /// The body.
    package var body: [UInt8]

    /// The path, exactly as sent.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The query behind the question mark, exactly as sent; nil without one.
    package var query: String? {
        target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) }
    }

    /// The body read as UTF-8.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// Reads the values of one query parameter.
    ///
    /// - Parameter name: the decoded name of the parameter.
    /// - Returns: the decoded values in their order; empty if it was not given.
    package func queryValues(_ name: String) -> [String] { Self.values(name, in: query ?? "") }

    /// Reads the values of one field of the form in the body.
    ///
    /// - Parameter name: the decoded name of the field.
    /// - Returns: the decoded values in their order; empty if it was not given.
    package func formValues(_ name: String) -> [String] { Self.values(name, in: text) }

    private static func values(_ name: String, in text: String) -> [String] {
        text.split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, decode(key) == name else { return nil }
            return parts.count == 2 ? decode(parts[1]) : ""
        }
    }

    /// Undoes the percent encoding, and `+` for a space (HTML standard, application/x-www-form-urlencoded).
    private static func decode(_ text: Substring) -> String {
        let encoded = Array(text.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < encoded.count {
            let hex = String(decoding: encoded[index...].dropFirst().prefix(2), as: UTF8.self)
            if encoded[index] == UInt8(ascii: "%"), hex.count == 2, let byte = UInt8(hex, radix: 16) {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(encoded[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : encoded[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
