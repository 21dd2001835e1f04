import ArgumentParser
import Git
import Release
import Tagging
import Versioning

/// `tagboat version`: what the checkout says.
struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Show the version, the commit and the state of the work tree."
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, env
    }

    @OptionGroup var project: ProjectOptions
    @Option(help: "How to print it: text, json or env.") var format: Format = .text
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: [project.configuration()])
        let project = try await context.project()
        let (lastRelease, describe) = try await history(of: project, context)
        let report = VersionReport(
            project,
            lastRelease: lastRelease,
            tree: try await project.tree(),
            describe: describe
        )
        switch format {
        case .text: Output.standard.write(report.text)
        case .json: Output.standard.write(try JSONText.render(report))
        case .env: Output.standard.write(report.shellVariables)
        }
    }

    /// The last release, or a word that a shallow clone cannot tell; and the commit as `git describe` would have it.
    private func history(
        of project: Project,
        _ context: CommandContext
    ) async throws -> (VersionReport.LastRelease, describe: String?) {
        do {
            let release = try await project.lastRelease()
            let describe = try await describe(project, after: release)
            return (release.map { .version($0.version.description) } ?? .none, describe)
        } catch let error as GitError where error.isIncompleteHistory {
            context.inform("warning: \(error.description)" + (error.hint.map { "\nhint: \($0)" } ?? ""))
            return (.unknown, nil)
        }
    }

    /// Nil where a shallow clone cannot tell.
    private func describe(
        _ project: Project,
        after release: (version: Version, commit: CommitID)?
    ) async throws -> String? {
        do {
            return try await project.describe(after: release)
        } catch let error as GitError where error.isIncompleteHistory {
            return nil
        }
    }
}

/// What `tagboat version` prints: docs/json.md, schema `tagboat.version/1`.
struct VersionReport: Encodable {
    enum LastRelease {
        case version(String)
        case none
        /// A shallow clone does not reach it.
        case unknown
    }

    private let version: String
    private let commit: CommitFacts
    private let branch: String?
    private let isDirty: Bool
    private let lastRelease: LastRelease
    private let tree: String
    private let describe: String?

    init(_ project: Project, lastRelease: LastRelease, tree: String, describe: String?) {
        version = project.version.text
        commit = project.commit
        branch = if case .branch(let name, _) = project.head { name } else { nil }
        isDirty = project.isDirty
        self.lastRelease = lastRelease
        self.tree = tree
        self.describe = describe
    }

    var text: String {
        var table = Table()
        let last =
            switch lastRelease {
            case .version(let version): version
            case .none: "none"
            case .unknown: "unknown (shallow clone)"
            }
        for (name, value) in [
            ("version", version), ("commit", commit.hash), ("short", commit.shortHash), ("tree", tree),
            ("branch", branch ?? "none (detached HEAD)"), ("dirty", isDirty ? "yes" : "no"),
            ("date", commit.date.rfc3339), ("last release", last),
            ("describe", describe ?? "unknown (shallow clone)"),
        ] {
            table.add([Table.Cell(text: name), Table.Cell(text: value)])
        }
        return table.lines.joined(separator: "\n") + "\n"
    }

    var shellVariables: String {
        [
            ("VERSION", version), ("COMMIT", commit.hash), ("COMMIT_SHORT", commit.shortHash),
            ("BRANCH", branch ?? ""), ("DIRTY", isDirty ? "true" : "false"), ("COMMIT_DATE", commit.date.rfc3339),
            ("LAST_RELEASE", lastVersion ?? ""), ("TREE", tree), ("DESCRIBE", describe ?? ""),
        ].map { "TAGBOAT_\($0)=\(ShellWord.quote($1))\n" }.joined()
    }

    private var lastVersion: String? {
        if case .version(let version) = lastRelease { version } else { nil }
    }

    enum CodingKeys: String, CodingKey {
        case schema, version, commit, shortCommit, tree, describe, branch, detached, dirty, commitDate, lastRelease
        case lastReleaseKnown
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("tagboat.version/1", forKey: .schema)
        try container.encode(version, forKey: .version)
        try container.encode(commit.hash, forKey: .commit)
        try container.encode(commit.shortHash, forKey: .shortCommit)
        try container.encode(tree, forKey: .tree)
        try container.encode(describe, forKey: .describe)
        try container.encode(branch, forKey: .branch)
        try container.encode(branch == nil, forKey: .detached)
        try container.encode(isDirty, forKey: .dirty)
        try container.encode(commit.date.rfc3339, forKey: .commitDate)
        try container.encode(lastVersion, forKey: .lastRelease)
        if case .unknown = lastRelease {
            try container.encode(false, forKey: .lastReleaseKnown)
        } else {
            try container.encode(true, forKey: .lastReleaseKnown)
        }
    }
}
