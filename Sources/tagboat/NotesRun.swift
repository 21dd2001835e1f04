import Changes
import Release
import Tagging
import Versioning

/// A run of `tagboat notes`: what people wrote of a version, or what its commits say.
struct NotesRun {
    private let changelog: ChangelogRun
    private let source: NotesSource

    /// What to tell of.
    enum Subject {
        case version(String)
        /// A version whose git tag may be made later.
        case releasing(String)
        /// The version at HEAD, else the highest release that it contains.
        case latest
        case unreleased
    }

    /// Notes, with people's own words where there are some.
    struct Notes {
        let entry: ReleaseEntry
        let written: String?
    }

    var writer: ChangelogWriter { changelog.writer }

    init(_ context: CommandContext, source: NotesSource, isComplete: Bool = false) async throws {
        changelog = try await ChangelogRun(context, isComplete: isComplete)
        self.source = source
    }

    func notes(of subject: Subject) async throws -> Notes {
        let version: Version?
        switch subject {
        case .version(let text), .releasing(let text): version = try changelog.version(text)
        case .unreleased: version = nil
        case .latest: version = try await latest()
        }
        if source != .history, let notes = try await writtenNotes(of: version) { return notes }
        if source == .file {
            let name = version?.text ?? "what is unreleased"
            throw ConfigurationError(
                "\(try await changelog.file().path) says nothing of \(name)",
                hint: "write its section with `tagboat changelog --write`, or take --source history"
            )
        }
        guard let version else {
            let entry = changelog.entry(try await changelog.reader.unreleased(at: changelog.tip))
            return told(entry)
        }
        if case .releasing = subject { return told(try await changelog.entry(of: version)) }
        return told(changelog.entry(try await changelog.reader.release(version)))
    }

    private func told(_ entry: ReleaseEntry) -> Notes {
        changelog.warnOfSilence([entry])
        return Notes(entry: entry, written: nil)
    }

    /// What the changelog says; no history is read for it.
    private func writtenNotes(of version: Version?) async throws -> Notes? {
        guard let bytes = try await changelog.file().read() else { return nil }
        let document = try writer.document(bytes)
        guard let section = version.map(document.section(of:)) ?? document.unreleased else { return nil }
        let text = document.text(of: section)
        guard !text.isEmpty else { return nil }
        let tag = version.map { writer.policy.gitTags.name(of: $0.text) } ?? "HEAD"
        let previous = version.flatMap { document.version(before: $0) }
        let entry = ReleaseEntry(
            version: version,
            tag: tag,
            previousTag: previous.map { writer.policy.gitTags.name(of: $0.text) },
            day: section.heading.day,
            changes: []
        )
        return Notes(entry: entry, written: text)
    }

    private func latest() async throws -> Version {
        if let version = try await changelog.reader.version(at: changelog.tip) { return version }
        return try await changelog.reader.highestRelease(in: changelog.tip).version
    }

    /// The notes by a template.
    func text(_ notes: Notes, template: String) throws -> String {
        let fields = TemplateFields(
            notes.entry,
            notes: writer.notes(notes.entry.changes),
            links: writer.links,
            showsAuthors: writer.showsAuthors,
            written: notes.written
        )
        let templates = Templates(folder: changelog.context.configuration.templates)
        return try templates.render(template, fields).droppingBlankStart
    }
}

extension String {
    /// The text from its first line that is not blank.
    fileprivate var droppingBlankStart: String { String(drop(while: \.isNewline)) }
}
