package import OCI
package import Registry

extension ImageStore {
    /// What tags hold, those that are gone left out.
    package func digests(of tags: Set<Tag>) async throws -> [Tag: Digest] {
        let found = try await tags.sorted().concurrentMap(width: waveWidth) { tag in
            (tag, try await self.digest(of: tag))
        }
        return Dictionary(found.compactMap { tag, digest in digest.map { (tag, $0) } }) { first, _ in first }
    }
}
