extension RegistryExchange {
    /// Answers a request for a blob (distribution-spec 1.1, "Pulling blobs").
    func blob(_ digest: String, in name: String, _ contents: inout RegistryContents) -> TestResponse {
        guard RegistryContents.isDigest(digest) else { return RegistryProblem.digestInvalid.response }
        guard let bytes = contents.repositories[name]?.blobs[digest] else {
            return RegistryProblem.blobUnknown.response
        }
        switch request.method {
        case "HEAD":
            return TestResponse(
                200,
                headers: [
                    "Content-Length": String(bytes.count), "Docker-Content-Digest": digest,
                    "Content-Type": "application/octet-stream", "Accept-Ranges": "bytes",
                ]
            )
        case "GET":
            if profile.blobs.redirectsToStorage {
                let address = "http://\(hosts.storage)/\(name)/\(digest)?signature=ok&expires=1"
                return TestResponse(307, headers: ["Location": address])
            }
            return part(of: bytes, digest)
        case "DELETE":
            if let problem = profile.deletion.blob { return problem.response }
            contents.repositories[name]?.blobs[digest] = nil
            return TestResponse(profile.deletion.status)
        default:
            return RegistryProblem.unsupported.response
        }
    }

    /// A blob, or the range of it that was asked for (RFC 9110, section 14).
    private func part(of bytes: [UInt8], _ digest: String) -> TestResponse {
        var response = TestResponse(200, headers: ["Content-Type": "application/octet-stream"], body: bytes)
        response.headers["Docker-Content-Digest"] = digest
        response.headers["Accept-Ranges"] = "bytes"
        guard let range = request.headers["Range"], range.hasPrefix("bytes=") else { return response }
        let ends = range.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2 else { return response }
        let first = Int(ends[0]) ?? max(0, bytes.count - (Int(ends[1]) ?? 0))
        let last = ends[0].isEmpty ? bytes.count - 1 : min(bytes.count - 1, Int(ends[1]) ?? bytes.count - 1)
        guard first < bytes.count, first <= last else {
            return TestResponse(416, headers: ["Content-Range": "bytes */\(bytes.count)"])
        }
        response.status = 206
        response.headers["Content-Range"] = "bytes \(first)-\(last)/\(bytes.count)"
        response.body = Array(bytes[first...last])
        return response
    }
}
