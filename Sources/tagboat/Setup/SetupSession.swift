import Git
import OCI
import Registry
import Release
import SystemPackage

/// A run of `tagboat init`: looked, asked, planned, shown, written.
struct SetupSession {
    private let context: CommandContext
    private let options: InitOptions
    private let reader: ProjectFolderReader
    private let git: GitRepository?

    init(_ context: CommandContext, options: InitOptions) async throws {
        self.context = context
        self.options = options
        let isInRepository =
            WorkTree.top(around: context.folder) != nil || context.environment["GIT_DIR"]?.isEmpty == false
        // Nothing is fetched for it.
        git =
            isInRepository
            ? try GitRepository(discoveringFrom: context.folder.string, environment: context.environment) : nil
        reader = ProjectFolderReader(
            FilePath(AtomicFile.resolved(context.folder).string),
            workTree: await git?.workingDirectory.map { AtomicFile.resolved(FilePath($0)) }
        )
    }

    func run() async throws {
        let facts = ProjectFacts(try await reader.read(git))
        let configured = context.configuration.images.lazy.compactMap(\.repositoryName).first
        let known = try options.image ?? configured
        let isAsking = !options.isYes && !options.isDryRun && Terminal.isPresent && Output.messagesGoToTerminal
        let image = try known ?? (isAsking ? SetupQuestions.image(facts.image?.name) : facts.image?.name)
        let systems =
            try options.pipelines
            ?? (isAsking ? SetupQuestions.pipelines(facts.suggestedPipelines) : facts.suggestedPipelines)

        let templates = Templates(folder: context.configuration.templates)
        let setups = systems.map { PipelineSetup(system: $0, image: image, facts: facts) }
        let plan = try plan(ConfigurationSetup(image: image, facts: facts), setups, templates)
        let notes = SetupNotes(
            facts: facts,
            image: image,
            isGuess: !isAsking && known == nil && facts.image?.isKnown == false,
            hasRepository: git != nil,
            pipelines: setups
        )

        if options.format == .text {
            for step in plan.created { Output.standard.write(NewFileDiff.text(path: step.path, step.text)) }
        }
        let isWritten = try write(plan, isAsking: isAsking)
        switch options.format {
        case .text: report(plan, isWritten: isWritten)
        case .json: Output.standard.write(try JSONText.render(InitDocument(plan, facts: facts, image: image, notes: notes)))
        }
        notes.lines.forEach(context.inform)
    }

    private func plan(
        _ configuration: ConfigurationSetup,
        _ pipelines: [PipelineSetup],
        _ templates: Templates
    ) throws -> SetupPlan {
        let place = configuration.facts.place.isEmpty ? "" : configuration.facts.place + "/"
        var files = [(path: place + "tagboat.yaml", text: try configuration.text(templates))]
        if let text = configuration.versionText { files.append((place + "VERSION", text)) }
        return SetupPlan(
            files: files,
            pipelines: try pipelines.map { ($0.system, try $0.text(templates)) },
            existing: reader.existing
        )
    }

    /// Writes what is new, unless that is not wanted.
    private func write(_ plan: SetupPlan, isAsking: Bool) throws -> Bool {
        guard !options.isDryRun, !plan.created.isEmpty else { return false }
        let count = plan.created.count
        if isAsking, try !SetupQuestions.isConfirmed(count == 1 ? "Write this file?" : "Write these \(count) files?") {
            throw ConfigurationError("nothing was written", hint: "run again with other answers, --image or --ci")
        }
        try NewFiles(plan.created.map { FileChange(reader.top.pushing(FilePath($0.path)), Array($0.text.utf8)) }).write()
        return true
    }

    private func report(_ plan: SetupPlan, isWritten: Bool) {
        for step in plan.steps {
            let path = PrintableText.escaped(step.path)
            switch step.verdict {
            case .created: context.inform((isWritten ? "created " : "would create ") + path)
            case .unchanged: context.inform("unchanged: \(path)")
            case .left(let reason): context.inform("left alone: \(path): \(reason)")
            }
            if let hint = step.hint { context.inform("hint: \(hint)") }
        }
    }
}

extension ImageLocation {
    /// The repository on a registry; nil for another place.
    fileprivate var repositoryName: RepositoryName? {
        if case .registry(let reference) = self { reference.repository } else { nil }
    }
}
