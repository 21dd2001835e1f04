package import Registry
package import Tagging
package import Versioning

extension TagAudit {
    /// Reads a repository and compares its moving tags with the rule.
    ///
    /// - Parameters:
    ///   - store: the repository.
    ///   - gitVersions: the versions that git tags name; nil where they are not asked for.
    ///   - evidence: what is to be believed.
    ///   - naming: what versions are called.
    /// - Returns: the findings.
    /// - Throws: `RegistryError`, `TaggingError`.
    package static func read(
        _ store: any ImageStore,
        gitVersions: Set<Version>? = nil,
        evidence: Evidence = .registry,
        naming: TagNaming
    ) async throws -> TagAudit {
        let existing = try await store.tags()
        let places = try places(existing: existing, gitVersions: gitVersions, evidence: evidence, naming: naming)
        let tags = tagsToRead(existing: existing, places: places).sorted()
        let digests = try await tags.concurrentMap(width: 40) { tag in (tag, try await store.digest(of: tag)) }
        return TagAudit(
            name: store.name,
            places: places,
            digests: Dictionary(digests.compactMap { tag, digest in digest.map { (tag, $0) } }) { first, _ in first }
        )
    }
}
