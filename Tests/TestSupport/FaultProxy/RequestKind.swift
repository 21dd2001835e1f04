/// What a request to a registry is for (distribution-spec, "Endpoints").
package enum RequestKind: String, Sendable, Hashable, CaseIterable {
    case ping, token
    case manifestHEAD, manifestGET, manifestPUT, manifestDELETE
    case tagList, referrers
    case blobHEAD, blobGET, blobDELETE
    case mountPOST, uploadPOST, uploadGET, uploadPATCH, uploadPUT, uploadDELETE
    case other

    /// Tells what a request is for.
    ///
    /// - Parameters:
    ///   - method: its method, as in `GET`.
    ///   - target: its path and query.
    package init(method: String, target: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0]
        let query = parts.count == 2 ? parts[1].split(separator: "&") : []
        let isUpload = path.contains("/blobs/uploads/") || path.hasSuffix("/blobs/uploads")
        let kind: RequestKind? =
            switch method {
            case "GET" where path == "/v2/" || path == "/v2": .ping
            case "GET" where path.hasSuffix("/tags/list"): .tagList
            case "GET" where path.contains("/referrers/"): .referrers
            case "GET", "POST": path == "/token" ? .token : nil
            default: nil
            }
        if let kind {
            self = kind
        } else if isUpload {
            let isMount = method == "POST" && query.contains { $0.hasPrefix("mount=") }
            self = isMount ? .mountPOST : RequestKind(rawValue: "upload" + method) ?? .other
        } else if path.contains("/manifests/") {
            self = RequestKind(rawValue: "manifest" + method) ?? .other
        } else if path.contains("/blobs/") {
            self = RequestKind(rawValue: "blob" + method) ?? .other
        } else {
            self = .other
        }
    }

    /// Whether the request carries content.
    package var hasContent: Bool { [.manifestPUT, .uploadPATCH, .uploadPUT].contains(self) }

    /// Whether a good answer carries content.
    package var answersWithContent: Bool {
        [.token, .manifestGET, .tagList, .referrers, .blobGET].contains(self)
    }
}
