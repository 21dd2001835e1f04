/// A descriptor (OCI image-spec 1.1, descriptor.md).
struct FixtureDescriptor: Codable, Hashable {
    var mediaType: String
    var digest: String
    var size: Int
    var annotations: [String: String]?
    var platform: FixturePlatform?
}

/// A platform (OCI image-spec 1.1, image-index.md).
struct FixturePlatform: Codable, Hashable {
    var architecture: String
    var os: String

    /// Names Linux on an architecture.
    init(_ architecture: String) {
        self.architecture = architecture
        os = "linux"
    }
}

/// A manifest (OCI image-spec 1.1, manifest.md).
struct FixtureManifest: Encodable {
    static let mediaType = "application/vnd.oci.image.manifest.v1+json"

    var schemaVersion = 2
    var mediaType = Self.mediaType
    var config: FixtureDescriptor
    var layers: [FixtureDescriptor]
    var annotations: [String: String]?
}

/// An index (OCI image-spec 1.1, image-index.md), which is also the `index.json` of a layout.
struct FixtureIndex: Codable {
    static let mediaType = "application/vnd.oci.image.index.v1+json"

    var schemaVersion = 2
    var mediaType = Self.mediaType
    var manifests: [FixtureDescriptor] = []
    var annotations: [String: String]?
}

/// An image configuration (OCI image-spec 1.1, config.md).
struct FixtureConfiguration: Encodable {
    /// How to run the image; only the labels matter here.
    struct Execution: Encodable {
        var labels: [String: String]?

        enum CodingKeys: String, CodingKey {
            case labels = "Labels"
        }
    }

    /// The layers by the digests of their uncompressed archives.
    struct RootFilesystem: Encodable {
        var type = "layers"
        var diffIDs: [String]

        enum CodingKeys: String, CodingKey {
            case type
            case diffIDs = "diff_ids"
        }
    }

    /// How a layer came to be.
    struct HistoryEntry: Encodable {
        var created: String?
        var createdBy: String

        enum CodingKeys: String, CodingKey {
            case created
            case createdBy = "created_by"
        }
    }

    var created: String?
    var architecture: String
    var os: String
    var config: Execution
    var rootfs: RootFilesystem
    var history: [HistoryEntry]
}
