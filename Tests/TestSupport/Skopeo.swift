import FoundationEssentials
package import SystemPackage

/// The program `skopeo`, an independent client to write and read registries with.
///
/// Images are named with their transport: `docker://127.0.0.1:43210/app:1.2` or `oci:/folder:name`.
package struct Skopeo: Sendable {
    /// The folder with the certificate (`*.crt`) to trust; nil means plain HTTP.
    package var certificateDirectory: FilePath?
    /// The user and password as `user:password`; nil means none, whatever the machine's own files hold.
    package var credentials: String?

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - certificateDirectory: the folder with the certificate to trust; nil means plain HTTP.
    ///   - credentials: the user and password as `user:password`.
    package init(certificateDirectory: FilePath? = nil, credentials: String? = nil) {
        self.certificateDirectory = certificateDirectory
        self.credentials = credentials
    }

    /// Runs a subcommand without any judgement of its result.
    ///
    /// - Parameters:
    ///   - subcommand: the subcommand, as in `inspect`.
    ///   - sides: the prefixes of the options for access, as in `["src-", "dest-"]`.
    ///   - arguments: the arguments behind these options.
    /// - Returns: the output and the exit code.
    /// - Throws: the failure to start skopeo.
    package func run(
        _ subcommand: String,
        sides: [String] = [""],
        _ arguments: [String]
    ) async throws -> CommandResult {
        let access = sides.flatMap { side in
            var options = ["--\(side)tls-verify=\(certificateDirectory != nil)"]
            if let certificateDirectory {
                options += ["--\(side)cert-dir", certificateDirectory.string]
            }
            return options + (credentials.map { ["--\(side)creds", $0] } ?? ["--\(side)no-creds"])
        }
        return try await TestSupport.run("skopeo", ["--insecure-policy", subcommand] + access + arguments)
    }

    /// Reads the digest of an image or an index.
    ///
    /// - Parameter image: its name with the transport.
    /// - Returns: the digest, as in `sha256:…`.
    /// - Throws: `CommandError` if skopeo fails.
    package func digest(of image: String) async throws -> String {
        "sha256:" + ImageFixture.hash(Array(try await rawManifest(of: image).utf8))
    }

    /// Reads a manifest or an index as it is stored.
    ///
    /// - Parameter image: its name with the transport.
    /// - Returns: the document, to the byte.
    /// - Throws: `CommandError` if skopeo fails.
    package func rawManifest(of image: String) async throws -> String {
        try await run("inspect", ["--raw", image]).requireSuccess().standardOutput
    }

    /// Reads the configuration of an image as it is stored.
    ///
    /// - Parameter image: its name with the transport.
    /// - Returns: the document, to the byte.
    /// - Throws: `CommandError` if skopeo fails.
    package func rawConfiguration(of image: String) async throws -> String {
        try await run("inspect", ["--raw", "--config", image]).requireSuccess().standardOutput
    }

    /// Copies an image or an index with all its images, and keeps every byte and digest.
    ///
    /// - Parameters:
    ///   - source: its name with the transport.
    ///   - destination: the new name with the transport.
    /// - Returns: the output of skopeo.
    /// - Throws: `CommandError` if skopeo fails.
    @discardableResult
    package func copy(_ source: String, to destination: String) async throws -> CommandResult {
        try await run("copy", sides: ["src-", "dest-"], ["--all", "--preserve-digests", source, destination])
            .requireSuccess()
    }

    /// Lists the tags of a repository.
    ///
    /// - Parameter repository: its name, as in `docker://127.0.0.1:43210/app`.
    /// - Returns: the tags in the registry's order.
    /// - Throws: `CommandError` if skopeo fails.
    package func tags(of repository: String) async throws -> [String] {
        struct Answer: Decodable {
            var tags: [String]

            enum CodingKeys: String, CodingKey {
                case tags = "Tags"
            }
        }
        let output = try await run("list-tags", [repository]).requireSuccess().standardOutput
        return try JSONDecoder().decode(Answer.self, from: Data(output.utf8)).tags
    }
}

extension DockerRegistry {
    /// Skopeo, prepared for this registry.
    ///
    /// - Parameter credentials: the user and password as `user:password`.
    /// - Returns: the client.
    package func skopeo(as credentials: String? = nil) -> Skopeo {
        Skopeo(
            certificateDirectory: certificateAuthority?.removingLastComponent(),
            credentials: credentials
        )
    }

    /// Names an image of this registry for skopeo.
    ///
    /// - Parameter repository: the repository, with `:TAG` or `@DIGEST`.
    /// - Returns: the name, as in `docker://127.0.0.1:43210/app:1.2`.
    package func image(_ repository: String) -> String { "docker://\(address)/\(repository)" }
}
