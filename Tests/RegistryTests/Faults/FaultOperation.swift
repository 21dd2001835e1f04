import OCI
import Release
import SystemPackage
import TestSupport

@testable import Registry

/// Something that a run does with a registry.
enum FaultOperation: String, Sendable, CaseIterable {
    case listTags, readByTag, readByDigest, headDigest, findBlob, readBlob, uploadBlob, pushManifest, copyImage,
        mountImage

    /// The requests that it consists of, as far as faults are tried on them here.
    var kinds: [RequestKind] {
        switch self {
        case .listTags: [.ping, .token, .tagList]
        case .readByTag, .readByDigest: [.manifestGET]
        case .headDigest: [.manifestHEAD]
        case .findBlob: [.blobHEAD]
        case .readBlob: [.blobGET]
        case .uploadBlob: [.uploadPOST, .uploadPUT]
        case .pushManifest: [.manifestPUT]
        case .mountImage: [.mountPOST]
        case .copyImage: [.manifestGET, .blobHEAD, .blobGET, .uploadPOST, .uploadPUT, .manifestPUT]
        }
    }

    /// Does it, and looks at what came of it without the proxy.
    ///
    /// - Parameters:
    ///   - client: reaches the registry through the proxy.
    ///   - address: the proxy's address.
    ///   - slug: the name of the case, for a repository or tag of its own.
    ///   - bench: what the registry holds.
    /// - Returns: what is not as it should be; empty if all is well.
    /// - Throws: the operation's failure.
    func run(with client: RegistryClient, at address: String, slug: String, on bench: FaultBench) async throws
        -> [String]
    {
        let access: RepositoryAccess =
            [.uploadBlob, .pushManifest, .copyImage, .mountImage].contains(self) ? .push : .pull
        let source = try await client.repository("\(address)/\(FaultBench.source)", access: access)
        switch self {
        case .listTags:
            let tags = try await source.tags()
            // Other cases put their own tags there.
            return tags.isSuperset(of: [try OCI.Tag(FaultBench.tag), try OCI.Tag(FaultBench.indexTag)])
                ? [] : ["\(tags)"]
        case .readByTag:
            let manifest = try await source.manifest(for: .tag(try OCI.Tag(FaultBench.tag)))
            return manifest == bench.image ? [] : ["another manifest"]
        case .readByDigest:
            let manifest = try await source.manifest(for: .digest(bench.index.digest))
            return manifest == bench.index ? [] : ["another manifest"]
        case .headDigest:
            let digest = try await source.digest(of: try OCI.Tag(FaultBench.tag))
            return digest == bench.image.digest ? [] : ["\(digest?.description ?? "no digest")"]
        case .findBlob:
            let absent = Descriptor(mediaType: .ociConfiguration, digest: OCI.Digest(of: Array(slug.utf8)), size: 7)
            return try await source.hasBlob(absent) ? ["a blob that is not there was found"] : []
        case .readBlob:
            return try await withTemporaryDirectory { folder in
                let copy = OCILayout(folder)
                try await copy.put(blob: bench.layer) { try await source.blob(bench.layer) }
                return try await copy.smallBlob(bench.layer) == bench.layout.smallBlob(bench.layer)
                    ? [] : ["other bytes"]
            }
        case .uploadBlob:
            let target = try await client.repository("\(address)/faults/\(slug)", access: .push)
            try await target.put(blob: bench.layer) { try await bench.layout.blob(bench.layer) }
            return try await bench.differences(in: "faults/\(slug)", blobs: [bench.layer])
        case .pushManifest:
            let tag = try OCI.Tag(slug)
            try await source.put(bench.image, as: tag)
            return try await bench.differences(in: FaultBench.source, tag: tag, holds: bench.image)
        case .copyImage, .mountImage:
            let target = try await client.repository("\(address)/faults/\(slug)", access: .push)
            let index = try await source.manifest(for: .tag(try OCI.Tag(FaultBench.indexTag)))
            let origin: any ImageStore = self == .mountImage ? source : ForeignStore(store: source)
            try await ImageCopy(from: origin, to: target) { _ in }.copyContent(below: index)
            try await target.put(index, as: .latest)
            return try await bench.differences(in: "faults/\(slug)", tag: .latest, holds: bench.index)
        }
    }
}

extension FaultBench {
    /// Compares an image at the registry with the layout's, without the proxy.
    fileprivate func differences(
        in repository: String,
        tag: OCI.Tag,
        holds manifest: StoredManifest
    ) async throws -> [String] {
        try await directly(repository) { store in
            var problems: [String] = []
            guard try await store.digest(of: tag) == manifest.digest else { return ["\(tag) holds something else"] }
            var blobs = try manifest.decoded().blobs
            for child in try manifest.decoded().children {
                let copy = try await store.manifest(for: .digest(child.digest))
                if copy.bytes != (try await layout.manifest(for: .digest(child.digest)).bytes) {
                    problems.append("the manifest \(child.digest) differs")
                }
                blobs += try copy.decoded().blobs
            }
            return try await problems + differences(of: blobs, in: store)
        }
    }

    /// Compares blobs at the registry with the layout's, without the proxy.
    fileprivate func differences(in repository: String, blobs: [Descriptor]) async throws -> [String] {
        try await directly(repository) { try await differences(of: blobs, in: $0) }
    }

    private func differences(of blobs: [Descriptor], in store: RegistryRepository) async throws -> [String] {
        var problems: [String] = []
        for blob in blobs where try await store.smallBlob(blob) != layout.smallBlob(blob) {
            problems.append("the blob \(blob.digest) differs")
        }
        return problems
    }

    private func directly<Value>(_ repository: String, _ body: (RegistryRepository) async throws -> Value) async throws
        -> Value
    {
        try await withClient(credentials: Self.credentials(for: registry.address)) { client in
            do {
                return try await body(try await client.repository("\(registry.address)/\(repository)", access: .pull))
            } catch let error as RegistryError {
                // Not the operation's own failure: what should be there is not.
                throw MissingContent(description: error.description)
            }
        }
    }
}

/// Content that an operation said it had written.
struct MissingContent: Error, CustomStringConvertible {
    let description: String
}

/// A store that a registry knows nothing of, so that blobs have to be sent.
private struct ForeignStore: ImageStore {
    let store: any ImageStore

    var name: String { "foreign:\(store.name)" }
    func tags() async throws -> Set<OCI.Tag> { try await store.tags() }
    func digest(of tag: OCI.Tag) async throws -> OCI.Digest? { try await store.digest(of: tag) }
    func manifest(for selector: ManifestSelector) async throws -> StoredManifest {
        try await store.manifest(for: selector)
    }
    func put(_ manifest: StoredManifest, as tag: OCI.Tag?) async throws { try await store.put(manifest, as: tag) }
    func hasBlob(_ blob: Descriptor) async throws -> Bool { try await store.hasBlob(blob) }
    func blob(_ descriptor: Descriptor) async throws -> BlobContent { try await store.blob(descriptor) }
    func put(blob descriptor: Descriptor, content: @escaping @Sendable () async throws -> BlobContent) async throws {
        try await store.put(blob: descriptor, content: content)
    }
}
