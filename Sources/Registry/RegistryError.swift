/// Why a registry or an image layout could not do what was asked.
package struct RegistryError: Error, Sendable, CustomStringConvertible {
    /// What sort of failure it is; decides the exit code and whether a retry can help.
    package enum Kind: Sendable, Hashable {
        case notFound
        /// No credentials, or wrong ones.
        case unauthorized
        /// Known, but not allowed.
        case denied
        /// The registry's answer to writing a tag that it keeps immutable.
        case immutable
        case tooLarge
        case rateLimited
        case unsupported
        case unreachable
        case untrustedCertificate
        case timedOut
        /// The answer is not what the protocol says.
        case invalidResponse
        case digestMismatch
        /// The registry or the disk failed.
        case serverFailure
        /// The server named an address that credentials and requests must not go to.
        case unsafeAddress
        /// A file of credentials or certificates cannot be used.
        case invalidFile
    }

    package let kind: Kind
    /// What happened, to what; one sentence without a full stop.
    package let description: String
    /// What to do about it.
    package let hint: String?
    /// The HTTP status, where one was received.
    package let status: Int?
    /// The registry's own error codes, such as `MANIFEST_UNKNOWN`.
    package let codes: [String]

    package init(
        _ kind: Kind,
        _ description: String,
        hint: String? = nil,
        status: Int? = nil,
        codes: [String] = []
    ) {
        self.kind = kind
        self.description = description
        self.hint = hint
        self.status = status
        self.codes = codes
    }
}
