package import Registry
package import Tagging

extension TagAudit {
    /// Reads a repository and compares its moving tags with the rule.
    ///
    /// - Throws: `RegistryError`, `TaggingError`.
    package static func read(_ store: any ImageStore, rules: [TagRule]) async throws -> TagAudit {
        let existing = try await store.tags()
        let digests = try await tagsToRead(existing: existing, rules: rules).sorted().concurrentMap(width: 8) { tag in
            (tag, try await store.digest(of: tag))
        }
        return try TagAudit(
            name: store.name,
            existing: existing,
            digests: Dictionary(digests.compactMap { tag, digest in digest.map { (tag, $0) } }) { first, _ in first },
            rules: rules
        )
    }
}
