import OCI
import Registry

extension CommandContext {
    /// The one repository that a command looks at.
    ///
    /// - Parameters:
    ///   - image: what was named; nil for the one under `images:`.
    ///   - command: the command's name, for the hint.
    /// - Returns: where it is.
    /// - Throws: `ConfigurationError` where there is none, or more than one.
    func repository(named image: String?, toRun command: String) throws(ConfigurationError) -> ImageLocation {
        if let image {
            do {
                return try ImageLocation(parsingRepository: image)
            } catch {
                throw ConfigurationError(
                    error.description,
                    hint: "write a repository, such as ghcr.io/acme/gallery-ui or oci:DIR"
                )
            }
        }
        let images = configuration.images
        if images.isEmpty { try components.requireChoice() }
        guard let image = images.first, images.count == 1 else {
            throw ConfigurationError(
                images.isEmpty ? "no repository is named" : "several repositories are configured",
                hint: "name the one to look at, such as `tagboat \(command) ghcr.io/acme/gallery-ui`"
            )
        }
        return image
    }
}
