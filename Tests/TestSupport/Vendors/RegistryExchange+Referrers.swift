import FoundationEssentials

extension RegistryExchange {
    /// Lists the manifests about another one (distribution-spec 1.1, "Listing Referrers").
    func referrers(of digest: String, in name: String, _ contents: RegistryContents) -> TestResponse {
        guard let rules = profile.referrers else { return Self.noSuchPage }
        guard RegistryContents.isDigest(digest) else {
            return RegistryProblem(400, "DIGEST_INVALID", "the digest cannot be read").response
        }
        let wanted = rules.filters ? request.queryValues("artifactType").first : nil
        let found = (contents.repositories[name]?.manifests ?? [:])
            .filter { $0.value.subject == digest && (wanted == nil || $0.value.artifactType == wanted) }
            .sorted { $0.key < $1.key }
        let entries = found.map { digest, manifest in
            let annotations = (try? JSONEncoder().encode(manifest.annotations)).map { Array($0) } ?? Array("{}".utf8)
            return #"{"mediaType":"\#(manifest.mediaType)","digest":"\#(digest)","size":\#(manifest.bytes.count),"#
                + #""artifactType":"\#(manifest.artifactType ?? "")","annotations":\#(String(decoding: annotations, as: UTF8.self))}"#
        }
        let type = "application/vnd.oci.image.index.v1+json"
        var response = TestResponse(
            200,
            headers: ["Content-Type": type],
            json: #"{"schemaVersion":2,"mediaType":"\#(type)","manifests":[\#(entries.joined(separator: ","))]}"#
        )
        if wanted != nil { response.headers["OCI-Filters-Applied"] = "artifactType" }
        return response
    }
}
