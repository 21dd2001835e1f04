import Changes
import FoundationEssentials
import Git
import Registry
import Release
import SystemPackage
import Tagging
import Versioning

/// A run of `tagboat changelog`: history read, sections written.
struct ChangelogRun {
    let context: CommandContext
    let writer: ChangelogWriter
    let git: GitRepository
    let reader: ReleaseHistoryReader
    let tip: CommitID
    /// The hashes of the commits that count; nil for all, where the run is about no component.
    private let counted: Set<String>?

    init(_ context: CommandContext, isComplete: Bool = false) async throws {
        self.context = context
        let settings = context.configuration.changelog
        git = try await context.repository()
        switch try await git.head() {
        case .branch(_, let id), .detached(let id): tip = id
        case .unborn(let branch): throw ProjectError.noCommit(branch: branch)
        }
        writer = try ChangelogWriter(
            context.configuration,
            links: settings.links(remote: try await git.remoteURL()),
            isComplete: isComplete
        )
        reader = ReleaseHistoryReader(
            git: git,
            policy: context.configuration.tagPolicy,
            keepsPrereleases: settings.keepsPrereleases
        )
        if let component = context.configuration.component {
            let map = context.configuration.components
            let history = try await ComponentHistory(of: map, since: [:], to: tip, in: git)
            counted = Set(history.commits(of: component.name).map(\.hash))
        } else {
            counted = nil
        }
    }

    /// What is asked for, the newest first.
    func entries(_ part: ChangelogOptions) async throws -> [ReleaseEntry] {
        if let text = part.releaseVersion { return [try await entry(of: try version(text))] }
        if part.isUnreleased { return [entry(try await reader.unreleased(at: tip))] }
        let history = try await reader.history(of: tip, since: part.since)
        let unreleased = entry(history.unreleased)
        // What nobody would read is no section.
        let hasNews = !writer.notes(unreleased.changes).groups.isEmpty
        let rules = context.configuration.commitRules
        let counted = self.counted
        let changes = try await history.releases.concurrentMap(width: ChangelogWriter.width) { release in
            ChangeSet(release.commits.filter { counted?.contains($0.hash) ?? true }, rules: rules).changes
        }
        return (hasNews ? [unreleased] : []) + zip(history.releases, changes).map { entry($0, $1) }
    }

    /// A version that is released, or is to be.
    func entry(of version: Version) async throws -> ReleaseEntry {
        do {
            return entry(try await reader.release(version))
        } catch ReleaseHistoryError.noSuchRelease {
            let isFolding = version.isStable && !reader.keepsPrereleases
            let commits = try await reader.unreleased(at: tip, foldingPrereleases: isFolding)
            return ReleaseEntry(
                version: version,
                tag: context.configuration.tagPolicy.gitTags.name(of: version.text),
                previousTag: commits.previous?.name,
                day: try await day(),
                changes: changes(commits.commits)
            )
        }
    }

    func version(_ text: String) throws -> Version { try context.configuration.tagPolicy.version(written: text) }

    func entry(_ release: PastRelease) -> ReleaseEntry { entry(release, changes(release.commits)) }

    private func entry(_ release: PastRelease, _ changes: [Change]) -> ReleaseEntry {
        ReleaseEntry(
            version: release.version,
            tag: release.tag,
            previousTag: release.previous?.name,
            day: ChangelogWriter.day(release.date),
            changes: changes
        )
    }

    func entry(_ unreleased: UnreleasedCommits) -> ReleaseEntry {
        ReleaseEntry(
            version: nil,
            tag: "HEAD",
            previousTag: unreleased.previous?.name,
            day: nil,
            changes: changes(unreleased.commits)
        )
    }

    private func changes(_ commits: [CommitRecord]) -> [Change] {
        ChangeSet(
            commits.filter { counted?.contains($0.hash) ?? true },
            rules: context.configuration.commitRules
        ).changes
    }

    /// The day of a release that is yet to be: of `SOURCE_DATE_EPOCH`, else of the commit, so that every run gives the
    /// same.
    private func day() async throws -> String {
        if let date = try context.sourceDate() { return ChangelogWriter.day(date) }
        let seconds = try await git.commit(tip).committerDate.secondsSinceEpoch
        return ChangelogWriter.day(Timestamp(secondsSinceEpoch: seconds))
    }

    /// The text to print.
    func text(_ entries: [ReleaseEntry], isWhole: Bool) async throws -> String {
        if isWhole { return try await writer.text(of: entries) }
        let document = try writer.document(try await file().read())
        return try entries.map { try writer.text(of: $0, in: document) }.joined()
    }

    /// Puts what is missing into the file.
    func write(_ part: ChangelogOptions) async throws {
        let file = try await file()
        let old = try file.read()
        var document = try writer.document(old)
        let entries = try await entries(part).filter { part.isUnreleased || $0.version != nil }
        warnOfSilence(entries)
        var written: [String] = []
        // The oldest first, as they would have been written.
        for entry in entries.reversed() {
            let isReleased = part.releaseVersion == nil
            let outcome = try writer.insert(
                entry,
                into: &document,
                releasing: !isReleased,
                replacing: part.isReplacing
            )
            if outcome != .unchanged { written.append(entry.version?.text ?? "Unreleased") }
        }
        if part.isDryRun { return Output.standard.write(bytes: document.bytes) }
        guard !written.isEmpty, document.bytes != old else {
            return context.inform("\(file.path): nothing to add")
        }
        try file.write(document.bytes)
        let names = written.reversed()
        let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
        context.inform("\(file.path): wrote \(names.prefix(5).joined(separator: ", "))\(rest)")
    }

    /// Says why there is nothing to read, where commits do not follow the grammar.
    func warnOfSilence(_ entries: [ReleaseEntry]) {
        guard !writer.isComplete, entries.contains(where: { !$0.changes.isEmpty }),
            entries.allSatisfy({ writer.notes($0.changes).groups.isEmpty })
        else { return }
        context.inform(
            "warning: no commit is of a type that the changelog tells of\n"
                + "hint: --all tells of every commit; titles for types go under `changelog.sections:` in tagboat.yaml"
        )
    }

    /// The changelog: in the folder, else at the top of the work tree.
    func file() async throws -> ChangelogFile {
        let top = await git.workingDirectory.map { FilePath($0) }
        return ChangelogFile(context.configuration.changelog.file, in: context.folder, workTree: top)
    }
}

/// Where the changelog is.
struct ChangelogFile {
    /// As people wrote it, or whole.
    let path: FilePath

    /// Looks in a folder, then at the top of the work tree, where a new one is made.
    init(_ file: FilePath, in folder: FilePath, workTree: FilePath?) {
        let isHere = FileManager.default.fileExists(atPath: folder.pushing(file).string)
        path = isHere || workTree == nil || workTree == folder ? file : (workTree ?? folder).pushing(file)
    }

    /// The content; nil where there is no file.
    ///
    /// - Throws: `ConfigurationError` where it cannot be read.
    func read() throws(ConfigurationError) -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path.string) else { return nil }
        guard let data = FileManager.default.contents(atPath: path.string) else {
            throw ConfigurationError("\(path) cannot be read", hint: "check that it is a file that you may read")
        }
        return Array(data)
    }

    /// Takes its place in one step.
    func write(_ bytes: [UInt8]) throws {
        let file = try AtomicFile(path)
        try file.append(bytes)
        try file.commit()
    }
}
