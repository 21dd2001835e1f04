/// A pointer to content: what it is, its digest and its size (image-spec, descriptor.md).
package struct Descriptor: Hashable, Sendable, Codable {
    package var mediaType: MediaType
    package var digest: Digest
    /// The content's length in bytes.
    package var size: Int64
    package var urls: [String]?
    package var annotations: [String: String]?
    package var platform: Platform?
    package var artifactType: String?

    private enum CodingKeys: String, CodingKey {
        case mediaType, digest, size, urls, annotations, platform, artifactType
    }

    package init(
        mediaType: MediaType,
        digest: Digest,
        size: Int64,
        annotations: [String: String]? = nil,
        platform: Platform? = nil
    ) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        self.annotations = annotations
        self.platform = platform
    }
}

extension Descriptor {
    /// The largest size that is believed, 64 TiB: those of all descriptors in a manifest together stay a number.
    private static let largestSize: Int64 = 1 << 46

    /// Reads a descriptor as a manifest has it.
    ///
    /// - Throws: `DecodingError`, also for a size that cannot be.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        mediaType = try container.decode(MediaType.self, forKey: .mediaType)
        digest = try container.decode(Digest.self, forKey: .digest)
        size = try container.decode(Int64.self, forKey: .size)
        guard (0...Self.largestSize).contains(size) else {
            throw DecodingError.dataCorruptedError(forKey: .size, in: container, debugDescription: "impossible size")
        }
        urls = try container.decodeIfPresent([String].self, forKey: .urls)
        annotations = try container.decodeIfPresent([String: String].self, forKey: .annotations)
        platform = try container.decodeIfPresent(Platform.self, forKey: .platform)
        artifactType = try container.decodeIfPresent(String.self, forKey: .artifactType)
    }

    /// Whether it is what a build says of an image beside it in an index, and no image itself.
    ///
    /// BuildKit lists such under a platform that is none.
    package var isAttestation: Bool {
        annotations?["vnd.docker.reference.type"] == "attestation-manifest"
            || (platform?.os == "unknown" && platform?.architecture == "unknown")
    }
}
