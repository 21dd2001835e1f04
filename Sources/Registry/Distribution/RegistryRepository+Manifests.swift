import FoundationEssentials
import NIOHTTP1
package import OCI

extension RegistryRepository {
    // MARK: Reading

    package func digest(of tag: Tag) async throws -> Digest? {
        try await digest(for: .tag(tag))
    }

    package func hasManifest(_ digest: Digest) async throws -> Bool {
        try await self.digest(for: .digest(digest)) != nil
    }

    private func digest(for selector: ManifestSelector) async throws -> Digest? {
        var call = Call(.HEAD, "manifests/\(selector)", headers: Self.accept)
        call.mayMeetPages = true
        let answer = try await perform(call, reading: "\(place(selector)) could not be read")
        switch answer.status {
        case 200 where !answer.isHTML:
            if let digest = Self.declaredDigest(answer) { return digest }
            // Some registries leave the header out, or write it without its algorithm.
            return try await manifest(for: selector).digest
        case 404:
            return nil
        default:
            // A HEAD answer has no body that tells what is wrong; a GET does.
            do {
                return try await manifest(for: selector).digest
            } catch let error as RegistryError where error.kind == .notFound {
                return nil
            }
        }
    }

    package func manifest(for selector: ManifestSelector) async throws -> StoredManifest {
        if case .digest = selector {
            // What a mirror sends is checked against its digest like everything else.
            for mirror in mirrors {
                if let manifest = try? await mirror.manifest(for: selector) { return manifest }
            }
        }
        let place = place(selector)
        let call = Call(.GET, "manifests/\(selector)", headers: Self.accept, limit: SizeLimit.pulledManifest)
        let answer = try await perform(call, reading: "\(place) could not be read")
        guard answer.status == 200 else {
            throw await failure(answer, "\(place) could not be read")
        }
        guard !answer.isHTML, let contentType = answer.headers.first(name: "Content-Type") else {
            throw RegistryError(
                .invalidResponse,
                "\(repository.registry) answered with \(answer.isHTML ? "a web page" : "no content type") for \(place)",
                hint: "check the host name and port in the image's name"
            )
        }
        let mediaType = MediaType(contentType: contentType)
        let wanted: Digest? = if case .digest(let digest) = selector { digest } else { Self.declaredDigest(answer) }
        let digest = Digest(of: answer.body, algorithm: wanted?.algorithm ?? .sha256)
        guard wanted == nil || digest == wanted else {
            throw RegistryError(
                .digestMismatch,
                "the manifest of \(place) has the digest \(digest), not \(wanted?.description ?? "") as it should",
                hint: "the content was damaged or replaced on its way; nothing was released from it"
            )
        }
        let manifest = StoredManifest(bytes: answer.body, mediaType: mediaType, digest: digest)
        do {
            _ = try manifest.decoded()
        } catch {
            throw RegistryError(.invalidResponse, "\(place) is not an image: \(error)")
        }
        return manifest
    }

    // MARK: Writing

    package func put(_ manifest: StoredManifest, as tag: Tag?) async throws {
        let selector = tag.map(ManifestSelector.tag) ?? .digest(manifest.digest)
        do {
            _ = try await put(manifest, at: selector)
        } catch let error as RegistryError {
            // Registries with immutable tags refuse also what is there already.
            guard let tag, [.immutable, .denied, .invalidResponse, .unsupported].contains(error.kind),
                try await digest(of: tag) == manifest.digest
            else { throw error }
        }
    }

    /// Several tags at once: by one request where the registry can do that (distribution-spec, end-7b), else by one
    /// request for each tag, all at the same time.
    package func put(_ manifest: StoredManifest, as tags: [Tag]) async -> [Tag: any Error] {
        var rest = tags
        if tags.count > 1, features.multiTagPut != false {
            var written: Set<Tag> = []
            for chunk in tags.chunks(of: Self.tagsInOneRequest) {
                // A registry that does not know the parameter stores the manifest and says nothing of tags, or it
                // refuses. Why it refuses is told by what it answers for each tag.
                let taken = (try? await putTogether(manifest, as: chunk)) ?? []
                written.formUnion(taken)
                if features.multiTagPut == nil { features.multiTagPut = !taken.isEmpty }
                if taken.isEmpty { break }
            }
            rest = tags.filter { !written.contains($0) }
        }
        let outcomes = try? await rest.concurrentMap(width: waveWidth) { tag -> (Tag, any Error)? in
            do {
                try await put(manifest, as: tag)
                return nil
            } catch {
                return (tag, error)
            }
        }
        guard let outcomes else { return Dictionary(uniqueKeysWithValues: rest.map { ($0, CancellationError()) }) }
        return Dictionary(outcomes.compactMap { $0 }) { first, _ in first }
    }

    /// Registries take some 46 tags in a request at most, and proxies 8 kB of address.
    private static let tagsInOneRequest = 40

    /// Puts a manifest under several tags by one request.
    ///
    /// - Returns: the tags that the registry says it has set; the others are to be put one by one.
    private func putTogether(_ manifest: StoredManifest, as tags: [Tag]) async throws -> Set<Tag> {
        let query = tags.map { "tag=\($0)" }.joined(separator: "&")
        let answer = try await put(manifest, at: .digest(manifest.digest), query: query)
        let names = answer.headers["OCI-Tag"].flatMap { $0.split(separator: ",") }
        return Set(names.compactMap { try? Tag($0.filter { !$0.isWhitespace }) }).intersection(tags)
    }

    func put(
        _ manifest: StoredManifest,
        at selector: ManifestSelector,
        query: String? = nil
    ) async throws -> Answer {
        let place = place(selector)
        guard manifest.bytes.count <= SizeLimit.pushedManifest else {
            throw RegistryError(.tooLarge, "the manifest for \(place) is larger than 4 MiB")
        }
        let call = Call(
            .PUT,
            "manifests/\(selector)",
            query: query,
            headers: [("Content-Type", manifest.mediaType.rawValue)],
            body: manifest.bytes
        )
        let action = "\(place) could not be written"
        let answer = try await perform(call, reading: action)
        guard [200, 201, 202].contains(answer.status) else { throw await failure(answer, action) }
        if let declared = Self.declaredDigest(answer), declared != manifest.digest {
            throw RegistryError(
                .digestMismatch,
                "\(repository.registry) stored \(place) as \(declared), not as \(manifest.digest)",
                hint: "the registry changed the manifest; do not use this tag and tell the registry's operator"
            )
        }
        return answer
    }

    // MARK: Deleting

    package func delete(_ selector: ManifestSelector) async throws {
        let action = "\(place(selector)) could not be deleted"
        let answer = try await perform(Call(.DELETE, "manifests/\(selector)"), reading: action)
        switch answer.status {
        case 200, 202, 204:
            return
        case _ where answer.errors.contains(where: \.speaksOfImmutability):
            throw await failure(answer, action)
        case 400 where answer.errors.contains { ["DIGEST_INVALID", "UNSUPPORTED"].contains($0.code) }, 405:
            // docker-registry before version 3 takes a tag for a malformed digest.
            let isTag = if case .tag = selector { true } else { false }
            throw RegistryError(
                .unsupported,
                isTag
                    ? "\(repository.registry) cannot delete a tag by itself: \(answer.explanation)"
                    : "\(repository.registry) does not allow deleting: \(answer.explanation)",
                hint: isTag
                    ? "delete the image with all of its tags by its digest, or use the registry's own interface"
                    : "ask the registry's operator to allow it, or use the registry's own interface",
                status: answer.status,
                codes: answer.errors.map(\.code)
            )
        default:
            throw await failure(answer, action)
        }
    }

    // MARK: Headers

    private static let accept = [("Accept", MediaType.manifests.map(\.rawValue).joined(separator: ", "))]

    /// `Docker-Content-Digest`, where it is there and of a form that can be trusted.
    private static func declaredDigest(_ answer: Answer) -> Digest? {
        answer.headers.first(name: "Docker-Content-Digest").flatMap { try? Digest(parsing: $0) }
    }
}

extension Array {
    /// The elements in pieces of a length; the last piece may be shorter.
    fileprivate func chunks(of length: Int) -> [[Element]] {
        stride(from: 0, to: count, by: length).map { Array(self[$0..<Swift.min($0 + length, count)]) }
    }
}
