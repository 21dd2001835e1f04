package import OCI

extension OCILayout {
    /// What refers to a manifest: the entries of `index.json` that name it as their subject, and those that an index
    /// under the referrers tag lists.
    package func referrers(of digest: Digest, artifactType: String?) async throws -> [Descriptor] {
        var found: [Descriptor] = []
        var seen: Set<Digest> = []
        for entry in try readIndex()?.entries ?? [] where seen.insert(entry.descriptor.digest).inserted {
            if let referrer = try referrer(entry.descriptor, to: digest) { found.append(referrer) }
        }
        found += try await referrersByTag(of: digest)
        return try found.uniqueReferrers(of: digest, in: name).matching(artifactType)
    }

    /// The entry as a referrer; nil where it refers to nothing or to another manifest.
    private func referrer(_ entry: Descriptor, to digest: Digest) throws -> Descriptor? {
        let manifest: StoredManifest
        do {
            manifest = try reader.manifest(entry)
        } catch let error as RegistryError where [.notFound, .invalidResponse].contains(error.kind) {
            // A layout may lack content, and may list what is no manifest (image-layout.md).
            return nil
        }
        guard try manifest.decoded().subject?.digest == digest else { return nil }
        return try manifest.referrer()
    }
}
