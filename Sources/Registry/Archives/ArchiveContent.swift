import FoundationEssentials
import OCI

/// What an archive is to hold: the images of an index, with everything that belongs to them and nothing else.
struct ArchiveContent {
    /// The blobs that images consist of, by their path.
    private(set) var members: [String: TarMember] = [:]
    private let reader: LayoutReader
    private let index: LayoutIndex

    /// How deep indexes may be nested.
    private static let depth = 16

    /// Collects blobs.
    ///
    /// - Parameters:
    ///   - index: the images.
    ///   - required: the images that must be whole; what is missing of another one was missing before.
    ///   - files: where the blobs are; each is verified as it is written.
    /// - Throws: `RegistryError` where a part of a required image is missing.
    init(_ index: LayoutIndex, required: Set<Digest>, files: any LayoutFiles) throws {
        // The order of entries must not depend on how the archive came about.
        self.index = index.replacing(
            index.entries.sorted {
                ($0.name ?? "", $0.descriptor.digest) < ($1.name ?? "", $1.descriptor.digest)
            }
        )
        reader = LayoutReader(files: files)
        let entries = self.index.entries.map(\.descriptor)
        for entry in entries where required.contains(entry.digest) { try add(entry, isRequired: true, depth: 0) }
        for entry in entries where !required.contains(entry.digest) { try add(entry, isRequired: false, depth: 0) }
    }

    private mutating func add(_ blob: Descriptor, isRequired: Bool, depth: Int) throws {
        let path = LayoutReader.path(of: blob.digest)
        guard members[path] == nil, depth <= Self.depth else { return }
        guard let size = try reader.files.size(of: path) else {
            if isRequired { throw RegistryError(.notFound, "\(reader.files.name) lacks \(blob.digest)") }
            return
        }
        var found = blob
        found.size = size
        members[path] = TarMember(path: path, size: size, content: try reader.blob(found))
        guard blob.mediaType.rawValue.hasSuffix("+json"), size <= Int64(SizeLimit.pulledManifest),
            let bytes = try reader.files.bytes(of: path, limit: SizeLimit.pulledManifest),
            let document = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        else { return }
        let needed = isRequired ? try reader.manifestIfAny(blob)?.decoded().needs ?? [] : []
        // Whatever the document points to, known to us or not, belongs to the image where it is there.
        for child in document.descriptors {
            try add(child, isRequired: needed.contains(child.digest), depth: depth + 1)
        }
    }

    /// An OCI image layout (image-spec 1.1, image-layout.md).
    func layout() throws -> TarStream {
        TarStream(Array(members.values) + [Self.marker, TarMember(path: "index.json", bytes: try index.encoded())])
    }

    /// What `docker save` writes: an image layout, and `manifest.json` for programs that know no layouts.
    ///
    /// - Parameter platform: which image of an index stands in `manifest.json`, which has no indexes.
    /// - Returns: the archive.
    /// - Throws: `RegistryError` for manifests that cannot be read.
    func dockerArchive(for platform: Platform?) throws -> TarStream {
        let annotated = index.replacing(
            index.entries.map { entry in
                let name = entry.name.flatMap(DockerName.init)
                return entry.annotated([LayoutIndex.nameKey: name?.tag.name, DockerArchive.nameKey: name?.full])
            }
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return TarStream(
            Array(members.values) + [
                Self.marker,
                TarMember(path: "index.json", bytes: try annotated.encoded()),
                TarMember(path: "manifest.json", bytes: Array(try encoder.encode(items(for: platform)))),
            ]
        )
    }

    private static let marker = TarMember(path: "oci-layout", bytes: Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))

    /// The entries of `manifest.json`: each image once, with all its names.
    ///
    /// Names are whole: podman takes a short one for its own `localhost/`.
    private func items(for platform: Platform?) throws -> [DockerArchive.Item] {
        var names: [Digest: [String]] = [:]
        for entry in index.entries {
            names[entry.descriptor.digest, default: []] += [entry.name].compactMap(\.self)
        }
        var seen: Set<Digest> = []
        return try index.entries.compactMap { entry in
            let digest = entry.descriptor.digest
            guard seen.insert(digest).inserted, let image = try image(entry.descriptor, platform) else { return nil }
            let tags = names[digest] ?? []
            return DockerArchive.Item(
                config: LayoutReader.path(of: image.config.digest),
                repoTags: tags.isEmpty ? nil : tags.sorted(),
                layers: image.layers.map { LayoutReader.path(of: $0.digest) }
            )
        }
    }

    /// The image itself, or the one of an index that is for the platform; nil for what is no image.
    private func image(_ descriptor: Descriptor, _ platform: Platform?) throws -> ImageManifest? {
        switch try reader.manifestIfAny(descriptor)?.decoded() {
        case .image(let image)?:
            return image.config.mediaType.isImageConfiguration ? image : nil
        case .index(let index)?:
            let wanted = platform ?? Platform(os: "linux", architecture: "amd64")
            let images = index.manifests.filter { $0.platform?.os != "unknown" }
            let match = images.first {
                $0.platform?.os == wanted.os && $0.platform?.architecture == wanted.architecture
            }
            return try (match ?? images.first).flatMap { try self.image($0, platform) }
        case nil:
            return nil
        }
    }
}

extension Manifest {
    /// What an image cannot be used without.
    fileprivate var needs: Set<Digest> {
        Set((children + blobs).filter { !$0.mediaType.isForeignLayer }.map(\.digest))
    }
}

extension LayoutReader {
    /// A manifest; nil for what is none, or is not there.
    fileprivate func manifestIfAny(_ descriptor: Descriptor) throws -> StoredManifest? {
        guard MediaType.manifests.contains(descriptor.mediaType), try hasBlob(descriptor) else { return nil }
        return try manifest(descriptor)
    }
}
