import FoundationEssentials
import Glibc
package import OCI
package import SystemPackage

/// The places that credentials come from, searched in order.
package struct CredentialFiles: Sendable {
    /// Where credentials may be: one explicit file, or the usual places.
    package enum Source: Hashable, Sendable {
        /// A file that must be there, since the user named it.
        case explicit(FilePath)
        /// A file that may be missing.
        case standard(FilePath)
        /// The content itself (`DOCKER_AUTH_CONFIG`).
        case inline(String, variable: String)
        /// A credential that is not from a file, for every registry.
        case given(Credential)
    }

    /// What a source says about a registry or a repository.
    package enum Finding: Hashable, Sendable {
        case credential(Credential)
        /// A program that is to be asked.
        case helper(CredentialHelper)
    }

    private let sources: [Source]
    /// How helper programs are run.
    let programs: HelperPrograms

    package init(_ sources: [Source], programs: HelperPrograms = HelperPrograms()) {
        self.sources = sources
        self.programs = programs
    }

    /// The places in their order: the explicit file alone where one is named, else podman's, then docker's.
    ///
    /// - Parameters:
    ///   - explicit: the file that the user named.
    ///   - environment: the variables.
    ///   - userID: whose folder podman uses where there is no `XDG_RUNTIME_DIR`.
    /// - Returns: the places.
    package static func standardSources(
        explicit: FilePath?,
        environment: [String: String],
        userID: UInt32 = getuid()
    ) -> [Source] {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let file = explicit ?? variable("REGISTRY_AUTH_FILE").map({ FilePath($0) }) { return [.explicit(file)] }
        let home = variable("HOME").map { FilePath($0) }
        let runtime = variable("XDG_RUNTIME_DIR").map { FilePath($0).appending("containers") }
        var sources: [Source] = [
            .standard((runtime ?? FilePath("/run/containers/\(userID)")).appending("auth.json"))
        ]
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

    /// What the sources say, in the order in which it is to be tried.
    ///
    /// Sources behind the first certain credential are not read.
    ///
    /// - Parameters:
    ///   - registry: the registry.
    ///   - repository: a repository on it; nil for the registry as a whole.
    /// - Returns: credentials and helpers, each with the name of its source.
    /// - Throws: `RegistryError` of kind `invalidFile` for a file that cannot be read; its content is never shown.
    package func findings(
        for registry: RegistryHost,
        _ repository: RepositoryName? = nil
    ) throws(RegistryError) -> [(finding: Finding, source: String)] {
        var all: [(finding: Finding, source: String)] = []
        for source in sources {
            if case .given(let credential) = source { return all + [(.credential(credential), source.name)] }
            guard let file = try load(source) else { continue }
            for finding in try file.findings(for: registry, repository) {
                all.append((finding, source.name))
                if case .credential = finding { return all }
            }
        }
        return all
    }

    private func load(_ source: Source) throws(RegistryError) -> CredentialFile? {
        switch source {
        case .given:
            return nil
        case .inline(let text, _):
            return try CredentialFile(parsing: Array(text.utf8), named: source.name)
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
            return try CredentialFile(parsing: Array(content), named: source.name)
        }
    }
}

extension CredentialFiles.Source {
    fileprivate var name: String {
        switch self {
        case .explicit(let path), .standard(let path): path.string
        case .inline(_, let variable): variable
        case .given: "the command line"
        }
    }
}
