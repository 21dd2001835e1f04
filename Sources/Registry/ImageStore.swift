import NIOCore
package import OCI

/// A place that holds the images of one repository under tags: a repository on a registry, an image layout in a folder,
/// an archive, or a container engine.
package protocol ImageStore: Sendable {
    /// The repository as people write it, for output.
    var name: String { get }

    /// Every tag; empty where the repository does not exist yet.
    func tags() async throws -> Set<Tag>

    /// The digest that a tag holds; nil where the tag does not exist.
    func digest(of tag: Tag) async throws -> Digest?

    /// A manifest with exactly the bytes that the store has.
    ///
    /// - Throws: `RegistryError` of kind `notFound` where there is none.
    func manifest(for selector: ManifestSelector) async throws -> StoredManifest

    /// Stores a manifest under a tag, or under its digest alone. The bytes are stored as they are.
    func put(_ manifest: StoredManifest, as tag: Tag?) async throws

    /// Whether the store has a blob already.
    func hasBlob(_ blob: Descriptor) async throws -> Bool

    /// A blob's content in chunks; reading it to the end verifies size and digest.
    func blob(_ descriptor: Descriptor) async throws -> BlobContent

    /// Stores a blob.
    ///
    /// - Parameters:
    ///   - descriptor: the blob's size and digest.
    ///   - content: opens the content; called again when an interrupted transfer starts anew.
    /// - Throws: `RegistryError`, `FileFailure`.
    func put(blob descriptor: Descriptor, content: @Sendable () async throws -> BlobContent) async throws

    /// Whether nothing that is put is there for others before `commit()`.
    var isTransactional: Bool { get }

    /// Makes everything that was put take its place in one step; to be called when all of it has succeeded.
    ///
    /// It may be called again after more was put. A store that is not transactional has nothing to do.
    func commit() async throws

    /// Points a tag to an image that the store has.
    ///
    /// - Parameters:
    ///   - digest: what `digest(of:)` says of the image.
    ///   - tag: the tag.
    /// - Throws: `RegistryError`.
    func retag(_ digest: Digest, as tag: Tag) async throws

    /// What the store knows of an image without reading its manifest; nil where it must be read.
    ///
    /// - Parameter digest: what `digest(of:)` says of the image.
    /// - Returns: the parts of the configuration that the store knows.
    /// - Throws: `RegistryError`.
    func configuration(of digest: Digest) async throws -> ImageConfiguration?

    /// Tells the store which image is about to come.
    ///
    /// A store that knows images by something else than manifest digests can then recognise the image where it has it.
    ///
    /// - Parameters:
    ///   - manifest: the image, or the index.
    ///   - source: the store that it comes from.
    /// - Throws: `RegistryError`.
    func recognise(_ manifest: StoredManifest, from source: any ImageStore) async throws

    /// What a person should know of what was read; nil where there is nothing to say.
    var remark: String? { get async }
}

extension ImageStore {
    package var isTransactional: Bool { false }

    package func commit() async throws {}

    package func retag(_ digest: Digest, as tag: Tag) async throws {
        try await put(try await manifest(for: .digest(digest)), as: tag)
    }

    package func configuration(of digest: Digest) async throws -> ImageConfiguration? { nil }

    package func recognise(_ manifest: StoredManifest, from source: any ImageStore) async throws {}

    package var remark: String? { nil }
}

extension ImageStore {
    /// Reads a small blob, such as an image configuration, into memory.
    package func smallBlob(_ descriptor: Descriptor) async throws -> [UInt8] {
        guard descriptor.size <= SizeLimit.smallBlob else {
            throw RegistryError(
                .tooLarge,
                "the blob \(descriptor.digest.abbreviated) of \(name) is too large to be a configuration",
                hint: "is it an image? It says it has \(descriptor.size) bytes"
            )
        }
        return try await retryingTransfer {
            var bytes: [UInt8] = []
            for try await chunk in try await blob(descriptor) {
                bytes.append(contentsOf: chunk.readableBytesView)
            }
            return bytes
        }
    }
}

/// How much we take into memory of what a server sends, in bytes.
package enum SizeLimit {
    /// The largest manifest we read.
    package static let pulledManifest = 8 << 20
    /// The largest manifest we send.
    package static let pushedManifest = 4 << 20
    /// The largest page of a tag list.
    package static let tagPage = 16 << 20
    /// The largest error, token answer or credential file.
    package static let message = 1 << 20
    /// The largest image configuration.
    package static let smallBlob: Int64 = 8 << 20
}
