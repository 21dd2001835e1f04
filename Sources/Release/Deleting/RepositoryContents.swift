import OCI
import Registry

/// What a repository holds, as far as deleting needs to know: its tags, and what its indexes list.
struct RepositoryContents: Sendable {
    let tags: [Tag: Digest]
    /// The manifests below each index that a tag holds, of any depth.
    let below: [Digest: Set<Digest>]

    /// Reads every index that tags hold.
    static func read(_ store: any ImageStore, tags: [Tag: Digest]) async throws -> RepositoryContents {
        let found = try await Set(tags.values).sorted().concurrentMap(width: 16) { digest in
            (digest, try await digests(below: digest, in: store))
        }
        return RepositoryContents(tags: tags, below: Dictionary(found) { first, _ in first })
    }

    /// The tags that hold a digest, in order.
    func tags(of digest: Digest) -> [Tag] { tags.filter { $0.value == digest }.keys.sorted() }

    /// The tags whose index lists a digest, in order.
    func tagsOfIndexes(listing digest: Digest) -> [Tag] {
        tags.filter { below[$0.value]?.contains(digest) ?? false }.keys.sorted()
    }

    private static func digests(below digest: Digest, in store: any ImageStore) async throws -> Set<Digest> {
        let children: [Descriptor]
        do {
            children = try await store.manifest(for: .digest(digest)).decoded().children
        } catch let error as RegistryError where [.notFound, .invalidResponse].contains(error.kind) {
            // Gone meanwhile, or nothing that lists images.
            return []
        }
        var all = Set(children.map(\.digest))
        for child in children where child.mediaType.isIndex {
            all.formUnion(try await digests(below: child.digest, in: store))
        }
        return all
    }
}
