import FoundationEssentials

/// A manifest as a store holds it.
///
/// The bytes are the truth; `decoded()` is only a view of them.
package struct StoredManifest: Hashable, Sendable {
    package let bytes: [UInt8]
    package let mediaType: MediaType
    /// The digest that the bytes were verified against.
    package let digest: Digest

    package init(bytes: [UInt8], mediaType: MediaType, digest: Digest) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.digest = digest
    }

    package var descriptor: Descriptor {
        Descriptor(mediaType: mediaType, digest: digest, size: Int64(bytes.count))
    }

    /// Reads the bytes as an image manifest or an index.
    ///
    /// - Throws: `ManifestError` for bytes that are neither, for a schema 1 manifest, and where the body names
    ///   another media type than the one it came under.
    package func decoded() throws(ManifestError) -> Manifest {
        try Manifest(bytes: bytes, mediaType: mediaType)
    }
}

/// The content of a manifest: one image, or an index of several.
package enum Manifest: Hashable, Sendable {
    case image(ImageManifest)
    case index(ImageIndex)

    init(bytes: [UInt8], mediaType: MediaType) throws(ManifestError) {
        guard MediaType.manifests.contains(mediaType) else {
            throw ManifestError.unsupported(mediaType)
        }
        let data = Data(bytes)
        do {
            let header = try JSONDecoder().decode(Header.self, from: data)
            if let named = header.mediaType, named != mediaType {
                throw ManifestError.mediaTypeMismatch(body: named, declared: mediaType)
            }
            guard header.schemaVersion == 2 else {
                throw ManifestError.malformed("its schemaVersion is not 2")
            }
            self =
                mediaType.isIndex
                ? .index(try JSONDecoder().decode(ImageIndex.self, from: data))
                : .image(try JSONDecoder().decode(ImageManifest.self, from: data))
        } catch let error as ManifestError {
            throw error
        } catch {
            throw ManifestError.malformed(jsonProblem(error))
        }
    }

    private struct Header: Decodable {
        let schemaVersion: Int
        let mediaType: MediaType?
    }

    /// The blobs that the manifest needs beside it: configuration and layers.
    ///
    /// An index has none of its own.
    package var blobs: [Descriptor] {
        switch self {
        case .image(let image): [image.config] + image.layers
        case .index: []
        }
    }

    /// The manifest that this one refers to.
    package var subject: Descriptor? {
        switch self {
        case .image(let image): image.subject
        case .index(let index): index.subject
        }
    }

    package var annotations: [String: String] {
        switch self {
        case .image(let image): image.annotations ?? [:]
        case .index(let index): index.annotations ?? [:]
        }
    }

    /// The manifests below this one.
    package var children: [Descriptor] {
        switch self {
        case .image: []
        case .index(let index): index.manifests
        }
    }
}

/// One image: a configuration and layers (image-spec, manifest.md; Docker image manifest v2, schema 2).
package struct ImageManifest: Hashable, Sendable, Decodable {
    package let config: Descriptor
    package let layers: [Descriptor]
    package let annotations: [String: String]?
    /// What the manifest is, where it is no image to run.
    package let artifactType: String?
    /// The manifest that this one refers to.
    package let subject: Descriptor?

    /// What the manifest is, where it is no image to run: its own word, or else the kind of its configuration.
    package var typeOfArtifact: String? {
        if let artifactType, !artifactType.isEmpty { return artifactType }
        return config.mediaType.isImageConfiguration ? nil : config.mediaType.rawValue
    }
}

/// A list of manifests, most often one for each platform (image-spec, image-index.md; Docker manifest list).
package struct ImageIndex: Hashable, Sendable, Decodable {
    package let manifests: [Descriptor]
    package let annotations: [String: String]?
    /// What the index is, where it is no list of images to run.
    package let artifactType: String?
    /// The manifest that this index refers to.
    package let subject: Descriptor?

    /// The images in it, without what a build attests to them.
    package var images: [Descriptor] { manifests.filter { !$0.isAttestation } }

    /// What a build attests to the images.
    package var attestations: [Descriptor] { manifests.filter(\.isAttestation) }
}

/// Why bytes are not a manifest we can use.
package enum ManifestError: Error, Hashable, Sendable, CustomStringConvertible {
    case unsupported(MediaType)
    case mediaTypeMismatch(body: MediaType, declared: MediaType)
    case malformed(String)

    package var description: String {
        switch self {
        case .unsupported(let type) where type.rawValue.contains("manifest.v1"):
            "the manifest is of Docker's schema 1 (\(type)), which is no longer supported"
        case .unsupported(let type):
            "\"\(type)\" is not the media type of an image manifest or index"
        case .mediaTypeMismatch(let body, let declared):
            "the manifest says it is \(body.rawValue.onOneLine) but came as \(declared)"
        case .malformed(let problem):
            "the manifest cannot be read: \(problem)"
        }
    }
}

/// What a JSON decoder found wrong, in words and with the place.
package func jsonProblem(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ context: DecodingError.Context) -> String {
        context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? "\"\($0.stringValue.onOneLine)\"" }.joined(
            separator: " "
        )
    }
    switch error {
    case .keyNotFound(let key, let context):
        let parent = place(context)
        return "\"\(key.stringValue)\" is missing" + (parent.isEmpty ? "" : " in \(parent)")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
        return "\(place(context)) is not of the right type"
    case .dataCorrupted(let context):
        if let underlying = context.underlyingError as? ReferenceError { return underlying.description }
        return context.codingPath.isEmpty ? "it is not valid JSON" : "\(place(context)) is not valid"
    @unknown default:
        return "it is not valid JSON"
    }
}
