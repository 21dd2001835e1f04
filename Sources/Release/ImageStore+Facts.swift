package import OCI
package import Registry
package import Tagging

extension ImageStore {
    /// What an image's labels say of its origin; of an index, those of its first platform.
    package func imageFacts(of manifest: StoredManifest) async throws -> ImageFacts {
        let image = try await firstImage(below: manifest)
        guard let image, image.config.mediaType.isImageConfiguration else {
            return ImageFacts(digest: manifest.digest)
        }
        let configuration = try ImageConfiguration(parsing: try await smallBlob(image.config))
        return ImageFacts(digest: manifest.digest, configuration: configuration)
    }

    /// What the labels of an image in the store say of its origin.
    ///
    /// - Parameter digest: what `digest(of:)` says of the image.
    /// - Returns: the labels and the digest.
    /// - Throws: `RegistryError` where the image cannot be read.
    package func imageFacts(of digest: Digest) async throws -> ImageFacts {
        guard let configuration = try await configuration(of: digest) else {
            return try await imageFacts(of: manifest(for: .digest(digest)))
        }
        return ImageFacts(digest: digest, configuration: configuration)
    }

    private func firstImage(below manifest: StoredManifest) async throws -> ImageManifest? {
        switch try manifest.decoded() {
        case .image(let image):
            return image
        case .index(let index):
            // Attestations stand in an index too, under a platform that is no platform.
            let platforms = index.manifests.filter { $0.platform?.os != "unknown" }
            guard let child = platforms.first ?? index.manifests.first else { return nil }
            return try await firstImage(below: self.manifest(for: .digest(child.digest)))
        }
    }
}
