import FoundationEssentials
import Glibc
package import OCI
package import SystemPackage

/// The file, and the helper programs that it names, that `login` writes to and `logout` takes from.
package struct CredentialStore: Sendable {
    /// Where a credential was put, or taken from.
    package enum Place: Hashable, Sendable, CustomStringConvertible {
        case file(FilePath)
        case helper(CredentialHelper)

        package var description: String {
            switch self {
            case .file(let path): path.string
            case .helper(let helper): helper.program
            }
        }
    }

    package let path: FilePath
    private let programs: HelperPrograms

    package init(_ path: FilePath, programs: HelperPrograms = HelperPrograms()) {
        self.path = path
        self.programs = programs
    }

    /// The file that docker would write: the one that the user named, or docker's own.
    ///
    /// It is read by docker, podman, skopeo, buildah and tagboat alike, and docker keeps it beyond a restart, unlike
    /// podman's in `XDG_RUNTIME_DIR`.
    ///
    /// - Returns: the file; nil where there is neither a name nor a home.
    package static func standardFile(explicit: FilePath?, environment: [String: String]) -> FilePath? {
        func variable(_ name: String) -> FilePath? {
            environment[name].flatMap { $0.isEmpty ? nil : FilePath($0) }
        }
        if let file = explicit ?? variable("REGISTRY_AUTH_FILE") { return file }
        return (variable("DOCKER_CONFIG") ?? variable("HOME")?.appending(".docker"))?.appending("config.json")
    }

    /// Keeps a credential for a registry in place of the one before.
    ///
    /// - Returns: where it is kept.
    /// - Throws: `RegistryError` of a helper or of a file that is no JSON; `FileFailure`.
    package func save(_ credential: Credential, for registry: RegistryHost) async throws -> Place {
        let helper = try helper(for: registry, in: try read())
        try await helper?.store(credential, for: registry, programs)
        try await change { document in
            var auths = document["auths"] ?? .object([])
            // One entry stands for the registry, whatever spellings other programs have left.
            for key in Self.keys(of: registry, in: auths) where key != registry.credentialKey { auths[key] = nil }
            // As docker does it: an empty entry says that a helper has the credential.
            auths[registry.credentialKey] = helper == nil ? credential.entry : .object([])
            document["auths"] = auths
        }
        return helper.map { .helper($0) } ?? .file(path)
    }

    /// Forgets the credential of a registry.
    ///
    /// - Returns: where there was one.
    /// - Throws: `RegistryError` of a helper or of a file that is no JSON; `FileFailure`.
    package func remove(_ registry: RegistryHost) async throws -> [Place] {
        let document = try read()
        var places: [Place] = []
        if let helper = try helper(for: registry, in: document), try await helper.erase(registry, programs) {
            places.append(.helper(helper))
        }
        let auths = document["auths"] ?? .object([])
        let keys = Self.keys(of: registry, in: auths)
        guard !keys.isEmpty else { return places }
        if keys.contains(where: { !(auths[$0]?.members.isEmpty ?? true) }) { places.append(.file(path)) }
        try await change { document in
            for key in keys { document["auths"]?[key] = nil }
        }
        return places
    }

    /// Forgets the credentials of every registry that the file names.
    ///
    /// - Returns: the keys, in their order.
    /// - Throws: `RegistryError` of a helper or of a file that is no JSON; `FileFailure`.
    package func removeAll() async throws -> [String] {
        let document = try read()
        var keys = (document["auths"]?.members ?? []).map(\.name)
        let hosts = (keys + (document["credHelpers"]?.members ?? []).map(\.name)).compactMap { key in
            let scope = CredentialScope(key: key)
            return scope.path.isEmpty ? try? RegistryHost(parsing: scope.host) : nil
        }
        var seen: Set<RegistryHost> = []
        for host in hosts where seen.insert(host).inserted {
            guard let helper = try helper(for: host, in: document) else { continue }
            let wasThere = try await helper.erase(host, programs)
            if wasThere, !keys.contains(where: { CredentialScope(key: $0).isAll(of: host) }) {
                keys.append(host.credentialKey)
            }
        }
        guard document["auths"] != nil else { return keys }
        try await change { $0["auths"] = .object([]) }
        return keys
    }

    // MARK: The file

    private static func keys(of registry: RegistryHost, in auths: JSONDocument) -> [String] {
        auths.members.map(\.name).filter { CredentialScope(key: $0).isAll(of: registry) }
    }

    private func helper(for registry: RegistryHost, in document: JSONDocument) throws(RegistryError)
        -> CredentialHelper?
    {
        let own = document["credHelpers"]?.members.first { CredentialScope(key: $0.name).isAll(of: registry) }
        guard let name = (own?.value ?? document["credsStore"])?.text, !name.isEmpty else { return nil }
        return try CredentialHelper(name: name, from: path.string)
    }

    private func read() throws(RegistryError) -> JSONDocument {
        guard FileManager.default.fileExists(atPath: path.string) else { return .object([]) }
        guard let data = FileManager.default.contents(atPath: path.string), data.count <= SizeLimit.message else {
            throw RegistryError(
                .invalidFile,
                "the credential file \(path) cannot be read",
                hint: "check that it is a file that you may read"
            )
        }
        if data.isEmpty { return .object([]) }
        guard case .object(let members)? = JSONDocument(parsing: Array(data)) else {
            throw RegistryError(
                .invalidFile,
                "the credential file \(path) is not of docker's or podman's format",
                hint: "correct it or move it away; it was not changed"
            )
        }
        return .object(members)
    }

    /// Reads the file anew, changes it and puts it in its place, while no other tagboat does.
    private func change(_ edit: (inout JSONDocument) -> Void) async throws {
        let folder = path.removingLastComponent()
        if !folder.isEmpty {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder.string,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw FileFailure(folder, "cannot be made", error)
            }
        }
        let lock = try await FileLock.acquire(FilePath(path.string + ".lock"))
        let before = try read()
        var document = before
        edit(&document)
        if document != before {
            // An existing file keeps its permissions when it is replaced, and these hold secrets.
            chmod(path.string, 0o600)
            let file = try AtomicFile(path, permissions: [.ownerReadWrite])
            try file.append(document.written() + [UInt8(ascii: "\n")])
            try file.commit()
        }
        lock.release()
    }
}

extension Credential {
    /// The credential as docker writes it into `auths`.
    fileprivate var entry: JSONDocument {
        func auth(_ user: String, _ password: String) -> JSONDocument {
            .text(Data("\(user):\(password)".utf8).base64EncodedString())
        }
        var entry = JSONDocument.object([])
        switch self {
        case .password(let user, let password):
            entry["auth"] = auth(user, password.value)
        case .identityToken(let user, let token):
            if let user { entry["auth"] = auth(user, "") }
            entry["identitytoken"] = .text(token.value)
        case .registryToken(let token):
            entry["registrytoken"] = .text(token.value)
        }
        return entry
    }
}
