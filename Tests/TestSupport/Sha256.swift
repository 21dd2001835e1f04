/// SHA-256 for tests that speak to a registry without our own client.
package enum Sha256 {
    /// The digest of a text, as in `sha256:…`.
    package static func digest(of text: String) -> String { "sha256:\(ImageFixture.hash(Array(text.utf8)))" }
}
