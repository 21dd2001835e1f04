import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
package import OCI

extension RegistryRepository {
    /// Uploads a blob in one piece: a POST that opens the upload, a PUT that streams and closes it
    /// (distribution-spec, "POST then PUT").
    package func put(
        blob descriptor: Descriptor,
        content: @Sendable () async throws -> BlobContent
    ) async throws {
        let action = "the blob \(descriptor.digest.abbreviated) could not be uploaded to \(name)"
        // An upload that broke off is opened anew, so sending it again is safe.
        try await transport.retrying(isIdempotent: true) {
            let opening = try await Answer(
                try await send(Call(.POST, "blobs/uploads/", headers: [("Content-Length", "0")])),
                from: repository.registry.name,
                limit: SizeLimit.message
            )
            guard opening.status == 202 else { throw await failure(opening, action) }
            var call = Call(.PUT, "blobs/uploads/", headers: [("Content-Type", "application/octet-stream")])
            call.url = try await uploadAddress(opening, digest: descriptor.digest)
            let response = try await send(
                call,
                streaming: .stream(try await content(), length: .known(descriptor.size))
            )
            let answer = try await Answer(response, from: repository.registry.name, limit: SizeLimit.message)
            guard [201, 200, 204].contains(answer.status) else { throw await failure(answer, action) }
        }
    }

    /// The upload's `Location`, which may be relative or on another host and may have a query, plus the digest.
    private func uploadAddress(_ opening: Answer, digest: Digest) async throws -> URL {
        let base = try await session.base()
        let request = URL(string: "v2/\(repository.path)/blobs/uploads/", relativeTo: base)?.absoluteURL ?? base
        guard let location = opening.headers.first(name: "Location"),
            let url = URL(string: location, relativeTo: request)?.absoluteURL
        else {
            throw RegistryError(.invalidResponse, "\(repository.registry) opened an upload without saying where")
        }
        try AddressRules.check(url, namedBy: base, as: "an upload address")
        let separator = url.query() == nil ? "?" : "&"
        guard let address = URL(string: "\(url.absoluteString)\(separator)digest=\(digest)") else {
            throw RegistryError(.invalidResponse, "\(repository.registry) opened an upload at an unreadable address")
        }
        return address
    }
}
