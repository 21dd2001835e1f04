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
            record = VersionBump.Record(
                author: try await signature("AUTHOR", git: git, context: context),
                committer: try await signature("COMMITTER", git: git, context: context),
                tagPrefix: tag ? tagPrefix : nil
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

    /// Who commits and when, as git decides it: `GIT_AUTHOR_NAME`, `_EMAIL` and `_DATE` over the configuration.
    private func signature(_ role: String, git: GitRepository, context: CommandContext) async throws -> Signature {
        func variable(_ name: String) -> String? {
            context.environment["GIT_\(role)_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
        }
        let configured = try await git.configuredIdentity()
        guard let name = variable("NAME") ?? configured?.name, let email = variable("EMAIL") ?? configured?.email else {
            throw ConfigurationError(
                "git does not know who commits",
                hint: "set it with `git config user.name NAME` and `git config user.email ADDRESS`"
            )
        }
        var date = GitDate(secondsSinceEpoch: Int64(Date().timeIntervalSince1970), offsetMinutes: 0)
        if let text = variable("DATE") {
            guard let given = CommitDate.parse(text) else {
                throw ConfigurationError(
                    "GIT_\(role)_DATE: \"\(text)\" is not a date",
                    hint: "write seconds and zone, as in @1783675800 +0000, or 2026-07-10T09:30:00Z"
                )
            }
            date = given
        }
        return Signature(identity: Identity(name: name, email: email), date: date)
    }
}

/// Dates as git writes them in its environment.
enum CommitDate {
    /// Reads `[@]SECONDS [±HHMM]` or RFC 3339; nil for anything else.
    static func parse(_ text: String) -> GitDate? {
        let parts = text.split(separator: " ")
        if let first = parts.first, parts.count <= 2,
            let seconds = Int64(first.hasPrefix("@") ? first.dropFirst() : first)
        {
            guard parts.count == 2 else { return GitDate(secondsSinceEpoch: seconds, offsetMinutes: 0) }
            guard parts[1].count == 5, let zone = Int(parts[1]), "+-".contains(parts[1].prefix(1)) else { return nil }
            return GitDate(secondsSinceEpoch: seconds, offsetMinutes: zone / 100 * 60 + zone % 100)
        }
        return Timestamp(rfc3339: text).map { GitDate(secondsSinceEpoch: $0.secondsSinceEpoch, offsetMinutes: 0) }
    }
}
