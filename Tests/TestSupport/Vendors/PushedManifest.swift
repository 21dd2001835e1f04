import FoundationEssentials

/// What a registry reads of a manifest before it takes it (image-spec 1.1, manifest.md and image-index.md).
struct PushedManifest: Decodable {
    /// A descriptor, as far as it matters.
    struct Part: Decodable {
        var mediaType: String?
        var digest: String
        var urls: [String]?
    }

    var schemaVersion: Int
    var mediaType: String?
    var artifactType: String?
    var config: Part?
    var layers: [Part]?
    var manifests: [Part]?
    var subject: Part?
    var annotations: [String: String]?

    /// The media types of single images.
    static let imageTypes: Set = [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
    ]
    /// The media types of indexes.
    static let indexTypes: Set = [
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ]

    /// Reads a manifest; nil where it is none of its media type.
    init?(_ bytes: [UInt8], mediaType: String) {
        guard let manifest = try? JSONDecoder().decode(PushedManifest.self, from: Data(bytes)),
            manifest.schemaVersion == 2, manifest.mediaType == nil || manifest.mediaType == mediaType
        else { return nil }
        let isImage = Self.imageTypes.contains(mediaType) && manifest.config != nil && manifest.layers != nil
        let isIndex = Self.indexTypes.contains(mediaType) && manifest.manifests != nil
        guard isImage || isIndex else { return nil }
        self = manifest
    }

    /// The digests of the blobs that must be there.
    var blobs: [String] {
        ([config].compactMap { $0 } + (layers ?? []).filter { $0.urls?.isEmpty != false }).map(\.digest)
    }

    /// The digests of the manifests that must be there.
    var children: [String] { (manifests ?? []).map(\.digest) }
}
