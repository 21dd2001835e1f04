import FoundationEssentials
import OCI

/// The content of one credential file: docker's `config.json` and podman's `auth.json` (containers-auth.json(5)).
package struct CredentialFile: Sendable {
    private let content: Content
    /// The file's name, for errors.
    let name: String

    /// Reads a file's bytes; no bytes are an empty file.
    ///
    /// - Parameters:
    ///   - bytes: the content.
    ///   - name: what errors call it; its content is never shown.
    /// - Throws: `RegistryError` of kind `invalidFile`.
    package init(parsing bytes: [UInt8], named name: String) throws(RegistryError) {
        self.name = name
        guard !bytes.isEmpty else {
            content = Content(auths: nil, credsStore: nil, credHelpers: nil)
            return
        }
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(bytes))
        } catch {
            throw RegistryError(
                .invalidFile,
                "the credential file \(name) is not of docker's or podman's format",
                hint: "write it anew with `tagboat login`, `docker login` or `podman login`"
            )
        }
    }

    /// What the file says about a registry or one of its repositories, the first to be asked first.
    ///
    /// A helper under `credHelpers` speaks alone for its registry, as both docker and podman have it. The helper of
    /// `credsStore` is docker's for every registry, and podman does not know it: it is asked before the entry of the
    /// registry, and after entries of paths on it, which only podman has.
    ///
    /// - Parameters:
    ///   - registry: the registry.
    ///   - repository: the repository on it; nil for the registry as a whole.
    /// - Returns: credentials and helpers to ask.
    /// - Throws: `RegistryError` of kind `invalidFile` for an entry or a helper's name that cannot be used.
    func findings(
        for registry: RegistryHost,
        _ repository: RepositoryName?
    ) throws(RegistryError) -> [CredentialFiles.Finding] {
        let keys = (content.credHelpers ?? [:]).keys.sorted()
        if let own = keys.first(where: { CredentialScope(key: $0).isAll(of: registry) }),
            let helper = content.credHelpers?[own], !helper.isEmpty
        {
            return [.helper(try CredentialHelper(name: helper, from: name))]
        }
        var findings: [CredentialFiles.Finding] = []
        let entry = try bestEntry(for: registry, repository)
        let store = content.credsStore.flatMap { $0.isEmpty ? nil : $0 }
        if let store { findings.append(.helper(try CredentialHelper(name: store, from: name))) }
        if let entry { findings.insert(.credential(entry.credential), at: entry.depth > 0 ? 0 : findings.count) }
        return findings
    }

    private func bestEntry(
        for registry: RegistryHost,
        _ repository: RepositoryName?
    ) throws(RegistryError) -> (credential: Credential, depth: Int)? {
        let entries = (content.auths ?? [:])
            .map { (scope: CredentialScope(key: $0.key), key: $0.key, entry: $0.value) }
            .filter { repository.map($0.scope.covers) ?? $0.scope.isAll(of: registry) }
            // The shorter spelling wins among keys of the same scope, so that the choice does not depend on hashing.
            .sorted { ($1.scope.depth, $0.key.count, $0.key) < ($0.scope.depth, $1.key.count, $1.key) }
        for candidate in entries {
            // docker leaves an empty entry behind where a helper has the credentials.
            if let credential = try candidate.entry.credential(key: candidate.key, file: name) {
                return (credential, candidate.scope.depth)
            }
        }
        return nil
    }
}

private struct Content: Decodable {
    let auths: [String: Entry]?
    let credsStore: String?
    let credHelpers: [String: String]?
}

private struct Entry: Decodable {
    let auth: String?
    let username: String?
    let password: String?
    let identitytoken: String?
    let registrytoken: String?

    func credential(key: String, file: String) throws(RegistryError) -> Credential? {
        if let registrytoken, !registrytoken.isEmpty { return .registryToken(Secret(registrytoken)) }
        let pair = try userAndPassword(key: key, file: file)
        if let identitytoken, !identitytoken.isEmpty {
            return .identityToken(user: pair.flatMap { $0.user.isEmpty ? nil : $0.user }, Secret(identitytoken))
        }
        return pair.map { .password(user: $0.user, Secret($0.password)) }
    }

    private func userAndPassword(
        key: String,
        file: String
    ) throws(RegistryError) -> (user: String, password: String)? {
        guard let auth, !auth.isEmpty else {
            guard let username, let password, !username.isEmpty else { return nil }
            return (username, password)
        }
        // podman and docker pad; some generators do not.
        let padded = auth + String(repeating: "=", count: (4 - auth.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), let text = String(validating: data, as: UTF8.self),
            let colon = text.firstIndex(of: ":")
        else {
            throw RegistryError(
                .invalidFile,
                "the entry for \(key) in \(file) is not base64 of USER:PASSWORD",
                hint: "write it anew with `tagboat login`, `docker login` or `podman login`"
            )
        }
        // Old versions of docker filled up with zeros.
        let password = text[text.index(after: colon)...].reversed().drop { $0 == "\0" }.reversed()
        return (String(text[..<colon]), String(password))
    }
}
