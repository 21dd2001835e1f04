import OCI
import Registry

/// What a list needs of a manifest, so that the manifest itself need not be kept.
struct ManifestSummary: Sendable {
    enum Content: Sendable {
        /// The configuration, and the size of it and of the layers.
        case image(config: Descriptor, size: Int64)
        case artifact(type: String, size: Int64)
        case index(images: [Child], artifactType: String?)
    }

    struct Child: Sendable {
        let digest: Digest
        let platform: Platform?
    }

    let mediaType: MediaType
    let content: Content

    init(_ manifest: StoredManifest) throws(ManifestError) {
        mediaType = manifest.mediaType
        switch try manifest.decoded() {
        case .image(let image):
            let size = image.layers.reduce(image.config.size) { $0.addingReportingOverflow($1.size).partialValue }
            content =
                image.typeOfArtifact.map { .artifact(type: $0, size: size) } ?? .image(config: image.config, size: size)
        case .index(let index):
            let images = index.images.map { Child(digest: $0.digest, platform: $0.platform) }
            content = .index(images: images, artifactType: index.artifactType)
        }
    }

    var size: Int64? {
        switch content {
        case .image(_, let size), .artifact(_, let size): size
        case .index: nil
        }
    }

    var children: [Child] {
        if case .index(let images, _) = content { images } else { [] }
    }
}
