import FoundationEssentials

/// Where a webhook listens.
///
/// Services put a token into path or query, so only the host is ever shown.
package struct WebhookAddress: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    let url: URL

    /// Reads an address.
    ///
    /// - Parameter text: an `https` address, or an `http` one.
    /// - Throws: `WebhookError`, which does not repeat the text.
    package init(parsing text: String) throws(WebhookError) {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["https", "http"].contains(scheme),
            let host = url.host(), !host.isEmpty
        else {
            throw WebhookError(
                "a webhook's address is not an https address",
                hint: "write it whole, such as https://hooks.example.com/tagboat"
            )
        }
        guard url.user() == nil, url.password() == nil else {
            throw WebhookError(
                "the address of the webhook at \(url.authority) holds a user or a password",
                hint: "let the receiver check the signature instead: set TAGBOAT_NOTIFY_SECRET or notify.secret-file"
            )
        }
        self.url = url
    }

    /// Host and port, which are no secret.
    package var host: String { url.authority }

    package var description: String { "\(url.scheme ?? "")://\(host)/…" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a webhook was not told.
package struct WebhookError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
    package let hint: String

    package init(_ description: String, hint: String) {
        self.description = description
        self.hint = hint
    }
}
