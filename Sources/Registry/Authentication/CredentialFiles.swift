import FoundationEssentials
package import OCI
package import SystemPackage

/// The credential files of docker and podman (containers-auth.json(5)), searched in order.
package struct CredentialFiles: Sendable {
    /// Where credentials may be: one explicit file, or the usual places.
    package enum Source: Hashable, Sendable {
        /// A file that must be there, since the user named it.
        case explicit(FilePath)
        /// A file that may be missing.
        case standard(FilePath)
        /// The content itself (`DOCKER_AUTH_CONFIG`).
        case inline(String, variable: String)
    }

    private let sources: [Source]

    package init(_ sources: [Source]) {
        self.sources = sources
    }

    /// The places in their order: the explicit file alone where one is named, else podman's, then docker's.
    package static func standardSources(
        explicit: FilePath?,
        environment: [String: String]
    ) -> [Source] {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let file = explicit ?? variable("REGISTRY_AUTH_FILE").map({ FilePath($0) }) { return [.explicit(file)] }
        let home = variable("HOME").map { FilePath($0) }
        var sources: [Source] = []
        if let runtime = variable("XDG_RUNTIME_DIR") {
            sources.append(.standard(FilePath(runtime).appending("containers/auth.json")))
        }
        if let config = variable("XDG_CONFIG_HOME").map({ FilePath($0) }) ?? home?.appending(".config") {
            sources.append(.standard(config.appending("containers/auth.json")))
        }
        if let config = variable("DOCKER_CONFIG").map({ FilePath($0) }) ?? home?.appending(".docker") {
            sources.append(.standard(config.appending("config.json")))
        }
        if let content = variable("DOCKER_AUTH_CONFIG") {
            sources.append(.inline(content, variable: "DOCKER_AUTH_CONFIG"))
        }
        return sources
    }

    /// Reads the file that the user named, so that a mistake in it is told before anything is asked for.
    ///
    /// - Throws: `RegistryError` of kind `invalidFile`.
    func checkNamedFile() throws(RegistryError) {
        for source in sources {
            if case .explicit = source { _ = try load(source) }
        }
    }

    /// What the files say about a repository.
    package enum Finding: Hashable, Sendable {
        case credential(Credential)
        /// A credential helper is responsible, which is a program that we do not run.
        case helper(String)
        case none
    }

    /// The entry with the longest key that covers a repository, in the first file that has one.
    ///
    /// - Throws: `RegistryError` of kind `invalidFile` for a file that cannot be read; its content is never shown.
    package func find(for repository: RepositoryName) throws(RegistryError) -> Finding {
        for source in sources {
            guard let file = try load(source) else { continue }
            if let credential = try file.credential(for: repository, in: source.name) { return .credential(credential) }
            if let helper = file.helper(for: repository.registry) { return .helper(helper) }
        }
        return .none
    }

    private func load(_ source: Source) throws(RegistryError) -> CredentialFile? {
        let data: Data
        switch source {
        case .inline(let text, _):
            data = Data(text.utf8)
        case .explicit(let path), .standard(let path):
            if case .standard = source, !FileManager.default.fileExists(atPath: path.string) { return nil }
            guard let content = FileManager.default.contents(atPath: path.string), content.count <= SizeLimit.message
            else {
                throw RegistryError(
                    .invalidFile,
                    "the credential file \(path) cannot be read",
                    hint: "check that it exists and that you may read it"
                )
            }
            data = content
        }
        if data.isEmpty { return nil }
        do {
            return try JSONDecoder().decode(CredentialFile.self, from: data)
        } catch {
            throw RegistryError(
                .invalidFile,
                "the credential file \(source.name) is not of docker's or podman's format",
                hint: "write it anew with `docker login` or `podman login`"
            )
        }
    }
}

extension CredentialFiles.Source {
    fileprivate var name: String {
        switch self {
        case .explicit(let path), .standard(let path): path.string
        case .inline(_, let variable): variable
        }
    }
}

/// The content of one file.
private struct CredentialFile: Decodable {
    let auths: [String: Entry]?
    let credsStore: String?
    let credHelpers: [String: String]?

    struct Entry: Decodable {
        let auth: String?
        let username: String?
        let password: String?
    }

    func credential(for repository: RepositoryName, in file: String) throws(RegistryError) -> Credential? {
        guard let auths else { return nil }
        let entries = auths.map { (scope: CredentialScope(key: $0.key), key: $0.key, entry: $0.value) }
        let best =
            entries
            .filter { $0.scope.covers(repository) }
            // The shorter spelling wins among keys of the same scope, so that the choice does not depend on hashing.
            .max { ($0.scope.depth, $1.key.count, $1.key) < ($1.scope.depth, $0.key.count, $0.key) }
        guard let best else { return nil }
        return try best.entry.credential(key: best.key, file: file)
    }

    func helper(for registry: RegistryHost) -> String? {
        let own = credHelpers?.first { CredentialScope(key: $0.key).host == registry.name }?.value
        return own ?? credsStore.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension CredentialFile.Entry {
    func credential(key: String, file: String) throws(RegistryError) -> Credential? {
        if let auth, !auth.isEmpty {
            // podman and docker pad; some generators do not.
            let padded = auth + String(repeating: "=", count: (4 - auth.count % 4) % 4)
            guard let data = Data(base64Encoded: padded), let text = String(validating: data, as: UTF8.self),
                let colon = text.firstIndex(of: ":")
            else {
                throw RegistryError(
                    .invalidFile,
                    "the entry for \(key) in \(file) is not base64 of USER:PASSWORD",
                    hint: "write it anew with `docker login` or `podman login`"
                )
            }
            let password = text[text.index(after: colon)...].reversed().drop { $0 == "\0" }.reversed()
            return Credential(user: String(text[..<colon]), password: Secret(String(password)))
        }
        if let username, let password, !username.isEmpty {
            return Credential(user: username, password: Secret(password))
        }
        return nil
    }
}

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

    func covers(_ repository: RepositoryName) -> Bool {
        host == repository.registry.name && repository.path.split(separator: "/").starts(with: path)
    }
}
