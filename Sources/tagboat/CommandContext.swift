import FoundationEssentials
import Glibc
import Logging
import OCI
import Registry
import Release
import SystemPackage
import Tagging

/// What a command works with: the environment, the configuration in force, and where its words go.
struct CommandContext {
    let environment: [String: String]
    let folder: FilePath
    let configuration: Configuration
    /// The components of a monorepo, and the settings of each.
    let components: ConfiguredComponents
    /// What each source of the configuration says, the nearest first.
    let sources: [ConfigurationSource]
    let style: Style
    let isQuiet: Bool
    let isVerbose: Bool
    let logger: Logger

    /// Reads the environment and the configuration.
    ///
    /// - Parameters:
    ///   - shared: the options that every command has.
    ///   - flags: what the command's own flags say.
    /// - Throws: `ConfigurationError`.
    init(_ shared: SharedOptions, flags: [FlagConfiguration] = []) throws {
        if let directory = shared.directory, chdir(directory) != 0 {
            throw ConfigurationError(
                "the folder \(directory) cannot be entered: \(String(cString: strerror(errno)))",
                hint: "check -C"
            )
        }
        environment = ProcessEnvironment.variables
        folder = try Self.currentFolder()
        let named = shared.config ?? environment["TAGBOAT_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        let file = try ConfigurationFile.find(named: named, from: folder)?.read() ?? ConfigurationSource()
        components = try ConfiguredComponents(
            flags: FlagConfiguration.joined(flags),
            environment: try EnvironmentConfiguration.read(environment),
            file: file,
            folder: folder
        )
        sources = try components.sources(for: components.chosen)
        configuration = try components.configuration(for: components.chosen)
        style = Style(shared.color, environment: environment, isTerminal: Output.isTerminal)
        isQuiet = shared.quiet
        isVerbose = shared.verbose
        var logger = Logger(label: "tagboat") { _ in MessageLog() }
        logger.logLevel = shared.verbose ? .debug : shared.quiet ? .error : .warning
        self.logger = logger
    }

    /// Says something that is no data.
    func inform(_ message: String) {
        if !isQuiet { Output.message(message) }
    }

    /// `SOURCE_DATE_EPOCH` (reproducible-builds.org).
    ///
    /// - Throws: `ConfigurationError` where it is no number of seconds.
    func sourceDate() throws(ConfigurationError) -> Timestamp? {
        guard let text = environment["SOURCE_DATE_EPOCH"], !text.isEmpty else { return nil }
        guard let seconds = Int64(text), (0...253_402_300_799).contains(seconds) else {
            throw ConfigurationError(
                "SOURCE_DATE_EPOCH: \"\(text)\" is not a number of seconds",
                hint: "set it to seconds since 1970, as from `git log -1 --format=%ct`"
            )
        }
        return Timestamp(secondsSinceEpoch: seconds)
    }

    /// The moment of the run, or `SOURCE_DATE_EPOCH`.
    func now() throws(ConfigurationError) -> Timestamp {
        try sourceDate() ?? Timestamp(secondsSinceEpoch: Int64(time(nil)))
    }

    /// Reads the version and the commit.
    ///
    /// - Throws: `ConfigurationError` where it is not said which component is meant.
    func project() async throws -> Project {
        try components.requireChoice()
        return try await Project(
            in: folder,
            git: try await repository(),
            options: Project.Options(
                version: configuration.version,
                versionFile: configuration.versionFile,
                source: configuration.versionSource,
                shortHashLength: configuration.shortHashLength,
                sourceDate: try sourceDate(),
                date: try now(),
                policy: configuration.tagPolicy,
                build: try buildContext()
            )
        )
    }

    /// What the CI system says of the build; nil where there is none.
    ///
    /// - Throws: `ConfigurationError` where the file that it names for the event is no JSON.
    func buildContext() throws(ConfigurationError) -> BuildContext? {
        let payload = BuildContext.eventPayloadPath(in: environment)
            .flatMap { FileManager.default.contents(atPath: $0) }
        do {
            return try BuildContext(environment: environment, eventPayload: payload.map { Array($0) })
        } catch {
            throw ConfigurationError(error.description, hint: "check what the CI system has written")
        }
    }

    /// What tag rules, labels and images may use of a project.
    ///
    /// - Parameters:
    ///   - project: the checkout.
    ///   - others: further texts that may hold expressions.
    /// - Returns: the context.
    /// - Throws: `GitError`, of kind `historyIncomplete` where `describe` is asked for in a shallow clone.
    func ruleContext(_ project: Project, others: [String] = []) async throws -> RuleContext {
        let texts = configuration.tagPolicy.rules.map(\.name) + configuration.labels.values
        let more = Array(configuration.annotations.values) + configuration.build.arguments.values
        return try await project.ruleContext(for: texts + more + others)
    }

    /// A context for naming the tags of versions where no checkout is at hand.
    func contextOfNoCommit() throws(ConfigurationError) -> RuleContext {
        let date = try now()
        return RuleContext(
            build: try buildContext() ?? BuildContext(system: "none"),
            date: date,
            commitDate: date,
            shortHashLength: configuration.shortHashLength
        )
    }

    /// The repositories that `--image` or the configuration names.
    ///
    /// - Throws: `ConfigurationError` where there is none, or one stands twice.
    func images() throws(ConfigurationError) -> [ImageLocation] {
        let images = configuration.images
        guard !images.isEmpty else {
            try components.requireChoice()
            throw ConfigurationError(
                "no repository is named",
                hint:
                    "name one with --image, such as --image ghcr.io/acme/gallery-ui, or under `images:` in tagboat.yaml"
            )
        }
        guard Set(images).count == images.count else {
            throw ConfigurationError("a repository is named twice", hint: "name each one once")
        }
        return images
    }

    private static func currentFolder() throws(ConfigurationError) -> FilePath {
        guard let path = getcwd(nil, 0) else {
            throw ConfigurationError("the current folder cannot be read", hint: "change into a folder that exists")
        }
        defer { free(path) }
        return FilePath(String(cString: path))
    }
}

/// The environment of the process.
enum ProcessEnvironment {
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return variables
    }
}

/// Sends log lines to standard error.
private struct MessageLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .warning

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        Output.message("\(event.level): \(event.message)")
    }
}
