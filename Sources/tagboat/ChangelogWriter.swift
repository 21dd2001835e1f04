import Changes
import Registry
import Tagging
import Versioning

/// Writes sections of a changelog from what commits say: templates and the project's web site, but no files and no
/// history, which come as values.
struct ChangelogWriter: Sendable {
    let settings: ChangelogSettings
    let policy: TagPolicy
    let links: ForgeLinks?
    /// Whether to tell also of commits whose type has no title.
    let isComplete: Bool
    let showsAuthors: Bool
    private let section: PreparedTemplate
    private let header: PreparedTemplate

    /// Reads the templates.
    ///
    /// - Throws: `ConfigurationError` where one of them is malformed.
    init(
        _ configuration: Configuration,
        links: ForgeLinks?,
        isComplete: Bool = false,
        showsAuthors: Bool = false
    ) throws(ConfigurationError) {
        settings = configuration.changelog
        policy = configuration.tagPolicy
        self.links = links
        self.isComplete = isComplete
        self.showsAuthors = showsAuthors || configuration.changelog.showsAuthors
        let templates = Templates(folder: configuration.templates)
        section = try templates.prepared("changelog.section")
        header = try templates.prepared("changelog.header")
    }

    /// The changelog with the section of a version that is being released now.
    ///
    /// What people wrote under Unreleased goes into the section. A file that has the section already stays as it is.
    ///
    /// - Parameters:
    ///   - version: the new version.
    ///   - date: the moment of the release; its day in UTC is told.
    ///   - changes: what it brings, the newest first.
    ///   - previousTag: the git tag of the release before it; nil for the first one.
    ///   - old: the file's bytes; nil where there is no file yet.
    /// - Returns: the file's new bytes.
    /// - Throws: `ConfigurationError`, `ChangelogError` for templates that do not fit.
    func bytes(
        releasing version: Version,
        on date: Timestamp,
        changes: [Change],
        after previousTag: String?,
        into old: [UInt8]?
    ) throws -> [UInt8] {
        var document = try document(old)
        let tag = policy.gitTags.name(of: version.text)
        let day = Self.day(date)
        let entry = ReleaseEntry(version: version, tag: tag, previousTag: previousTag, day: day, changes: changes)
        try insert(entry, into: &document, releasing: true, replacing: false)
        return document.bytes
    }

    /// The day of a moment, in UTC.
    static func day(_ date: Timestamp) -> String { String(date.rfc3339.prefix(10)) }

    /// Reads a changelog; where there is none, begins one.
    func document(_ old: [UInt8]?) throws -> ChangelogDocument {
        guard let old, !old.allSatisfy({ [0x0A, 0x0D, 0x20].contains($0) }) else {
            return ChangelogDocument(beginningWith: try header.render(TemplateFields([])), like: empty)
        }
        return ChangelogDocument(parsing: old, scheme: policy.scheme, tagPrefix: policy.gitTags.prefix)
    }

    private var empty: ChangelogDocument {
        ChangelogDocument(parsing: [], scheme: policy.scheme, tagPrefix: policy.gitTags.prefix)
    }

    /// Puts a release into a changelog.
    @discardableResult
    func insert(
        _ entry: ReleaseEntry,
        into document: inout ChangelogDocument,
        releasing: Bool,
        replacing: Bool
    ) throws -> ChangelogOutcome {
        guard let version = entry.version else { return document.addUnreleased(try text(of: entry, in: document)) }
        // Rendering is most of the work.
        if !replacing, let section = document.section(of: version), !section.heading.isPending || !releasing {
            return .unchanged
        }
        let addition = ChangelogAddition(
            version: version,
            text: try text(of: entry, in: document),
            tag: entry.tag,
            previousTag: entry.previousTag
        )
        return try document.insert(addition, releasing: releasing, replacing: replacing, links: links)
    }

    /// The section of a release, in the style of a changelog.
    func text(of entry: ReleaseEntry, in document: ChangelogDocument) throws(ConfigurationError) -> String {
        var style = ChangelogHeading.Style()
        if let version = entry.version { style = document.style(around: version) }
        let address = entry.previousTag.flatMap { links?.comparison(from: $0, to: entry.tag) }
        let heading =
            entry.version.map { style.text($0, date: entry.day, address: address ?? links?.release(entry.tag)) }
            ?? document.unreleased.map { _ in "Unreleased" } ?? "[Unreleased]"
        let fields = TemplateFields(
            entry,
            notes: notes(entry.changes),
            heading: (heading, style.level),
            links: links,
            showsAuthors: showsAuthors
        )
        return try section.render(fields)
    }

    /// How many releases are read and written at once: enough to keep every processor busy.
    static let width = 8

    /// The whole changelog of releases, the newest first.
    func text(of releases: [ReleaseEntry]) async throws -> String {
        let document = empty
        let texts = try await releases.concurrentMap(width: Self.width) { try text(of: $0, in: document) }
        var additions: [ChangelogAddition] = []
        var unreleased: (text: String, since: String?)?
        for (entry, text) in zip(releases, texts) {
            guard let version = entry.version else {
                unreleased = (text, entry.previousTag)
                continue
            }
            additions.append(
                ChangelogAddition(version: version, text: text, tag: entry.tag, previousTag: entry.previousTag)
            )
        }
        let whole = ChangelogDocument(
            beginningWith: try header.render(TemplateFields([])),
            unreleased: unreleased,
            releases: additions,
            links: links,
            like: document
        )
        return String(decoding: whole.bytes, as: UTF8.self)
    }

    /// Changes by title.
    func notes(_ changes: [Change]) -> ReleaseNotes {
        ReleaseNotes(changes, sections: settings.sections, isComplete: isComplete)
    }
}
