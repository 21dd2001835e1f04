/// The media type of content, without parameters.
package struct MediaType: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Takes a `Content-Type` value: parameters are dropped, letters made lower case.
    package init(contentType: String) {
        let essence = contentType.split(atFirst: ";").before
        rawValue = essence.split(whereSeparator: \.isWhitespace).joined().lowercased()
    }

    package var description: String { rawValue }

    package static let ociIndex = MediaType(rawValue: "application/vnd.oci.image.index.v1+json")
    package static let ociManifest = MediaType(rawValue: "application/vnd.oci.image.manifest.v1+json")
    package static let ociConfiguration = MediaType(rawValue: "application/vnd.oci.image.config.v1+json")
    package static let dockerManifestList = MediaType(
        rawValue: "application/vnd.docker.distribution.manifest.list.v2+json"
    )
    package static let dockerManifest = MediaType(rawValue: "application/vnd.docker.distribution.manifest.v2+json")
    package static let dockerConfiguration = MediaType(rawValue: "application/vnd.docker.container.image.v1+json")

    package static let ociLayer = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar")
    package static let ociGzipLayer = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar+gzip")
    package static let ociZstandardLayer = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar+zstd")

    package static let dockerGzipLayer = MediaType(rawValue: "application/vnd.docker.image.rootfs.diff.tar.gzip")

    /// The manifests we understand, in the order of preference in which `Accept` lists them.
    package static let manifests: [MediaType] = [ociIndex, dockerManifestList, ociManifest, dockerManifest]

    /// Whether the content is a list of manifests.
    package var isIndex: Bool { self == .ociIndex || self == .dockerManifestList }

    /// Whether the content is one image's manifest.
    package var isImageManifest: Bool { self == .ociManifest || self == .dockerManifest }

    /// Whether the content is an image configuration, which holds labels and the creation time.
    package var isImageConfiguration: Bool { self == .ociConfiguration || self == .dockerConfiguration }

    /// Whether the content is a layer that may not be distributed and stays where its `urls` point.
    package var isForeignLayer: Bool {
        rawValue.hasPrefix("application/vnd.docker.image.rootfs.foreign.diff.tar")
            || rawValue.hasPrefix("application/vnd.oci.image.layer.nondistributable.")
    }
}
