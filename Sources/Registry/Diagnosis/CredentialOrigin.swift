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
    ///   - sources: where credentials may be.
    /// - Returns: the first one; nil where there is none.
    /// - Throws: `RegistryError` of kind `invalidFile`.
    package static func find(
        for repository: RepositoryName,
        in sources: [CredentialFiles.Source]
    ) throws(RegistryError) -> CredentialOrigin? {
        for source in sources {
            switch try CredentialFiles([source]).find(for: repository) {
            case .credential(let credential):
                return CredentialOrigin(description: "user \(credential.user), from \(place(source))")
            case .helper(let helper):
                return CredentialOrigin(description: "with docker-credential-\(helper), by \(place(source))")
            case .none:
                continue
            }
        }
        return nil
    }

    private static func place(_ source: CredentialFiles.Source) -> String {
        switch source {
        case .explicit(let path), .standard(let path): path.string
        case .inline(_, let variable): variable
        }
    }
}
