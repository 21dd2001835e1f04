import FoundationEssentials
import NIOHTTP1
package import OCI

extension RegistryRepository {
    package func referrers(of digest: OCI.Digest, artifactType: String?) async throws -> [Descriptor] {
        var found: [Descriptor] = []
        var seen: Set<URL> = []
        var next: URL? = try await referrersAddress(digest, artifactType)
        var isFirst = true
        while let url = next {
            guard seen.insert(url).inserted else {
                throw RegistryError(.invalidResponse, "the referrers of \(name) lead back to themselves")
            }
            guard let page = try await referrersPage(url, of: digest, isFirst: isFirst) else {
                return try await referrersByTag(of: digest).matching(artifactType)
            }
            // A registry need not filter, and says so by what it leaves out (distribution-spec, "Listing Referrers").
            found += page.isFiltered ? page.descriptors : page.descriptors.matching(artifactType)
            found = try found.uniqueReferrers(of: digest, in: name)
            next = page.next
            isFirst = false
        }
        return found
    }

    package func put(_ manifest: StoredManifest, referringTo subject: OCI.Digest) async throws {
        let answer = try await put(manifest, at: .digest(manifest.digest))
        // A registry that keeps referrers by itself says so.
        if answer.headers.first(name: "OCI-Subject") != nil { return }
        try await list(manifest.referrer(), under: subject)
    }

    private struct ReferrersPage {
        let descriptors: [Descriptor]
        let isFiltered: Bool
        let next: URL?
    }

    /// One page; nil from a registry that does not know of referrers.
    private func referrersPage(_ url: URL, of digest: OCI.Digest, isFirst: Bool) async throws -> ReferrersPage? {
        let action = "the referrers of \(name)@\(digest) could not be listed"
        var call = Call(
            .GET,
            "referrers/\(digest)",
            headers: [("Accept", MediaType.ociIndex.rawValue)],
            limit: SizeLimit.pulledManifest
        )
        call.url = url
        call.mayMeetPages = true
        let answer = try await perform(call, reading: action)
        let type = answer.headers.first(name: "Content-Type").map(MediaType.init(contentType:))
        if isFirst, Self.isUnaware(answer, type) { return nil }
        guard answer.status == 200, type == .ociIndex else { throw await failure(answer, action) }
        do {
            let index = try JSONDecoder().decode(ReferrersIndex.self, from: Data(answer.body))
            let filters = answer.headers["OCI-Filters-Applied"].joined(separator: ",").split(separator: ",")
            return ReferrersPage(
                descriptors: index.manifests ?? [],
                isFiltered: filters.contains { $0.split(separator: " ").joined() == "artifactType" },
                next: try LinkHeader.next(in: answer.headers["Link"], of: url, listing: "the list of referrers")
            )
        } catch let error as RegistryError {
            throw error
        } catch {
            throw RegistryError(.invalidResponse, "\(action): the answer is not an index (\(jsonProblem(error)))")
        }
    }

    private struct ReferrersIndex: Decodable {
        let manifests: [Descriptor]?
    }

    /// Whether an answer comes from a registry without the API.
    ///
    /// Such a one knows of no such path, or takes it for another; some answer with the page of a web site.
    private static func isUnaware(_ answer: Answer, _ type: MediaType?) -> Bool {
        [400, 404, 405, 406, 501].contains(answer.status) || (answer.status == 200 && type != .ociIndex)
    }

    private func referrersAddress(_ digest: OCI.Digest, _ artifactType: String?) async throws -> URL {
        let base = try await session.base()
        guard var parts = URLComponents(string: "\(base.absoluteString)v2/\(repository.path)/referrers/\(digest)")
        else {
            throw RegistryError(.invalidResponse, "\(name) cannot be addressed")
        }
        if let artifactType {
            parts.queryItems = [URLQueryItem(name: "artifactType", value: artifactType)]
            // A media type often ends in +json, and a plus in a query is a space to many servers.
            parts.percentEncodedQuery = parts.percentEncodedQuery?.replacing("+", with: "%2B")
        }
        guard let url = parts.url else { throw RegistryError(.invalidResponse, "\(name) cannot be addressed") }
        return url
    }
}
