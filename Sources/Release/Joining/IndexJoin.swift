package import OCI
package import Registry

/// Images for single platforms that become one index in a repository.
package struct IndexJoin: Sendable {
    private let target: any ImageStore
    private let jobs: Int
    private let progress: @Sendable (ImageCopy.Progress) -> Void

    /// A join that has not begun.
    ///
    /// - Parameters:
    ///   - target: who gets the images and the index.
    ///   - jobs: how many blobs are on their way at once.
    ///   - progress: told of each blob's way.
    package init(
        in target: any ImageStore,
        jobs: Int,
        progress: @escaping @Sendable (ImageCopy.Progress) -> Void
    ) {
        self.target = target
        self.jobs = jobs
        self.progress = progress
    }

    /// The index that images make, which no store has yet.
    package struct Draft: Sendable {
        package let index: StoredManifest
        package let platforms: [Platform]
        package let annotations: [String: String]
        /// The digests of the platforms' images, in their order.
        package let images: [Digest]
    }

    /// Reads the images and puts their descriptors together.
    ///
    /// The index says of itself what all images say of themselves in the labels that the image-spec defines.
    ///
    /// - Parameters:
    ///   - sources: the images, each with the name that people know it by; an index counts as those in it.
    ///   - changes: annotations besides those of the labels; nil takes one away.
    /// - Returns: the index.
    /// - Throws: `IndexProblem`, `RegistryError`, `ManifestError`.
    package func draft(
        of sources: [(name: String, image: SourceImage)],
        annotations changes: [String: String?] = [:]
    ) async throws -> Draft {
        let parts = try await sources.concurrentMap(width: jobs) { source in
            try await Self.parts(of: source.image.manifest, in: source.image.store, origin: source.name)
        }.flatMap { $0 }
        let assembly = try IndexAssembly(parts.map(\.entry))
        var annotations = Self.shared(parts.compactMap(\.labels))
        for (key, value) in changes { annotations[key] = value }
        let bytes = assembly.bytes(annotations: annotations)
        return Draft(
            index: StoredManifest(bytes: bytes, mediaType: .ociIndex, digest: Digest(of: bytes)),
            platforms: assembly.platforms,
            annotations: annotations,
            images: assembly.imageDigests
        )
    }

    /// Brings the images to the repository, without a tag; the index is left to the caller, who knows its tags.
    package func copyImages(of sources: [SourceImage]) async throws {
        for source in sources where source.store.name != target.name {
            let copy = ImageCopy(from: source.store, to: target, jobs: jobs, progress: progress)
            try await copy.copyContent(below: source.manifest)
            if !source.manifest.mediaType.isIndex { try await copy.put([source.manifest]) }
        }
    }

    /// An image or an attestation, and the labels of an image.
    private struct Part: Sendable {
        let entry: IndexAssembly.Entry
        let labels: [String: String]?
    }

    private static func parts(
        of manifest: StoredManifest,
        in store: any ImageStore,
        origin: String
    ) async throws -> [Part] {
        switch try manifest.decoded() {
        case .image(let image):
            guard image.config.mediaType.isImageConfiguration else { throw ManifestError.malformed("it is no image") }
            let configuration = try ImageConfiguration(parsing: try await store.smallBlob(image.config))
            guard let platform = configuration.platform else {
                throw ManifestError.malformed("its configuration names no platform")
            }
            let entry = IndexAssembly.Entry(manifest, platform: platform, origin: origin)
            return [Part(entry: entry, labels: configuration.labels)]
        case .index:
            var parts: [Part] = []
            for entry in try IndexAssembly.Entry.entries(of: manifest, origin: origin) {
                if entry.descriptor.isAttestation {
                    parts.append(Part(entry: entry, labels: nil))
                    continue
                }
                let child = try await store.manifest(for: .digest(entry.descriptor.digest))
                let below = try await Self.parts(of: child, in: store, origin: origin)
                // What the index says of its images stays as it says it.
                let isImage = !child.mediaType.isIndex && entry.descriptor.platform != nil
                parts += isImage ? [Part(entry: entry, labels: below.first?.labels)] : below
            }
            return parts
        }
    }

    /// The labels of the image-spec that all images have alike.
    private static func shared(_ labels: [[String: String]]) -> [String: String] {
        guard let first = labels.first else { return [:] }
        return first.filter { key, value in
            key.hasPrefix("org.opencontainers.image.") && labels.allSatisfy { $0[key] == value }
        }
    }
}
