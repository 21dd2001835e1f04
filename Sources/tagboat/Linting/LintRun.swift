import Dockerfile
import FoundationEssentials
import Git
import Linting
import OCI
import Registry
import Release
import SystemPackage
import Tagging

/// One look at Dockerfiles: read them, ask the registries, apply the rules, write digests.
struct LintRun {
    struct Options {
        /// The files; empty for those of the project.
        let files: [String]
        let target: String?
        /// Values of build arguments.
        let arguments: [String: String]
        let asksRegistries: Bool
        let updates: Bool
        let pins: Bool
        let isDryRun: Bool
    }

    /// A file on its way through the run.
    private struct Source {
        let path: String
        let projectPath: String
        let bytes: [UInt8]
        let content: LintReport.Content
    }

    let context: CommandContext
    let options: Options

    /// Looks, and writes.
    ///
    /// - Returns: the report, and why a digest that was to be written could not be learnt; nil where all were.
    /// - Throws: `ConfigurationError`, `GitError`, `RegistryError`, `FileFailure`.
    func run() async throws -> (report: LintReport, failure: RegistryError?) {
        let git = try repository()
        let root = await ProjectRoot(git: git, folder: context.folder)
        let policy = try await policy(git)
        let sources = try await paths(git).map { read($0, root: root, policy: policy) }
        let linted = sources.compactMap { source -> LintedFile? in
            if case .file(let file) = source.content { file } else { nil }
        }
        let questions = linted.reduce(into: [:]) { all, file in
            all.merge(file.questions(pins: options.pins)) { $0.union($1) }
        }
        let tags = try await ask(questions)
        let files = try sources.map { try finish($0, tags: tags.answers) }
        let settings = context.configuration.lint
        return (
            LintReport(files: files, isStrict: settings.isStrict, isDryRun: options.isDryRun),
            options.updates || options.pins ? tags.failure : nil
        )
    }

    /// The repository around the current folder; nil where there is none.
    private func repository() throws(GitError) -> GitRepository? {
        do {
            return try GitRepository(discoveringFrom: context.folder.string, environment: context.environment)
        } catch {
            // Named files are looked at wherever they are.
            guard options.files.isEmpty, !error.isAboutNoRepository else { return nil }
            throw error
        }
    }

    private func policy(_ git: GitRepository?) async throws -> LintPolicy {
        let settings = context.configuration.lint
        return LintPolicy(
            severities: settings.severities,
            allowed: settings.allowed,
            requiredLabels: settings.requiredLabels,
            providedLabels: try await providedLabels(git),
            arguments: options.arguments,
            target: options.target
        )
    }

    /// The keys of the labels that tagboat sets.
    private func providedLabels(_ git: GitRepository?) async throws -> Set<String> {
        let configuration = context.configuration
        var keys = Set(LabelSet.predefinedKeys)
        let remote = try await git?.remoteURL().flatMap(SourceLocation.init(remote:))
        if remote == nil { keys.subtract([LabelKey.source, LabelKey.url]) }
        if remote == nil, configuration.images.isEmpty { keys.remove(LabelKey.title) }
        if configuration.dockerfile == nil { keys.subtract([LabelKey.baseName, LabelKey.baseDigest]) }
        for (key, value) in configuration.labels {
            // An empty one takes the label away.
            if value.isEmpty { keys.remove(key) } else { keys.insert(key) }
        }
        return keys
    }

    private func paths(_ git: GitRepository?) async throws -> [String] {
        // Each once, or the second would find what the first has just written.
        let named = options.files.enumerated().filter { !options.files[..<$0].contains($1) }.map(\.element)
        guard named.isEmpty else { return named }
        let settings = context.configuration.lint
        let search = DockerfileSearch(folder: context.folder, git: git, excludes: settings.excludes)
        let found = try await search.files().map(\.string)
        guard !found.isEmpty else {
            throw ConfigurationError(
                git == nil ? "there is no Dockerfile here" : "git tracks no Dockerfile here",
                hint: "name the files: tagboat lint FILE …"
            )
        }
        return found
    }

    private func read(_ path: String, root: ProjectRoot, policy: LintPolicy) -> Source {
        let isInput = path == "-"
        let shown = isInput ? "stdin" : path
        let projectPath = isInput ? shown : root.name(of: FilePath(path))
        func source(_ bytes: [UInt8], _ content: LintReport.Content) -> Source {
            Source(path: shown, projectPath: projectPath, bytes: bytes, content: content)
        }
        let read = isInput ? try? StandardInput.read() : FileManager.default.contents(atPath: path).map { Array($0) }
        guard let bytes = read else { return source([], .unreadable(line: nil, problem: "the file cannot be read")) }
        do throws(DockerfileError) {
            let file = try Dockerfile(parsing: bytes, path: shown)
            return source(bytes, .file(LintedFile(file, policy: policy)))
        } catch {
            return source(bytes, .unreadable(line: error.line, problem: error.problem))
        }
    }

    private func ask(_ questions: [ImageReference: Set<OCI.Digest>]) async throws -> TagAnswers {
        guard options.asksRegistries, !questions.isEmpty else { return TagAnswers() }
        let client = try context.registryClient()
        let traffic = context.isVerbose ? Traffic(client: client) : nil
        do {
            let answers = try await RoundTrips.branch(from: 0) { try await TagAnswers(questions, client: client) }.value
            if let traffic { context.inform(traffic.summary) }
            await client.close()
            return answers
        } catch {
            await client.close()
            throw error
        }
    }

    /// Writes a file's digests and applies the rules to what stands there then.
    private func finish(_ source: Source, tags: [ImageReference: TagAnswer]) throws -> LintReport.File {
        guard case .file(var file) = source.content else {
            return LintReport.File(
                path: source.path,
                projectPath: source.projectPath,
                content: source.content,
                findings: [],
                updates: []
            )
        }
        var updates: [DigestUpdate] = []
        if options.updates || options.pins {
            let updated = file.updated(tags: tags, moves: options.updates, pins: options.pins)
            updates = updated.updates
            if !updates.isEmpty, !options.isDryRun {
                try write(updated.file.dockerfile.bytes, over: source)
                file = updated.file
            }
        }
        return LintReport.File(
            path: source.path,
            projectPath: source.projectPath,
            content: .file(file),
            findings: file.findings(tags: tags),
            updates: updates
        )
    }

    private func write(_ bytes: [UInt8], over source: Source) throws {
        guard FileManager.default.contents(atPath: source.path).map({ Array($0) }) == source.bytes else {
            throw ConfigurationError("\(source.path) has changed meanwhile", hint: "run again")
        }
        let file = try AtomicFile(FilePath(source.path))
        try file.append(bytes)
        try file.commit()
    }
}

extension GitError {
    /// Whether there simply is no repository.
    fileprivate var isAboutNoRepository: Bool {
        if case .notARepository = kind { true } else { false }
    }
}
