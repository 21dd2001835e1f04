import OCI

/// What a key of a credential file covers: a registry, or a path on it.
struct CredentialScope: Hashable {
    let host: String
    let path: [Substring]

    /// Reads a key: `registry.local:5000`, `registry.local/team`, or a URL such as `https://index.docker.io/v1/`.
    init(key: String) {
        var text = key[...]
        var isURL = false
        if let scheme = text.firstRange(of: "://") {
            text = text[scheme.upperBound...]
            isURL = true
        }
        var segments = text.split(separator: "/")
        let name = segments.isEmpty ? "" : segments.removeFirst().lowercased()
        if isURL || ["index.docker.io", "docker.io"].contains(name), let first = segments.first,
            ["v1", "v2"].contains(first)
        {
            segments = []
        }
        host = (try? RegistryHost(parsing: name))?.name ?? name
        path = segments
    }

    /// How specific the key is: the number of its path segments.
    var depth: Int { path.count }

    /// Whether the key is one of the registry as a whole.
    func isAll(of registry: RegistryHost) -> Bool { host == registry.name && path.isEmpty }

    func covers(_ repository: RepositoryName) -> Bool {
        host == repository.registry.name && repository.path.split(separator: "/").starts(with: path)
    }
}

extension RegistryHost {
    /// The registry's key in credential files, and its name to helper programs.
    ///
    /// docker has kept the address of Docker Hub's first registry, which podman understands too.
    var credentialKey: String { self == .dockerHub ? "https://index.docker.io/v1/" : name }
}
