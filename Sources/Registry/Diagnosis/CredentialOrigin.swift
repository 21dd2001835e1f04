package import OCI
import SystemPackage

/// Whose credentials a repository is asked with, and where they come from; never the secret itself.
package struct CredentialOrigin: Sendable, Hashable {
    /// Such as `user ada, from /home/ada/.docker/config.json`.
    package let description: String

    /// Looks through the sources in the order in which they count.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - files: where credentials may be.
    /// - Returns: the first one; nil where there is none.
    /// - Throws: `RegistryError` of kind `invalidFile`.
    package static func find(
        for repository: RepositoryName,
        in files: CredentialFiles
    ) throws(RegistryError) -> CredentialOrigin? {
        guard let first = try files.findings(for: repository.registry, repository).first else { return nil }
        switch first.finding {
        case .credential(let credential):
            return CredentialOrigin(
                description: "\(credential.user.map { "user \($0)" } ?? "a token"), from \(first.source)"
            )
        case .helper(let helper):
            return CredentialOrigin(description: "with docker-credential-\(helper.name), by \(first.source)")
        }
    }
}
