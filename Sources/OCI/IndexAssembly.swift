/// An index in the making, of images that were built one by one (image-spec, image-index.md).
///
/// The same images give the same bytes, in whatever order they are named: they are sorted by platform, and what a
/// build attests to them stands behind them in the same order.
package struct IndexAssembly: Sendable {
    /// An image, or what a build attests to one.
    package struct Entry: Sendable {
        package let descriptor: Descriptor
        /// The descriptor as it is to stand in the index, unknown keys included.
        let document: JSONDocument
        /// Where it comes from, for errors.
        let origin: String

        /// An image that stood in no index before.
        ///
        /// - Parameters:
        ///   - manifest: its manifest.
        ///   - platform: what its configuration says it runs on.
        ///   - origin: where it comes from, for errors.
        package init(_ manifest: StoredManifest, platform: Platform, origin: String) {
            var descriptor = manifest.descriptor
            descriptor.platform = platform
            self.descriptor = descriptor
            self.origin = origin
            var document = JSONDocument.object([])
            document["mediaType"] = .text(manifest.mediaType.rawValue)
            document["digest"] = .text(manifest.digest.description)
            document["size"] = .number(descriptor.size)
            document["platform"] = Self.document(platform)
            self.document = document
        }

        private init(descriptor: Descriptor, document: JSONDocument, origin: String) {
            self.descriptor = descriptor
            self.document = document
            self.origin = origin
        }

        /// The entries of an index, each as it stands there.
        ///
        /// - Parameters:
        ///   - index: the index.
        ///   - origin: where it comes from, for errors.
        /// - Returns: the entries in their order.
        /// - Throws: `ManifestError` where it is no index.
        package static func entries(of index: StoredManifest, origin: String) throws(ManifestError) -> [Entry] {
            guard case .index(let decoded) = try index.decoded(), let document = JSONDocument(parsing: index.bytes),
                case .array(let documents)? = document["manifests"], documents.count == decoded.manifests.count
            else { throw .malformed("it is not an index") }
            return zip(decoded.manifests, documents).map { Entry(descriptor: $0, document: $1, origin: origin) }
        }

        private static func document(_ platform: Platform) -> JSONDocument {
            var document = JSONDocument.object([])
            document["architecture"] = .text(platform.architecture)
            document["os"] = .text(platform.os)
            document["os.version"] = platform.osVersion.map { .text($0) }
            document["variant"] = platform.variant.flatMap { $0.isEmpty ? nil : .text($0) }
            return document
        }
    }

    private let images: [Entry]
    private let attestations: [Entry]

    /// Puts images together.
    ///
    /// - Parameter entries: the images and what is attested to them, in any order.
    /// - Throws: `IndexProblem` where two are for one platform, one has none, or something is attested to an image
    ///   that is not among them.
    package init(_ entries: [Entry]) throws(IndexProblem) {
        var images: [Entry] = []
        for entry in entries where !entry.descriptor.isAttestation {
            guard let platform = entry.descriptor.platform else { throw IndexProblem(.noPlatform, [entry]) }
            if let other = images.first(where: { $0.descriptor.platform?.isSame(as: platform) ?? false }) {
                throw IndexProblem(.samePlatform(platform), [other, entry])
            }
            images.append(entry)
        }
        guard !images.isEmpty else { throw IndexProblem(.noImage, []) }
        self.images = images.sorted { Self.key($0) < Self.key($1) }
        let order = self.images.map(\.descriptor.digest)
        var attestations: [(position: Int, entry: Entry)] = []
        for entry in entries where entry.descriptor.isAttestation {
            guard let subject = entry.descriptor.attestedDigest, let position = order.firstIndex(of: subject) else {
                throw IndexProblem(.strayAttestation, [entry])
            }
            if !attestations.contains(where: { $0.entry.descriptor.digest == entry.descriptor.digest }) {
                attestations.append((position, entry))
            }
        }
        self.attestations =
            attestations
            .sorted { ($0.position, $0.entry.descriptor.digest) < ($1.position, $1.entry.descriptor.digest) }
            .map(\.entry)
    }

    private static func key(_ entry: Entry) -> (String, String, String, String) {
        let platform = entry.descriptor.platform
        return (
            platform?.os ?? "", platform?.architecture ?? "", platform?.variant ?? "", platform?.osVersion ?? ""
        )
    }

    /// The platforms in their order.
    package var platforms: [Platform] { images.compactMap(\.descriptor.platform) }

    /// The images in their order, without what is attested to them.
    package var imageDigests: [Digest] { images.map(\.descriptor.digest) }

    /// The index as it is stored.
    ///
    /// - Parameter annotations: what it says of itself.
    /// - Returns: the bytes.
    package func bytes(annotations: [String: String]) -> [UInt8] {
        var document = JSONDocument.object([])
        document["schemaVersion"] = .number(2)
        document["mediaType"] = .text(MediaType.ociIndex.rawValue)
        document["manifests"] = .array((images + attestations).map(\.document))
        if !annotations.isEmpty {
            var object = JSONDocument.object([])
            for (key, value) in annotations.sorted(by: { $0.key < $1.key }) { object[key] = .text(value) }
            document["annotations"] = object
        }
        return document.compact
    }
}

extension Descriptor {
    /// The image that an attestation of BuildKit speaks of.
    fileprivate var attestedDigest: Digest? {
        annotations?["vnd.docker.reference.digest"].flatMap { try? Digest(parsing: $0) }
    }
}

/// Why images do not make an index.
package struct IndexProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        case noImage, noPlatform, strayAttestation
        case samePlatform(Platform)
    }

    package let kind: Kind
    private let places: [String]

    init(_ kind: Kind, _ entries: [IndexAssembly.Entry]) {
        self.kind = kind
        places = entries.map { "\($0.descriptor.digest.abbreviated) of \($0.origin)" }
    }

    package var description: String {
        let place = places.joined(separator: " and ")
        return switch kind {
        case .noImage: "there is no image to make an index of"
        case .noPlatform: "\(place) does not say which platform it is for"
        case .strayAttestation: "\(place) attests to an image that is not among those that are joined"
        case .samePlatform(let platform): "two images are for \(platform.description.onOneLine): \(place)"
        }
    }

    package var hint: String {
        switch kind {
        case .noImage: "name the images of the platforms"
        case .noPlatform: "build it with a tool that writes os and architecture into its configuration"
        case .strayAttestation: "name the index that a build made of both"
        case .samePlatform: "name each platform's image once"
        }
    }
}
