/// An error answer of a registry, in the form that its vendor gives it.
package struct RegistryProblem: Sendable, Hashable {
    /// What the body is.
    package enum Body: Sendable, Hashable {
        /// The form of the specification (distribution-spec 1.1, "Error Codes").
        case json
        /// The message as it is.
        case text
        /// Artifactory's own form, which has a status where the specification has a code.
        case statusJSON
    }

    /// The status code.
    package var status: Int
    /// The error code, as in `MANIFEST_UNKNOWN`.
    package var code: String
    /// The message for people.
    package var message: String
    /// What the body is.
    package var body: Body

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - code: the error code.
    ///   - message: the message for people.
    ///   - body: what the body is.
    package init(_ status: Int, _ code: String, _ message: String = "refused", body: Body = .json) {
        self.status = status
        self.code = code
        self.message = message
        self.body = body
    }

    /// The media type of JSON as registries write it.
    static let jsonType = "application/json; charset=utf-8"

    /// The error as a response.
    var response: TestResponse {
        switch body {
        case .json:
            TestResponse(
                status,
                headers: ["Content-Type": Self.jsonType],
                json: #"{"errors":[{"code":"\#(code)","message":"\#(message)","detail":null}]}"#
            )
        case .statusJSON:
            TestResponse(status, json: #"{"errors":[{"status":\#(status),"message":"\#(message)"}]}"#)
        case .text:
            TestResponse(status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: Array(message.utf8))
        }
    }
}

extension RegistryProblem {
    /// No such repository.
    static let nameUnknown = RegistryProblem(404, "NAME_UNKNOWN", "repository name not known to registry")
    /// No such manifest.
    static let manifestUnknown = RegistryProblem(404, "MANIFEST_UNKNOWN", "manifest unknown")
    /// No such blob.
    static let blobUnknown = RegistryProblem(404, "BLOB_UNKNOWN", "blob unknown to registry")
    /// No such upload.
    static let uploadUnknown = RegistryProblem(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry")
    /// Content that is not what its digest says.
    static let digestInvalid = RegistryProblem(400, "DIGEST_INVALID", "provided digest did not match uploaded content")
    /// A manifest that cannot be accepted.
    static let manifestInvalid = RegistryProblem(400, "MANIFEST_INVALID", "manifest invalid")
    /// Something that the registry does not do.
    static let unsupported = RegistryProblem(405, "UNSUPPORTED", "The operation is unsupported.")
    /// Known, but not allowed.
    static let denied = RegistryProblem(403, "DENIED", "requested access to the resource is denied")
    /// Not known.
    static let unauthorized = RegistryProblem(401, "UNAUTHORIZED", "authentication required")
    /// Too many requests.
    static let tooManyRequests = RegistryProblem(429, "TOOMANYREQUESTS", "rate exceeded")
}
