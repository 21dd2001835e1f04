extension RegistryExchange {
    /// Answers a request for a manifest by tag or digest.
    func manifest(_ reference: String, in name: String, _ contents: inout RegistryContents) -> TestResponse {
        switch request.method {
        case "GET", "HEAD": return readManifest(reference, in: name, contents)
        case "PUT": return writeManifest(reference, in: name, &contents)
        case "DELETE": return deleteManifest(reference, in: name, &contents)
        default: return RegistryProblem.unsupported.response
        }
    }

    // MARK: Reading (distribution-spec 1.1, "Pulling manifests")

    private func readManifest(_ reference: String, in name: String, _ contents: RegistryContents) -> TestResponse {
        guard let repository = contents.repositories[name] else {
            // Where a push creates the repository, a missing one is like an empty one.
            return (profile.createsRepositories ? profile.manifests.unknown : profile.repositoryUnknown).response
        }
        guard RegistryContents.isTag(reference) || RegistryContents.isDigest(reference) else {
            return RegistryProblem(404, "MANIFEST_UNKNOWN", "the reference cannot be read").response
        }
        guard let digest = repository.resolve(reference), let manifest = repository.manifests[digest] else {
            return profile.manifests.unknown.response
        }
        if let problem = profile.manifests.blockedPull { return problem.response }
        guard accepts(manifest.mediaType) else {
            let message = "\(manifest.mediaType) found, but the accept header does not support it"
            return RegistryProblem(404, "MANIFEST_UNKNOWN", message).response
        }
        var response = TestResponse(200, headers: ["Content-Type": manifest.mediaType], body: manifest.bytes)
        switch (profile.manifests.digestHeader, request.method) {
        case (.always, _), (.notOnGet, "HEAD"): response.headers["Docker-Content-Digest"] = digest
        default: break
        }
        if request.method == "HEAD" { response.headers["Content-Length"] = String(manifest.bytes.count) }
        return response
    }

    private func accepts(_ mediaType: String) -> Bool {
        let accepted = request.headers.all("Accept").flatMap { $0.split(separator: ",") }.map { item in
            String(item.prefix { $0 != ";" }.filter { $0 != " " })
        }
        return accepted.contains { $0 == mediaType || $0 == "*/*" }
    }

    // MARK: Writing (distribution-spec 1.1, "Pushing Manifests")

    private func writeManifest(_ reference: String, in name: String, _ contents: inout RegistryContents) -> TestResponse
    {
        guard profile.createsRepositories || contents.repositories[name] != nil else {
            return profile.repositoryUnknown.response
        }
        var repository = contents.repositories[name] ?? .init()
        let isDigest = RegistryContents.isDigest(reference)
        guard isDigest || RegistryContents.isTag(reference) else {
            return RegistryProblem(400, "TAG_INVALID", "manifest tag did not match URI").response
        }
        guard let tags = newTags(reference, isDigest) else { return RegistryProblem.manifestInvalid.response }
        if let limit = profile.manifests.maximumTags, tags.count > limit {
            return profile.manifests.tooManyTags.response
        }
        guard request.body.count <= profile.manifests.maximumSize else {
            return RegistryProblem(413, "MANIFEST_INVALID", "the manifest is too large").response
        }
        guard let digest = RegistryContents.digest(of: request.body, like: isDigest ? reference : "sha256:"),
            !isDigest || digest == reference
        else { return RegistryProblem.digestInvalid.response }
        let mediaType = String((request.headers["Content-Type"] ?? "").prefix { $0 != ";" })
        let knownTypes = PushedManifest.imageTypes.union(PushedManifest.indexTypes)
        guard knownTypes.contains(mediaType) else { return profile.manifests.typeUnknown.response }
        guard let manifest = PushedManifest(request.body, mediaType: mediaType) else {
            return RegistryProblem.manifestInvalid.response
        }
        let missingBlob = manifest.blobs.contains { repository.blobs[$0] == nil }
        let missingChild =
            !profile.manifests.allowsSparseIndexes
            && manifest.children.contains { repository.manifests[$0] == nil }
        guard !missingBlob, !missingChild else { return profile.manifests.partsMissing.response }
        if let problem = profile.manifests.immutable, tags.contains(where: { keeps($0, from: digest, repository) }) {
            return problem.response
        }

        repository.manifests[digest] = .init(
            bytes: request.body,
            mediaType: mediaType,
            subject: manifest.subject?.digest,
            artifactType: manifest.artifactType ?? manifest.config?.mediaType,
            annotations: manifest.annotations ?? [:]
        )
        let left = Set(tags.compactMap { repository[tag: $0]?.digest })
        for tag in tags { repository.tag(tag, digest) }
        if !profile.manifests.keepsUntagged { forget(left, in: &repository) }
        contents.repositories[name] = repository
        return written(digest, tags, manifest, in: name, isDigest)
    }

    /// The tags that a push sets; nil where `tag` stands where it must not.
    private func newTags(_ reference: String, _ isDigest: Bool) -> [String]? {
        guard profile.manifests.maximumTags != nil else { return isDigest ? [] : [reference] }
        let queried = request.queryValues("tag")
        guard isDigest else { return queried.isEmpty ? [reference] : nil }
        var tags: [String] = []
        for tag in queried where !tags.contains(tag) { tags.append(tag) }
        guard tags.allSatisfy(RegistryContents.isTag) else { return nil }
        return tags.filter { !profile.manifests.ignoredTags.contains($0) }
    }

    /// Whether a tag does not let itself be written.
    private func keeps(_ tag: String, from digest: String, _ repository: RegistryContents.Repository) -> Bool {
        guard let held = repository[tag: tag], held.isImmutable || profile.manifests.keepsEveryTag else {
            return false
        }
        return profile.manifests.immutableRefusesSameDigest || held.digest != digest
    }

    /// Removes manifests that no tag and no index holds any more.
    private func forget(_ digests: Set<String>, in repository: inout RegistryContents.Repository) {
        let held = Set(repository.tags.map(\.digest))
        let children = repository.manifests.values.flatMap { manifest in
            PushedManifest(manifest.bytes, mediaType: manifest.mediaType)?.children ?? []
        }
        for digest in digests where !held.contains(digest) && !children.contains(digest) {
            repository.manifests[digest] = nil
        }
    }

    private func written(
        _ digest: String,
        _ tags: [String],
        _ manifest: PushedManifest,
        in name: String,
        _ isDigest: Bool
    ) -> TestResponse {
        var fields = [(name: "Location", value: location("/v2/\(name)/manifests/\(digest)"))]
        if profile.manifests.digestHeader != .never { fields.append(("Docker-Content-Digest", digest)) }
        if let subject = manifest.subject?.digest, profile.referrers != nil { fields.append(("OCI-Subject", subject)) }
        if isDigest, !tags.isEmpty {
            switch profile.manifests.tagHeader {
            case .repeated: fields += tags.map { ("OCI-Tag", $0) }
            case .joined: fields.append(("OCI-Tag", tags.joined(separator: ", ")))
            }
        }
        return TestResponse(201, headers: TestHeaders(fields))
    }

    // MARK: Deleting (distribution-spec 1.1, "Content Management")

    private func deleteManifest(_ reference: String, in name: String, _ contents: inout RegistryContents)
        -> TestResponse
    {
        guard var repository = contents.repositories[name] else { return profile.repositoryUnknown.response }
        guard RegistryContents.isDigest(reference) else {
            if case .refused(let problem) = profile.deletion.tag { return problem.response }
            guard let tag = repository[tag: reference] else { return profile.manifests.unknown.response }
            if tag.isImmutable, let problem = profile.manifests.immutable { return problem.response }
            repository.tags.removeAll { $0.name == reference }
            if !profile.manifests.keepsUntagged { forget([tag.digest], in: &repository) }
            contents.repositories[name] = repository
            return TestResponse(profile.deletion.status)
        }
        if case .refused(let problem) = profile.deletion.manifest { return problem.response }
        guard repository.manifests[reference] != nil else { return profile.manifests.unknown.response }
        let tags = repository.tags.filter { $0.digest == reference }
        if case .needsNoTags(let problem) = profile.deletion.manifest, !tags.isEmpty { return problem.response }
        if tags.contains(where: \.isImmutable), let problem = profile.manifests.immutable { return problem.response }
        repository.tags.removeAll { $0.digest == reference }
        repository.manifests[reference] = nil
        contents.repositories[name] = repository
        return TestResponse(profile.deletion.status)
    }
}
