import FoundationEssentials
import Release
import SystemPackage
import TestSupport
import Testing

/// A project with a pipeline, the releases of tagboat to download, and the programs of a CI machine.
///
/// The download, its checksum, the login, the build and everything behind it are real. `tagboat` in the archive is a
/// script that runs the built one, with buildah in a storage of its own.
struct PipelineBench {
    let checkout: Checkout
    let system: PipelineSystem
    /// The repository that the pipeline releases to.
    let image: String

    var top: FilePath { checkout.folder }
    var project: FilePath { top.appending(Self.place) }
    private var programs: FilePath { checkout.root.appending("programs") }
    private var downloads: FilePath { checkout.root.appending("downloads") }

    private static let address = "https://github.com/tagboat/tagboat/releases/download"

    /// A folder that no quoting may stumble over.
    static let place = "it's a \"näughty\" # folder"

    /// Makes the project, has its pipeline written, and commits.
    static func with(
        _ system: PipelineSystem,
        registry: DockerRegistry,
        _ body: (PipelineBench) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { root in
            let image = "\(registry.address)/acme/\(system.rawValue)-\(UInt32.random(in: .min ... .max))"
            let bench = PipelineBench(checkout: Checkout(root: root), system: system, image: image)
            if let authority = registry.certificateAuthority {
                _ = try root.write(".docker/certs.d/\(registry.address)/ca.crt", try authority.readText())
            }
            _ = try root.makeDirectory("app")
            try await bench.checkout.git("init", "--quiet", "--initial-branch=main")
            _ = try bench.project.write("Dockerfile", "FROM scratch\nCOPY VERSION /\n")
            try await bench.tagboat(["init", "--yes", "--image", image, "--ci", system.rawValue]).requireSuccess()
            try await bench.checkout.commit("first")
            // Some pipelines fetch what the checkout lacks.
            try await bench.checkout.git("clone", "--quiet", "--bare", ".", "../remote.git")
            try await bench.checkout.git("remote", "add", "origin", "../remote.git")
            try await bench.publish(BuilderStorage(in: root))
            try bench.installPrograms()
            try await body(bench)
        }
    }

    func tagboat(_ arguments: [String]) async throws -> CommandResult {
        try await TestSupport.run(Program.path, arguments, in: project, environment: checkout.environment([:]))
    }

    /// The pipeline as it was written.
    func text() throws -> String { try top.appending(system.path).readText() }

    /// Carries a job out, up to the script that fails.
    func run(_ kind: PipelineJob.Kind, secrets: [String: String]) async throws -> CommandResult {
        let job = try PipelineJob(kind, of: system, in: try text(), secrets: secrets)
        var environment = job.environment.mapValues { Optional($0) }
        var path = "\(programs):/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        environment["TAGBOAT_DOWNLOADS"] = "file://\(downloads)"
        environment["GITHUB_PATH"] = checkout.root.appending("path").string
        environment["BASH_ENV"] = checkout.root.appending("variables").string
        environment["SECRETS"] = checkout.root.string
        var folder = top
        if system == .tekton {
            environment["SOURCE_URL"] = top.string
            environment["SOURCE_REVISION"] = try await checkout.git("rev-parse", "HEAD")
            environment["SOURCE_CREDENTIALS"] = checkout.root.appending("none").string
            folder = try checkout.root.makeDirectory("workspace-\(UInt32.random(in: .min ... .max))")
        }
        try checkout.root.write("path", "")
        try checkout.root.write("variables", "")
        for (name, value) in secrets { try checkout.root.write(name, value) }
        var result: CommandResult?
        for script in job.scripts {
            environment["PATH"] = path
            result = try await TestSupport.run(
                job.shell[0],
                // Bitbucket's script itself says where the downloads are.
                Array(job.shell.dropFirst()) + [script.replacing(Self.address, with: "file://\(downloads)")],
                in: folder,
                environment: checkout.environment(environment)
            )
            if result?.exitCode != 0 { break }
            let added = try checkout.root.appending("path").readText().trimmed
            if system == .github, !added.isEmpty { path = "\(added):\(path)" }
        }
        return try #require(result)
    }

    /// The tags in the repository, as another client sees them; none where there is no such repository.
    func tags(_ registry: DockerRegistry, credentials: String) async throws -> Set<String> {
        let skopeo = Skopeo(
            certificateDirectory: registry.certificateAuthority?.removingLastComponent(),
            credentials: credentials
        )
        let result = try await skopeo.run("list-tags", ["docker://\(image)"])
        guard result.exitCode == 0 else {
            try #require(result.standardError.contains("404 (Not Found)"), "\(result)")
            return []
        }
        let list = try JSONDecoder().decode(TagList.self, from: Data(result.standardOutput.utf8))
        return Set(list.tags)
    }

    private struct TagList: Decodable {
        let tags: [String]

        enum CodingKeys: String, CodingKey { case tags = "Tags" }
    }

    // MARK: The machine

    /// Puts a release of tagboat where it can be downloaded.
    private func publish(_ storage: BuilderStorage) async throws {
        let version = try await tagboat(["--version"]).requireSuccess().standardOutput.trimmed
        try downloads.write(
            "content/tagboat-\(version)/bin/tagboat",
            """
            #!/bin/sh
            export CONTAINERS_STORAGE_CONF='\(storage.configuration)' XDG_CACHE_HOME='\(checkout.root)/cache'
            case $1 in
            build | release) set -- "$@" --driver buildah -- --isolation chroot ;;
            esac
            exec '\(Program.path)' "$@"

            """,
            permissions: [.ownerReadWriteExecute, .groupReadExecute, .otherReadExecute]
        )
        let folder = "v\(version)"
        _ = try downloads.makeDirectory(folder)
        // A package that the stand-in for apt-get unpacks is as good as one for the real one.
        let names = ["amd64", "arm64"].flatMap {
            ["tagboat-\(version)-linux-\($0).tar.gz", "tagboat_\(version)_\($0).deb"]
        }
        for name in names {
            let place = downloads.appending(folder).appending(name).string
            try await TestSupport.run("tar", ["-czf", place, "tagboat-\(version)"], in: downloads.appending("content"))
                .requireSuccess()
        }
        let sums = try await TestSupport.run("sha256sum", names, in: downloads.appending(folder)).requireSuccess()
        try downloads.write("\(folder)/SHA256SUMS", sums.standardOutput)
    }

    /// Spoils the downloads, behind their checksums.
    func spoilDownloads() async throws {
        try await TestSupport.run(
            "sh",
            ["-c", "for file in */*.deb */*.gz; do echo x >>\"$file\"; done"],
            in: downloads
        )
        .requireSuccess()
    }

    private func installPrograms() throws {
        let executable: FilePermissions = [.ownerReadWriteExecute, .groupReadExecute, .otherReadExecute]
        try programs.write(
            "apt-get",
            """
            #!/bin/sh
            for word in "$@"; do
                case $word in
                *.deb) tar -xzf "$word" -C '\(programs)' --strip-components 2 ;;
                esac
            done

            """,
            permissions: executable
        )
        try programs.write(
            "buildkite-agent",
            "#!/bin/sh\n[ \"$1 $2\" = 'secret get' ] && cat \"$SECRETS/$3\"\n",
            permissions: executable
        )
    }
}
