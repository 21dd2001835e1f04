import NIOCore
package import OCI

/// A place that holds the images of one repository under tags: a repository on a registry, an image layout in a folder,
/// an archive, or a container engine.
package protocol ImageStore: Sendable {
    /// The repository as people write it, for output.
    var name: String { get }

    /// Every tag; empty where the repository does not exist yet.
    func tags() async throws -> Set<Tag>

    /// Every tag, page by page in the store's own order; none where the repository does not exist yet.
    func tagPages() -> TagPages

    /// The digest that a tag holds; nil where the tag does not exist.
    func digest(of tag: Tag) async throws -> Digest?

    /// A manifest with exactly the bytes that the store has.
    ///
    /// - Throws: `RegistryError` of kind `notFound` where there is none.
    func manifest(for selector: ManifestSelector) async throws -> StoredManifest

    /// Whether the store has a manifest already.
    func hasManifest(_ digest: Digest) async throws -> Bool

    /// Stores a manifest under a tag, or under its digest alone. The bytes are stored as they are.
    func put(_ manifest: StoredManifest, as tag: Tag?) async throws

    /// Stores a manifest under several tags, with as few requests as the store can do it.
    ///
    /// - Parameters:
    ///   - manifest: the manifest; its bytes are stored as they are.
    ///   - tags: the tags, each of which succeeds or fails by itself.
    /// - Returns: why tags were not written; empty where all were.
    func put(_ manifest: StoredManifest, as tags: [Tag]) async -> [Tag: any Error]

    /// Deletes a tag, or a manifest with all its tags.
    ///
    /// - Throws: `RegistryError` of kind `notFound`, or of kind `unsupported` where the store cannot do it.
    func delete(_ selector: ManifestSelector) async throws

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
    func put(blob descriptor: Descriptor, content: @escaping @Sendable () async throws -> BlobContent) async throws

    /// Stores a blob that another store has, without sending it where the store can fetch it by itself.
    ///
    /// - Parameters:
    ///   - descriptor: the blob's size and digest.
    ///   - source: who has it.
    ///   - content: opens the content; called again when an interrupted transfer starts anew.
    /// - Throws: `RegistryError`, `FileFailure`.
    func put(
        blob descriptor: Descriptor,
        from source: any ImageStore,
        content: @escaping @Sendable () async throws -> BlobContent
    ) async throws

    /// What refers to a manifest: signatures, attestations and the like.
    ///
    /// - Parameters:
    ///   - digest: the manifest, which need not exist.
    ///   - artifactType: the type to look for; nil for all.
    /// - Returns: the manifests with their artifact types and annotations, each once.
    /// - Throws: `RegistryError`.
    func referrers(of digest: Digest, artifactType: String?) async throws -> [Descriptor]

    /// Stores a manifest that refers to another one, so that `referrers(of:)` finds it.
    ///
    /// Several that refer to the same manifest are to be put one after the other.
    ///
    /// - Parameters:
    ///   - manifest: the signature, attestation or the like.
    ///   - subject: what it refers to.
    /// - Throws: `RegistryError`, `FileFailure`.
    func put(_ manifest: StoredManifest, referringTo subject: Digest) async throws

    /// Whether nothing that is put is there for others before `commit()`.
    var isTransactional: Bool { get }

    /// Makes everything that was put take its place in one step; to be called when all of it has succeeded.
    ///
    /// It may be called again after more was put. A store that is not transactional has nothing to do.
    func commit() async throws

    /// Points tags to an image that the store has.
    ///
    /// - Parameters:
    ///   - digest: what `digest(of:)` says of the image.
    ///   - tags: the tags, each of which succeeds or fails by itself.
    /// - Returns: why tags were not written; empty where all were.
    func retag(_ digest: Digest, as tags: [Tag]) async -> [Tag: any Error]

    /// What the store knows of an image without reading its manifest; nil where it must be read.
    ///
    /// - Parameter digest: what `digest(of:)` says of the image.
    /// - Returns: the parts of the configuration that the store knows.
    /// - Throws: `RegistryError`.
    func configuration(of digest: Digest) async throws -> ImageConfiguration?

    /// Whether the store knows images by something else than their manifests, so that it must be told what is to come.
    var recognisesImages: Bool { get }

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

    package func retag(_ digest: Digest, as tags: [Tag]) async -> [Tag: any Error] {
        do {
            return await put(try await manifest(for: .digest(digest)), as: tags)
        } catch {
            return Dictionary(tags.map { ($0, error) }) { first, _ in first }
        }
    }

    package func configuration(of digest: Digest) async throws -> ImageConfiguration? { nil }

    package var recognisesImages: Bool { false }

    package func recognise(_ manifest: StoredManifest, from source: any ImageStore) async throws {}

    package var remark: String? { nil }

    package func delete(_ selector: ManifestSelector) async throws {
        throw RegistryError(
            .unsupported,
            "\(name) cannot delete single images",
            hint: "delete from a registry or an OCI layout; remove images of an engine with its own tool"
        )
    }
}

extension ImageStore {
    package func hasManifest(_ digest: Digest) async throws -> Bool {
        do {
            _ = try await manifest(for: .digest(digest))
            return true
        } catch let error as RegistryError where error.kind == .notFound {
            return false
        }
    }

    package func put(_ manifest: StoredManifest, as tags: [Tag]) async -> [Tag: any Error] {
        var failures: [Tag: any Error] = [:]
        for tag in tags {
            do {
                try await put(manifest, as: tag)
            } catch {
                failures[tag] = error
            }
        }
        return failures
    }

    package func put(
        blob descriptor: Descriptor,
        from source: any ImageStore,
        content: @escaping @Sendable () async throws -> BlobContent
    ) async throws {
        try await put(blob: descriptor, content: content)
    }

    package func tagPages() -> TagPages {
        TagPages {
            let list = WholeList(store: self)
            return { try await list.nextPage() }
        }
    }

    /// Reads a small blob, such as an image configuration, into memory.
    package func smallBlob(_ descriptor: Descriptor) async throws -> [UInt8] {
        guard descriptor.size <= SizeLimit.smallBlob else {
            throw RegistryError(
                .tooLarge,
                "the blob \(descriptor.digest.abbreviated) of \(name) is too large to be a configuration",
                hint: "is it an image? It says it has \(descriptor.size) bytes"
            )
        }
        var bytes: [UInt8] = []
        for try await chunk in try await blob(descriptor) {
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        return bytes
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
    /// How many pages of a tag list we read: a million tags at the fewest tags that a registry puts on a page.
    package static let tagPages = 20_000
    /// The most text that the names of a repository's tags may be where all of them are held: a million short ones.
    package static let tagNames = 16 << 20
    /// The largest error, token answer or credential file.
    package static let message = 1 << 20
    /// The most referrers of one image.
    package static let referrers = 10_000
    /// The largest image configuration.
    package static let smallBlob: Int64 = 8 << 20
}

/// The tags of a store that gives them all at once, as a single page.
///
/// An object, as the list of a registry is, and for the same reason.
private final class WholeList {
    private let store: any ImageStore
    private var isRead = false

    init(store: any ImageStore) {
        self.store = store
    }

    func nextPage() async throws -> [Tag]? {
        if isRead { return nil }
        isRead = true
        return try await store.tags().sorted()
    }
}
