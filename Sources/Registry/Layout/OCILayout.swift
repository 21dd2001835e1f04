import FoundationEssentials
import NIOCore
package import OCI
package import SystemPackage

/// An image repository in a folder: an OCI image layout (image-spec 1.1, image-layout.md).
///
/// A tag is the `org.opencontainers.image.ref.name` annotation of an entry in `index.json`. Every file is written
/// beside its place and renamed into it, and `index.json` changes only under a lock, so that a run that is killed
/// leaves the layout as it was and two runs do not lose each other's tags.
package struct OCILayout: ImageStore {
    package let directory: FilePath
    private let cachedIndex = CachedIndex()

    package init(_ directory: FilePath) {
        self.directory = directory
    }

    package var name: String { reader.files.name }

    var reader: LayoutReader { LayoutReader(files: FolderFiles(directory: directory)) }

    // MARK: Tags

    package func tags() async throws -> Set<Tag> {
        Set(try readIndex()?.entries.compactMap { $0.name.flatMap { try? Tag($0) } } ?? [])
    }

    package func digest(of tag: Tag) async throws -> Digest? {
        try readIndex()?.entry(named: tag.name)?.descriptor.digest
    }

    /// The manifest that a name stands for; without a name, the only one there is.
    ///
    /// - Throws: `RegistryError` of kind `notFound` where the name is missing or the choice is not clear.
    package func manifest(named name: String?) throws -> StoredManifest {
        guard let index = try readIndex() else { throw notALayout() }
        return try reader.manifest(named: name, in: index)
    }

    package func manifest(for selector: ManifestSelector) async throws -> StoredManifest {
        switch selector {
        case .tag(let tag): try manifest(named: tag.name)
        case .digest(let digest): try reader.manifest(digest, in: readIndex())
        }
    }

    package func put(_ manifest: StoredManifest, as tag: Tag?) async throws {
        try await put(manifest, named: tag.map { [$0] } ?? [])
    }

    package func put(_ manifest: StoredManifest, as tags: [Tag]) async -> [Tag: any Error] {
        do {
            try await put(manifest, named: tags)
            return [:]
        } catch {
            return Dictionary(tags.map { ($0, error) }) { first, _ in first }
        }
    }

    /// Writes a manifest and all its names, which change together.
    private func put(_ manifest: StoredManifest, named tags: [Tag]) async throws {
        try create(for: manifest.digest.algorithm)
        try write(manifest.bytes, to: path(of: manifest.digest))
        if tags.isEmpty { return }
        let lock = try await FileLock.acquire(directory.appending("index.json.lock"))
        var index = try readIndex() ?? LayoutIndex()
        for tag in tags { index.set(manifest.descriptor, named: tag.name) }
        try write(index.encoded(), to: directory.appending("index.json"))
        lock.release()
    }

    package func delete(_ selector: ManifestSelector) async throws {
        let lock = try await FileLock.acquire(directory.appending("index.json.lock"))
        guard var index = try readIndex() else { throw notALayout() }
        let count = index.entries.count
        switch selector {
        case .tag(let tag): index.remove { $0.name == tag.name }
        case .digest(let digest): index.remove { $0.descriptor.digest == digest }
        }
        guard index.entries.count < count else { throw reader.notFound("no image \(selector)", among: index.entries) }
        // The content stays: other images of the layout may share it.
        try write(index.encoded(), to: directory.appending("index.json"))
        lock.release()
    }

    // MARK: Blobs

    package func hasBlob(_ blob: Descriptor) async throws -> Bool {
        try reader.hasBlob(blob)
    }

    package func blob(_ descriptor: Descriptor) async throws -> BlobContent {
        try reader.blob(descriptor)
    }

    package func put(
        blob descriptor: Descriptor,
        content: @escaping @Sendable () async throws -> BlobContent
    ) async throws {
        try create(for: descriptor.digest.algorithm)
        let file = try AtomicFile(path(of: descriptor.digest))
        for try await chunk in try await content() {
            try file.append(chunk.readableBytesView)
        }
        try file.commit()
    }

    // MARK: Files

    private func path(of digest: Digest) -> FilePath {
        directory.appending(LayoutReader.path(of: digest))
    }

    /// The index; nil where the folder holds no layout.
    func readIndex() throws -> LayoutIndex? {
        let file = directory.appending("index.json")
        return try cachedIndex.index(at: file) {
            try reader.files.bytes(of: "index.json", limit: LayoutReader.indexLimit)
                .map { try LayoutIndex(parsing: Data($0), place: file.string) }
        }
    }

    /// Makes the folder a layout where it is none yet, ready for a digest of an algorithm.
    private func create(for algorithm: Digest.Algorithm) throws {
        let folder = directory.appending("blobs").appending(algorithm.rawValue)
        do {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        } catch {
            throw RegistryError(
                .serverFailure,
                "the folder \(folder) cannot be made",
                hint: "check that its parent is a folder that you may write to"
            )
        }
        let marker = directory.appending("oci-layout")
        guard !FileManager.default.fileExists(atPath: marker.string) else { return }
        try write(Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8), to: marker)
    }

    private func write(_ bytes: [UInt8], to path: FilePath) throws {
        let file = try AtomicFile(path)
        try file.append(bytes)
        try file.commit()
    }

    private func notALayout() -> RegistryError {
        RegistryError(
            .notFound,
            "\(directory) is not an OCI image layout: it has no index.json",
            hint: "write one with `skopeo copy SOURCE oci:\(directory):NAME`, or with `buildah push`"
        )
    }
}
