import OCI

/// Reads images out of the files of an image layout (image-spec 1.1, image-layout.md).
struct LayoutReader: Sendable {
    let files: any LayoutFiles

    /// How large an `index.json` may be: some hundred thousand names.
    static let indexLimit = 256 << 20

    /// Where a blob lies in a layout.
    static func path(of digest: Digest) -> String { "blobs/\(digest.algorithm.rawValue)/\(digest.hex)" }

    /// The manifest that a name stands for; without a name, the only one there is.
    ///
    /// - Throws: `RegistryError` of kind `notFound` where the name is missing or the choice is not clear.
    func manifest(named name: String?, in index: LayoutIndex) throws -> StoredManifest {
        if let name {
            guard let entry = index.entry(named: name) else {
                throw notFound("no image named \"\(name)\"", among: index.entries)
            }
            return try manifest(entry.descriptor)
        }
        guard let only = index.entries.first,
            index.entries.allSatisfy({ $0.descriptor.digest == only.descriptor.digest })
        else {
            throw notFound(index.entries.isEmpty ? "no image" : "more than one image", among: index.entries)
        }
        return try manifest(only.descriptor)
    }

    /// The manifest of a digest, whether the index lists it or not.
    func manifest(_ digest: Digest, in index: LayoutIndex?) throws -> StoredManifest {
        if let entry = index?.entries.first(where: { $0.descriptor.digest == digest }) {
            return try manifest(entry.descriptor)
        }
        let bytes = try manifestBytes(digest)
        guard let mediaType = LayoutIndex.mediaType(ofManifest: bytes) else {
            throw RegistryError(.invalidResponse, "\(files.name)@\(digest) is not an image")
        }
        return try verified(bytes, mediaType: mediaType, digest: digest)
    }

    func manifest(_ descriptor: Descriptor) throws -> StoredManifest {
        try verified(manifestBytes(descriptor.digest), mediaType: descriptor.mediaType, digest: descriptor.digest)
    }

    func hasBlob(_ blob: Descriptor) throws -> Bool {
        try files.size(of: Self.path(of: blob.digest)) != nil
    }

    func blob(_ descriptor: Descriptor) throws -> BlobContent {
        BlobContent(of: descriptor, from: files.name, chunks: try files.chunks(of: Self.path(of: descriptor.digest)))
    }

    private func manifestBytes(_ digest: Digest) throws -> [UInt8] {
        guard let bytes = try files.bytes(of: Self.path(of: digest), limit: SizeLimit.pulledManifest) else {
            throw RegistryError(.notFound, "\(files.name) has no manifest \(digest)")
        }
        return bytes
    }

    private func verified(_ bytes: [UInt8], mediaType: MediaType, digest: Digest) throws -> StoredManifest {
        let actual = Digest(of: bytes, algorithm: digest.algorithm)
        guard actual == digest else {
            throw RegistryError(
                .digestMismatch,
                "the manifest \(digest) in \(files.name) has the digest \(actual)",
                hint: "the file was damaged; make it anew"
            )
        }
        let manifest = StoredManifest(bytes: bytes, mediaType: mediaType, digest: digest)
        do {
            _ = try manifest.decoded()
        } catch {
            throw RegistryError(.invalidResponse, "\(files.name)@\(digest) is not an image: \(error)")
        }
        return manifest
    }

    func notFound(_ problem: String, among entries: [LayoutIndex.Entry]) -> RegistryError {
        let names = Set(entries.compactMap(\.name)).sorted()
        return RegistryError(
            .notFound,
            "\(files.name) holds \(problem)",
            hint: names.isEmpty
                ? nil : "name one of its images, \(files.form): \(names.prefix(10).joined(separator: ", "))"
        )
    }
}
