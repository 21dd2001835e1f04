import OCI

/// The name of an image in docker's archives and engines: a repository and a tag.
struct DockerName: Hashable, Sendable {
    let repository: RepositoryName
    let tag: Tag

    init(_ repository: RepositoryName, _ tag: Tag) {
        self.repository = repository
        self.tag = tag
    }

    /// Reads a name in any of its spellings: `ui:1.2`, `docker.io/library/ui:1.2`; nil for what is none.
    init?(_ text: String) {
        guard let reference = try? ImageReference(parsing: text), reference.digest == nil else { return nil }
        repository = reference.repository
        tag = reference.tag ?? .latest
    }

    /// The whole name: `docker.io/library/ui:1.2`.
    var full: String { "\(repository.fullName):\(tag)" }
}

extension RepositoryName {
    /// The name with nothing left out: `docker.io/library/ui`.
    var fullName: String { "\(registry.name)/\(path)" }
}
