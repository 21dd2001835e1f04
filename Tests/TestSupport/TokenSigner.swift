import Crypto
import FoundationEssentials

/// Signs JSON Web Tokens with ES256 (RFC 7515, RFC 7518) and names its certificate in `x5c`.
///
/// docker-registry 2.8 accepts a token if that certificate leads to its `rootcertbundle`.
struct TokenSigner: Sendable {
    /// The header of a token.
    private struct Header: Encodable {
        var typ = "JWT"
        var alg = "ES256"
        var x5c: [String]
    }

    /// The key to sign with.
    private let key: P256.Signing.PrivateKey
    /// The encoded header, which all tokens share.
    private let header: String

    /// Reads a certificate and its key.
    init(_ files: CertifiedKey) throws {
        key = try P256.Signing.PrivateKey(pemRepresentation: try files.key.readText())
        // The inner lines of a PEM file are the plain Base64 that x5c wants (RFC 7515, section 4.1.6).
        let lines = try files.certificate.readText().split(separator: "\n").filter { !$0.hasPrefix("-----") }
        header = try Self.encode(JSONEncoder().encode(Header(x5c: [lines.joined()])))
    }

    /// Signs claims.
    func sign(_ claims: some Encodable) throws -> String {
        let content = try header + "." + Self.encode(JSONEncoder().encode(claims))
        let signature = try key.signature(for: Data(content.utf8))
        return content + "." + Self.encode(signature.rawRepresentation)
    }

    /// Base64 with the URL alphabet and without padding (RFC 7515, section 2).
    private static func encode(_ data: Data) -> String {
        String(
            data.base64EncodedString().compactMap { character in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            }
        )
    }
}
