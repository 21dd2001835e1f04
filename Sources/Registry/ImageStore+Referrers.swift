import FoundationEssentials
package import OCI

extension ImageStore {
    /// What refers to a manifest, of any type.
    ///
    /// - Throws: `RegistryError`.
    package func referrers(of digest: Digest) async throws -> [Descriptor] {
        try await referrers(of: digest, artifactType: nil)
    }

    package func referrers(of digest: Digest, artifactType: String?) async throws -> [Descriptor] {
        try await referrersByTag(of: digest).matching(artifactType)
    }

    /// The referrers that clients wrote down in an index under the tag `sha256-…`, as they must where a registry does
    /// not do it (distribution-spec, "Referrers Tag Schema").
    func referrersByTag(of digest: Digest) async throws -> [Descriptor] {
        guard let manifest = try await taggedManifest(digest.referrerTag()) else { return [] }
        // Other tools give such a tag to other things.
        guard case .index(let index) = try manifest.decoded() else { return [] }
        return try index.manifests.uniqueReferrers(of: digest, in: name)
    }

    package func put(_ manifest: StoredManifest, referringTo subject: Digest) async throws {
        try await put(manifest, as: nil)
        try await list(manifest.referrer(), under: subject)
    }

    /// Lists a referrer in the index under the tag `sha256-…` (distribution-spec, "Pushing Manifests with Subject").
    func list(_ referrer: Descriptor, under subject: Digest) async throws {
        var listed = try await referrersByTag(of: subject)
        if listed.contains(where: { $0.digest == referrer.digest }) { return }
        listed.append(referrer)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = Array(try encoder.encode(ReferrerList(manifests: listed)))
        let index = StoredManifest(bytes: bytes, mediaType: .ociIndex, digest: Digest(of: bytes))
        try await put(index, as: subject.referrerTag())
    }

    /// What cosign stored beside an image under a tag of its own, before there were referrers; nil where there is none.
    ///
    /// - Throws: `RegistryError`.
    package func taggedReferrer(_ kind: ReferrerTag.Kind, of digest: Digest) async throws -> StoredManifest? {
        try await taggedManifest(digest.referrerTag(kind))
    }

    /// What a tag holds that most images do not have; nil where it does not exist.
    private func taggedManifest(_ tag: Tag) async throws -> StoredManifest? {
        do {
            return try await manifest(for: .tag(tag))
        } catch let error as RegistryError where error.kind == .notFound {
            return nil
        } catch let error as RegistryError where error.kind == .denied {
            // Artifactory denies what is not there.
            if try await tags().contains(tag) { throw error }
            return nil
        }
    }
}

/// The index that stands for the referrers of a manifest.
private struct ReferrerList: Encodable {
    let schemaVersion = 2
    let mediaType = MediaType.ociIndex
    let manifests: [Descriptor]
}

extension StoredManifest {
    /// The manifest as a list of referrers describes it (distribution-spec, "Listing Referrers").
    ///
    /// - Throws: `ManifestError`.
    package func referrer() throws(ManifestError) -> Descriptor {
        var descriptor = descriptor
        switch try decoded() {
        case .image(let image):
            // Without a type of its own a manifest is what its configuration is.
            descriptor.artifactType =
                image.artifactType.flatMap { $0.isEmpty ? nil : $0 } ?? image.config.mediaType.rawValue
            descriptor.annotations = image.annotations
        case .index(let index):
            descriptor.artifactType = index.artifactType
            descriptor.annotations = index.annotations
        }
        return descriptor
    }
}

extension [Descriptor] {
    /// Those of an artifact type.
    func matching(_ artifactType: String?) -> [Descriptor] {
        guard let artifactType else { return self }
        return filter { $0.artifactType == artifactType }
    }

    /// Each once, in order.
    ///
    /// - Throws: `RegistryError` where there are more than anybody has.
    func uniqueReferrers(of digest: Digest, in name: String) throws(RegistryError) -> [Descriptor] {
        guard count <= SizeLimit.referrers else {
            throw RegistryError(
                .tooLarge,
                "\(name) lists more than \(SizeLimit.referrers) referrers of \(digest.abbreviated)",
                hint: "this is more than any image needs; ask who writes them"
            )
        }
        var seen: Set<Digest> = []
        return filter { seen.insert($0.digest).inserted }
    }
}
