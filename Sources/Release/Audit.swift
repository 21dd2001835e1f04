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
        return TagAudit(
            name: store.name,
            places: places,
            digests: try await store.digests(of: tagsToRead(existing: existing, places: places))
        )
    }
}
