import Crypto
import FoundationEssentials
import OCI

/// What a webhook is told.
package struct WebhookDelivery: Sendable {
    /// What happened, such as `release`.
    package let event: String
    /// A JSON document.
    package let body: [UInt8]
    private let secret: Secret?

    /// Makes a delivery.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - body: a JSON document.
    ///   - secret: what sender and receiver share; nil for a delivery without a signature.
    package init(event: String, body: [UInt8], secret: Secret?) {
        self.event = event
        self.body = body
        self.secret = secret
    }

    /// The header fields; the same for the same delivery, so that a receiver knows a repetition.
    package var headers: [(name: String, value: String)] {
        var headers = [
            ("Content-Type", "application/json"),
            ("X-Tagboat-Event", event),
            ("X-Tagboat-Delivery", Digest(of: body).hex),
        ]
        if let secret {
            let key = SymmetricKey(data: Data(secret.value.utf8))
            let code = HMAC<SHA256>.authenticationCode(for: body, using: key)
            headers.append(("X-Tagboat-Signature-256", "sha256=" + Digest(algorithm: .sha256, hash: code).hex))
        }
        return headers
    }
}
