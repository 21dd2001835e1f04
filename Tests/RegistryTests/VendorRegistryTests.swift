import OCI
import TestSupport
import Testing

@testable import Registry

/// The registry in memory itself, by curl: what it must refuse, and what the real docker-registry cannot show.
@Suite struct VendorRegistryTests {
    private static let imageType = ["Content-Type": "application/vnd.oci.image.manifest.v1+json"]

    private func digest(_ text: String) -> String { OCI.Digest(of: Array(text.utf8)).description }

    /// A manifest of the blob `{}` alone.
    private func manifest(_ more: String = "") -> String {
        let empty = #"{"mediaType":"application/vnd.oci.empty.v1+json","digest":"\#(digest("{}"))","size":2}"#
        return #"{"schemaVersion":2,"config":\#(empty),"layers":[]\#(more)}"#
    }

    private func send(
        _ method: String,
        _ target: String,
        _ headers: [String: String] = [:],
        _ body: String? = nil,
        to registry: VendorRegistry
    ) async throws -> CurlAnswer {
        let url = target.hasPrefix("http") ? target : "http://\(registry.address)\(target)"
        return try await CurlAnswer(method, url, headers: headers, body: body.map { Array($0.utf8) })
    }

    /// A registry without passwords that has the blob `{}`.
    private func withOpen(
        _ profile: VendorProfile,
        _ body: (VendorRegistry) async throws -> Void
    ) async throws {
        var profile = profile
        profile.access = .open
        profile.createsRepositories = true
        try await withVendorRegistry(profile) { registry in
            let opened = try await send("POST", "/v2/acme/ui/blobs/uploads/", [:], "", to: registry)
            var place = opened.headers["Location"] ?? ""
            place += (place.contains("?") ? "&" : "?") + "digest=\(digest("{}"))"
            #expect(try await send("PUT", place, [:], "{}", to: registry).status == 201)
            try await body(registry)
        }
    }

    @Test func referrersAreListedAndFiltered() async throws {
        try await withOpen(.specification) { registry in
            let subject = digest(manifest())
            let path = "/v2/acme/ui/manifests/"
            #expect(try await send("PUT", path + "app", Self.imageType, manifest(), to: registry).status == 201)
            for type in ["a/signature", "a/sbom"] {
                let descriptor =
                    #"{"mediaType":"\#(Self.imageType["Content-Type"] ?? "")","digest":"\#(subject)","size":1}"#
                let text = manifest(#","artifactType":"\#(type)","subject":\#(descriptor)"#)
                let answer = try await send("PUT", path + digest(text), Self.imageType, text, to: registry)
                #expect(answer.headers["OCI-Subject"] == subject)
            }
            let all = try await send("GET", "/v2/acme/ui/referrers/\(subject)", to: registry)
            #expect(all.headers["Content-Type"] == "application/vnd.oci.image.index.v1+json")
            #expect(all.headers["OCI-Filters-Applied"] == nil)
            #expect(all.text.contains("a/signature") && all.text.contains("a/sbom"))
            let some = try await send("GET", "/v2/acme/ui/referrers/\(subject)?artifactType=a/sbom", to: registry)
            #expect(some.headers["OCI-Filters-Applied"] == "artifactType")
            #expect(!some.text.contains("a/signature") && some.text.contains("a/sbom"))
            let none = try await send("GET", "/v2/acme/ui/referrers/\(digest("none"))", to: registry)
            #expect(none.status == 200 && none.text.contains(#""manifests":[]"#))
        }
    }

    @Test func severalTagsAreSetAtOnceWithinLimits() async throws {
        try await withOpen(.zot) { registry in
            let path = "/v2/acme/ui/manifests/\(digest(manifest()))"
            let query = { (count: Int) in (0..<count).map { "tag=t\($0)" }.joined(separator: "&") }
            let most = try await send("PUT", "\(path)?\(query(46))", Self.imageType, manifest(), to: registry)
            #expect(most.status == 201 && most.headers.all("OCI-Tag").count == 46)
            let tooMany = try await send("PUT", "\(path)?\(query(47))", Self.imageType, manifest(), to: registry)
            #expect(tooMany.status == 414)
            let onTag = try await send("PUT", "/v2/acme/ui/manifests/x?tag=y", Self.imageType, manifest(), to: registry)
            #expect(onTag.status == 400)
            #expect(registry.tags(of: "acme/ui")?.count == 46)
        }
        try await withOpen(.olareg) { registry in
            let path = "/v2/acme/ui/manifests/\(digest(manifest()))?tag=a&tag=b"
            let answer = try await send("PUT", path, Self.imageType, manifest(), to: registry)
            #expect(answer.headers.all("OCI-Tag") == ["a, b"])
        }
    }

    @Test func chunksMustComeInTheirOrder() async throws {
        try await withOpen(.azureContainerRegistry) { registry in
            let opened = try await send("POST", "/v2/acme/ui/blobs/uploads/", [:], "", to: registry)
            let first = opened.headers["Location"] ?? ""
            let early = try await send("PATCH", first, ["Content-Range": "5-9"], "world", to: registry)
            #expect(early.status == 416)
            let taken = try await send("PATCH", first, ["Content-Range": "0-4"], "hello", to: registry)
            #expect(taken.status == 202 && taken.headers["Range"] == "0-4")
            // The old address is no longer good.
            #expect(try await send("PATCH", first, ["Content-Range": "5-9"], "world", to: registry).status == 404)
            let second = taken.headers["Location"] ?? ""
            #expect(try await send("PATCH", second, ["Content-Range": "5-7"], "world", to: registry).status == 400)
            let last = "\(second)&digest=\(digest("helloworld"))"
            #expect(try await send("PUT", last, ["Content-Range": "5-9"], "world", to: registry).status == 201)
        }
    }

    @Test func laterChunksAreLostAtECR() async throws {
        try await withOpen(.elasticContainerRegistry) { registry in
            let opened = try await send("POST", "/v2/acme/ui/blobs/uploads/", [:], "", to: registry)
            let place = opened.headers["Location"] ?? ""
            let first = try await send("PATCH", place, ["Content-Range": "0-4"], "hello", to: registry)
            #expect(first.status == 201 && first.headers["Range"] == "0-4")
            let second = try await send("PATCH", place, ["Content-Range": "5-9"], "world", to: registry)
            #expect(second.status == 201 && second.headers["Range"] == "0-4")
            let last = try await send("PUT", "\(place)?digest=\(digest("helloworld"))", [:], "", to: registry)
            #expect(last.codes == ["DIGEST_INVALID"])
            let page = try await send("GET", "/v2/acme/ui/tags/list?n=1001", to: registry)
            #expect(page.status == 405 && page.codes == ["UNSUPPORTED"])
        }
    }

    @Test func tagsHoldTheirManifestsInTheVendorsOwnWay() async throws {
        let other = manifest(#","annotations":{"a":"b"}"#)
        try await withOpen(.zot) { registry in
            for text in [manifest(), other] {
                _ = try await send("PUT", "/v2/acme/ui/manifests/latest", Self.imageType, text, to: registry)
            }
            #expect(registry.manifest(digest(manifest()), of: "acme/ui") == nil)
            #expect(registry.manifest(digest(other), of: "acme/ui") != nil)
        }
        try await withOpen(.artifactRegistry) { registry in
            _ = try await send("PUT", "/v2/acme/ui/manifests/latest", Self.imageType, other, to: registry)
            let path = "/v2/acme/ui/manifests/"
            let held = try await send("DELETE", path + digest(other), to: registry)
            #expect(held.codes == ["GOOGLE_MANIFEST_DANGLING_TAG"])
            #expect(try await send("DELETE", path + "latest", to: registry).status == 202)
            #expect(try await send("DELETE", path + digest(other), to: registry).status == 202)
        }
    }

    @Test func tokensAreGivenByFormWhereThatIsOffered() async throws {
        let form = ["Content-Type": "application/x-www-form-urlencoded"]
        let body = { (registry: VendorRegistry) in
            let user = registry.reader
            return "grant_type=password&service=registry&username=\(user.name)"
                + "&password=re4d-0nly%3A%2B%2F%3D&scope=repository:acme/ui:pull,push"
        }
        for (profile, path, status) in [
            (VendorProfile.azureContainerRegistry, "/oauth2/token", 200), (.artifactRegistry, "/v2/token", 404),
            (.artifactory, "/v2/token", 401), (.quay, "/v2/auth", 405),
        ] {
            try await withVendorRegistry(profile) { registry in
                let answer = try await send("POST", path, form, body(registry), to: registry)
                #expect(answer.status == status)
                #expect(answer.text.contains(#""access_token""#) == (status == 200))
                #expect(registry.strayCredentials == [])
            }
        }
    }

    @Test func aSecretThatStraysIsFound() async throws {
        try await withVendorRegistry(.dockerHub) { registry in
            _ = try await send("GET", "/v2/", ["Authorization": "Basic YTpi"], to: registry)
            #expect(registry.strayCredentials.count == 1)
            registry.forgetRequests()
            _ = try await send(
                "GET",
                "http://\(registry.storage.address)/x?p=s3cret%3A%2B%2F%3Dw%25rd%26x",
                to: registry
            )
            #expect(registry.strayCredentials.count == 1)
            registry.forgetRequests()
            _ = try await send("GET", "/v2/", ["Cookie": registry.reader.password], to: registry)
            #expect(registry.strayCredentials.count == 1)
        }
    }
}
