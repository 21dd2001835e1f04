import ArgumentParser
import FoundationEssentials
import Git
import Release
import SystemPackage
import Tagging
import Versioning

extension BumpLevel: ExpressibleByArgument {}

/// `tagboat bump`: raise the version.
struct BumpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bump",
        abstract: "Raise the version in the VERSION file and print the new one.",
        discussion: """
            Only the version's own characters change: comments, blank lines, line ends and a leading v stay. \
            Without a VERSION file one is made, counting from 0.0.0.
            """
    )

    @Argument(help: "The part to raise: major, minor or patch.") var level: BumpLevel
    @Option(help: ArgumentHelp("The VERSION file (default: VERSION).", valueName: "file")) var versionFile: String?
    @Flag(help: "Commit the VERSION file, and nothing else.") var commit = false
    @Flag(help: "Make an annotated git tag too; implies --commit.") var tag = false
    @Option(help: "What stands before the version in the tag's name.") var tagPrefix = "v"
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        var flags = FlagConfiguration()
        flags.set("version.file", versionFile, flag: "--version-file")
        let context = try CommandContext(shared, flags: [flags])
        let isRecorded = commit || tag
        // A VERSION file can be raised outside of any repository.
        let git = isRecorded ? try GitRepository(discoveringFrom: context.folder.string) : nil
        let location = VersionLocation(
            context.configuration.versionFile,
            in: context.folder,
            workTree: await git?.workingDirectory.map { FilePath($0) }
        )
        var record: VersionBump.Record?
        if let git {
            let identity = try await CommitIdentity(in: git, environment: context.environment, now: try context.now())
            record = VersionBump.Record(
                author: identity.author,
                committer: identity.committer,
                tagPrefix: tag ? tagPrefix : nil,
                commitSigner: try await signer(for: .commit, identity, git, context),
                tagSigner: tag ? try await signer(for: .tag, identity, git, context) : nil
            )
        }
        let files = try VersionedFiles.read(context.configuration.versionFiles, in: context.folder)
        if git != nil, !files.entries.isEmpty {
            throw ConfigurationError(
                "--commit and --tag commit the VERSION file alone, and `version.files:` names more",
                hint: "raise the version without them, and commit all of its files"
            )
        }
        let version = try await VersionBump(location, level: level, files: files).run(git: git, record: record)
        Output.standard.write("\(version)\n")
    }

    private func signer(
        for object: SignedObject,
        _ identity: CommitIdentity,
        _ git: GitRepository,
        _ context: CommandContext
    ) async throws -> CommitSigner? {
        try await git.signer(
            for: object,
            choice: context.configuration.git.isSigned,
            committer: identity.committer,
            environment: context.environment,
            deadline: .now + context.configuration.timeout
        )
    }
}
