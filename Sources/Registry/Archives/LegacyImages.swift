import FoundationEssentials
import NIOCore
import OCI

/// Makes manifests for the images of an archive that has none: one for each entry of `manifest.json`.
///
/// Configuration and layers stay as they are stored, so that equal archives give equal digests; the digest that the
/// image had before it was saved is not in the archive.
struct LegacyImages {
    private let archive: ArchiveFile
    private var places: [String: ArchiveFiles.Place] = [:]
    private var known: [String: Descriptor] = [:]

    init(_ archive: ArchiveFile) {
        self.archive = archive
    }

    /// The archive as an image layout.
    ///
    /// - Parameter items: the content of `manifest.json`.
    /// - Returns: the layout.
    /// - Throws: `RegistryError` where a part is missing, or not what the configuration says.
    func layout(of items: [DockerArchive.Item]) async throws -> ArchiveLayout {
        var images = self
        var index = LayoutIndex()
        for item in items {
            let manifest = try await images.manifest(of: item)
            let names = (item.repoTags ?? []).compactMap(DockerName.init)
            for name in names { index.set(manifest, named: name.full) }
            if names.isEmpty { index.add(manifest) }
        }
        let files = ArchiveFiles(archive, form: DockerArchive.form, places: images.places)
        return ArchiveLayout(files: files, index: index, isMade: true)
    }

    private mutating func manifest(of item: DockerArchive.Item) async throws -> Descriptor {
        let config = try configuration(item.config)
        let paths = item.layers ?? []
        guard paths.count == config.diffIDs.count else {
            throw broken("\(item.config) names \(config.diffIDs.count) layers, manifest.json \(paths.count)")
        }
        var layers: [Descriptor] = []
        for (path, diffID) in zip(paths, config.diffIDs) { layers.append(try await layer(path, diffID: diffID)) }
        let bytes = try Self.encoded(Document(config: config.descriptor, layers: layers))
        let digest = Digest(of: bytes)
        places[LayoutReader.path(of: digest)] = .bytes(bytes)
        return Descriptor(mediaType: .ociManifest, digest: digest, size: Int64(bytes.count))
    }

    // MARK: Configuration

    private mutating func configuration(_ path: String) throws -> (descriptor: Descriptor, diffIDs: [Digest]) {
        guard let file = try archive.file(path) else { throw broken("it lacks the configuration \(path)") }
        guard file.size <= SizeLimit.smallBlob else {
            throw RegistryError(.tooLarge, "\(path) in \(archive.name) is too large to be a configuration")
        }
        let bytes = try archive.content.read(at: file.offset, count: Int(file.size))
        let digest = Digest(of: bytes)
        // Docker and skopeo call the file by its digest.
        let stem = path.hasSuffix(".json") ? path.dropLast(".json".count) : path[...]
        if let named = try? Digest(parsing: "sha256:\(stem)"), named != digest {
            throw mismatch("\(path) has the digest \(digest)")
        }
        let content: Content
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(bytes))
        } catch {
            throw broken("\(path) is not an image configuration: \(jsonProblem(error))")
        }
        places[LayoutReader.path(of: digest)] = .member(path)
        return (
            Descriptor(mediaType: .ociConfiguration, digest: digest, size: file.size), content.rootfs.diffIDs
        )
    }

    private struct Content: Decodable {
        struct RootFilesystem: Decodable {
            let diffIDs: [Digest]

            enum CodingKeys: String, CodingKey {
                case diffIDs = "diff_ids"
            }
        }

        let rootfs: RootFilesystem
    }

    // MARK: Layers

    private mutating func layer(_ path: String, diffID: Digest) async throws -> Descriptor {
        if let layer = known[path + diffID.description] { return layer }
        guard let file = try archive.file(path) else { throw broken("it lacks the layer \(path)") }
        let compression = Compression(try archive.content.read(at: file.offset, count: 6))
        let layer: Descriptor
        switch compression {
        case nil:
            // Its digest is what the configuration says. Whoever reads the layer checks that, so that nothing has to be
            // read twice.
            layer = Descriptor(mediaType: .ociLayer, digest: diffID, size: file.size)
        case .gzip?, .zstd?:
            layer = try await compressed(file, path, compression: compression, diffID: diffID)
        case let other?:
            throw RegistryError(
                .unsupported,
                "the layer \(path) in \(archive.name) is compressed with \(other.rawValue), which no image may be",
                hint: "load the archive into docker and save it again"
            )
        }
        places[LayoutReader.path(of: layer.digest)] = .member(path)
        known[path + diffID.description] = layer
        return layer
    }

    /// Reads a compressed layer once, for its own digest and that of its content.
    private func compressed(
        _ file: (offset: Int64, size: Int64),
        _ path: String,
        compression: Compression?,
        diffID: Digest
    ) async throws -> Descriptor {
        var hash = ContentHash(.sha256)
        guard compression == .gzip else {
            for try await chunk in archive.chunks(file) { chunk.withUnsafeReadableBytes { hash.update($0) } }
            return Descriptor(mediaType: .ociZstandardLayer, digest: hash.finalize(), size: file.size)
        }
        var content = ContentHash(diffID.algorithm)
        var inflation = Inflation()
        do {
            for try await chunk in archive.chunks(file) {
                chunk.withUnsafeReadableBytes { hash.update($0) }
                try inflation.inflate(Array(chunk.readableBytesView)) { content.update($0) }
            }
            try inflation.finish()
        } catch is Inflation.Problem {
            throw broken("the gzip compression of the layer \(path) is damaged")
        }
        let found = content.finalize()
        guard found == diffID else { throw mismatch("the layer \(path) has the content \(found), not \(diffID)") }
        return Descriptor(mediaType: .ociGzipLayer, digest: hash.finalize(), size: file.size)
    }

    // MARK: Documents

    /// A manifest (image-spec, manifest.md).
    private struct Document: Encodable {
        let schemaVersion = 2
        let mediaType = MediaType.ociManifest
        let config: Descriptor
        let layers: [Descriptor]
    }

    private static func encoded(_ document: Document) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(document))
    }

    private func broken(_ problem: String) -> RegistryError {
        RegistryError(.invalidResponse, "\(archive.name) cannot be used: \(problem)", hint: "make the archive anew")
    }

    private func mismatch(_ problem: String) -> RegistryError {
        RegistryError(
            .digestMismatch,
            "\(archive.name) is damaged: \(problem)",
            hint: "nothing was released from it; make the archive anew"
        )
    }
}
