/// A request as it passed through the fault proxy; no value of its header fields is kept but one.
package struct ProxiedRequest: Sendable, Hashable {
    /// The method, as in `GET`.
    package let method: String
    /// The path and the query, exactly as sent.
    package let target: String
    /// What it is for.
    package let kind: RequestKind
    /// How many requests of its kind there have been, with this one.
    package let number: Int
    /// The names of the header fields, lower-case, in their order.
    package let headerNames: [String]
    /// The `Content-Range` of a piece of an upload.
    package let contentRange: String?
    /// The status that was answered; nil where none was, or the answer was no HTTP.
    package internal(set) var status: Int?
    /// Whether it met with a fault.
    package internal(set) var isFaulty = false

    /// Whether it told who sends it.
    package var hasAuthorization: Bool { headerNames.contains("authorization") }

    /// The path without the query.
    package var path: String { String(target.prefix { $0 != "?" }) }
}
