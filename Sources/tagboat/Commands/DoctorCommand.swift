import ArgumentParser
import OCI
import Registry

/// `tagboat doctor`: what a registry supports.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Find out what a registry supports, by requests to a scratch repository.",
        discussion: """
            Without a repository the scratch repository is tagboat-doctor; a blob is mounted from it into another one \
            whose name has -mount behind it. Nothing else is touched, and what was made is deleted again as far as \
            the registry allows it. A repository with tags of others is refused. What the credentials do not allow is \
            a finding, not an error.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Argument(help: ArgumentHelp("The registry: HOST or HOST/REPOSITORY.", valueName: "registry"))
    var registry: String

    @Option(help: ArgumentHelp("The scratch repository (default: tagboat-doctor).", valueName: "name"))
    var repository: String?

    @Flag(help: "Write nothing: measure only what can be told by reading, in any repository.")
    var readOnly = false

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "How to print it: text or json.") var format: Format = .text
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: [connection.configuration()])
        let scratch = try scratchName()
        let neighbour = try repositoryName(scratch.registry, scratch.path + "-mount")
        if repository == nil, !registry.contains("/") { context.inform("the scratch repository is \(scratch)") }
        let credential = try CredentialOrigin.find(for: scratch, in: context.credentialFiles)
        let targets = [scratch, neighbour].map { ImageLocation.registry(ImageReference(repository: $0)) }
        let access: RepositoryAccess = readOnly ? .pull : .delete
        let (diagnosis, traffic) = try await Stores.with(
            source: nil,
            targets: readOnly ? [targets[0]] : targets,
            access: access,
            context: context
        ) { stores in
            let repositories = stores.targets.compactMap { $0 as? RegistryRepository }
            guard let first = repositories.first, let last = repositories.last else {
                throw ConfigurationError("\(scratch) is not on a registry", hint: "name a registry's host")
            }
            let diagnosis = try await first.diagnosis(
                neighbour: last,
                isReadOnly: readOnly,
                credential: credential,
                run: String(UInt32.random(in: .min ... .max), radix: 36)
            )
            return (diagnosis, stores.traffic?.document)
        }
        switch format {
        case .text: Output.standard.write(DoctorText(style: context.style).render(diagnosis))
        case .json: Output.standard.write(try JSONText.render(DoctorDocument(diagnosis, traffic: traffic)))
        }
    }

    /// The repository to measure with.
    private func scratchName() throws(ConfigurationError) -> RepositoryName {
        let parts = registry.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let host: RegistryHost
        do {
            host = try RegistryHost(parsing: parts.first ?? "")
        } catch {
            throw ConfigurationError(error.description, hint: "name a registry, such as registry.local:5000")
        }
        guard parts.count == 1 || repository == nil else {
            throw ConfigurationError("the repository is named twice", hint: "leave out --repository")
        }
        let named = parts.count > 1 ? parts[1] : repository
        guard named != nil || host != .dockerHub else {
            throw ConfigurationError(
                "on Docker Hub every repository belongs to somebody",
                hint: "name one of your own, such as docker.io/USER/tagboat-doctor"
            )
        }
        return try repositoryName(host, named ?? "tagboat-doctor")
    }

    private func repositoryName(_ host: RegistryHost, _ path: String) throws(ConfigurationError) -> RepositoryName {
        let name: RepositoryName
        do {
            name = try RepositoryName(parsing: "\(host)/\(path)")
        } catch {
            throw ConfigurationError(error.description, hint: "name HOST/REPOSITORY, without a tag")
        }
        // A single word in front is a part of a name on Docker Hub.
        guard name.registry == host else {
            throw ConfigurationError(
                "\"\(host)\" is not the name of a registry",
                hint: "a registry's host is localhost, or has a dot or a port in it, such as registry.local:5000"
            )
        }
        return name
    }
}
