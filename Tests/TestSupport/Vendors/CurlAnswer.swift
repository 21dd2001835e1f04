/// What curl brought back of one request, for checks that must not depend on a client of ours.
package struct CurlAnswer: Sendable, Hashable {
    /// The status code.
    package let status: Int
    /// The header fields.
    package let headers: TestHeaders
    /// The body, read as UTF-8.
    package let text: String

    /// Sends a request with curl.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - url: the address.
    ///   - headers: the header fields, in place of curl's own `Accept`, `Content-Type` and `Expect`.
    ///   - body: the body; nil sends none.
    /// - Throws: `CommandError`, or the failure to start curl.
    package init(
        _ method: String,
        _ url: String,
        headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws {
        var arguments = ["--silent", "--show-error", "--include", "--http1.1", "--globoff", "--path-as-is"]
        arguments += method == "HEAD" ? ["--head"] : ["--request", method]
        for name in ["Accept", "Content-Type", "Expect"] where headers[name] == nil {
            arguments += ["--header", name + ":"]
        }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { arguments += ["--header", "\(name): \(value)"] }
        if body != nil { arguments += ["--data-binary", "@-"] }
        let output = try await run("curl", arguments + [url], input: body ?? []).requireSuccess().standardOutput
        // Not by Character: "\r\n" is one.
        let bytes = Array(output.utf8)
        let end = bytes.indices.first { bytes[$0...].starts(with: "\r\n\r\n".utf8) } ?? bytes.count
        let lines = bytes[..<end].split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
        status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        self.headers = TestHeaders(
            lines.dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].drop { $0 == " " }.prefix { $0 != "\r" }
                return (name: String(line[..<colon]), value: String(value))
            }
        )
        text = String(decoding: bytes[min(bytes.count, end + 4)...], as: UTF8.self)
    }

    /// The error codes of the body (distribution-spec 1.1, "Error Codes").
    package var codes: [String] {
        text.split(separator: #""code":""#, omittingEmptySubsequences: false).dropFirst().map { part in
            String(part.prefix { $0 != "\"" })
        }
    }
}
