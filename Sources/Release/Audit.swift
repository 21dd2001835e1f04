package import Registry
package import Tagging

extension TagAudit {
    /// Reads a repository and compares its moving tags with the rule.
    ///
    /// - Throws: `RegistryError`, `TaggingError`.
    package static func read(_ store: any ImageStore, naming: TagNaming) async throws -> TagAudit {
        let existing = try await store.tags()
        let places = try places(existing: existing, naming: naming)
        let tags = tagsToRead(existing: existing, places: places).sorted()
        let digests = try await tags.concurrentMap(width: 8) { tag in (tag, try await store.digest(of: tag)) }
        return TagAudit(
            name: store.name,
            places: places,
            digests: Dictionary(digests.compactMap { tag, digest in digest.map { (tag, $0) } }) { first, _ in first }
        )
    }
}
