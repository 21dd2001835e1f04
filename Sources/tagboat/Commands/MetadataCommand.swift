import ArgumentParser
import Git
import Registry
import Release
import SystemPackage
import Tagging

/// `tagboat metadata`: docker/metadata-action for any CI system and any terminal.
struct MetadataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metadata",
        abstract: "Work out tags, labels and annotations as docker/metadata-action does.",
        discussion: """
            The inputs are the action's, as flags or as the variables INPUT_… that GitHub makes of them. What started \
            the build comes from the CI system, or from git where there is none. On GitHub and its kin the action's \
            outputs are set too.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, env
    }

    @OptionGroup var options: MetadataOptions
    @Option(help: "How to print it: text, json or env.") var format: Format = .text
    @Option(help: ArgumentHelp("Write the bake definition to this file.", valueName: "file")) var bakeFile: String?
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared)
        let settings = try MetadataSettings(options, environment: context.environment)
        let build = try await MetadataBuild(settings, context: context)
        let metadata = try Metadata(settings.inputs, context: build.ruleContext)
        for warning in metadata.warnings { context.inform("warning: \(warning)") }
        if metadata.version.isEmpty {
            context.inform("warning: No Docker image version has been generated. Check tags input.")
            context.inform("warning: No Docker tag has been generated. Check tags input.")
        }
        let outputs = MetadataOutputs(metadata, separators: settings.separators)
        if let bakeFile { try AtomicFile.write(metadata.bakeDefinition(.all).pretty + "\n", to: bakeFile) }
        try outputs.set(in: context.environment, exportsVariables: settings.exportsVariables)
        switch format {
        case .text: Output.standard.write(outputs.text)
        case .json: Output.standard.write(metadata.document.pretty + "\n")
        case .env: Output.standard.write(outputs.shellVariables)
        }
    }
}

/// What started the build, for the rules.
struct MetadataBuild {
    let ruleContext: RuleContext

    /// Reads it from the CI system and from git.
    ///
    /// Where the CI system tells it, no checkout is needed.
    init(_ settings: MetadataSettings, context: CommandContext) async throws {
        let told = try context.buildContext()
        let isFromGit = settings.context == .git || told == nil
        let git = isFromGit ? try GitRepository(discoveringFrom: context.folder.string) : nil
        var build = told ?? BuildContext(system: "git", event: "push")
        let now = try context.now()
        if let git {
            let head = try await git.head()
            switch head {
            case .branch(_, let id), .detached(let id):
                build.revision = id.description
                let date = try await git.commit(id).committerDate.secondsSinceEpoch
                build.commitDate = Timestamp(secondsSinceEpoch: date)
            case .unborn(let branch):
                throw ProjectError.noCommit(branch: branch)
            }
            build.ref = try await git.checkedOutReference() ?? ""
            if build.defaultBranch == nil { build.defaultBranch = try await git.defaultBranch() }
            if told == nil {
                build.payloadDefaultBranch = build.defaultBranch
                build.repository = BuildContext.Repository(address: try await git.remoteURL())
            }
        } else if build.commitDate == nil {
            build.commitDate = await Self.commitDate(of: build.revision, near: context.folder)
        }
        ruleContext = RuleContext(
            build: build,
            date: now,
            commitDate: build.commitDate ?? now,
            shortHashLength: settings.shortHashLength
        )
    }

    /// The date that the checkout, if there is one, has for a commit.
    private static func commitDate(of revision: String, near folder: FilePath) async -> Timestamp? {
        guard let id = CommitID(hex: revision), let git = try? GitRepository(discoveringFrom: folder.string),
            let commit = try? await git.commit(id)
        else { return nil }
        return Timestamp(secondsSinceEpoch: commit.committerDate.secondsSinceEpoch)
    }
}
