package import Versioning

/// The section of a version as it is to stand in a changelog.
package struct ChangelogAddition: Sendable {
    package let version: Version
    /// The whole section in Markdown: its heading, then groups of entries.
    package let text: String
    /// The version's git tag, for links.
    package let tag: String
    /// The git tag of the release before it; nil for the first one.
    package let previousTag: String?

    package init(version: Version, text: String, tag: String, previousTag: String?) {
        self.version = version
        self.text = text
        self.tag = tag
        self.previousTag = previousTag
    }
}

/// What an insertion did to a changelog.
package enum ChangelogOutcome: Hashable, Sendable {
    case inserted, replaced
    /// The version has its section already.
    case unchanged
}

extension ChangelogDocument {
    /// Puts the section of a version at its place in the order of versions.
    ///
    /// Where the version has a section already, the file stays as it is.
    ///
    /// - Parameters:
    ///   - addition: the section.
    ///   - releasing: whether the version is being released now, so that what stands under Unreleased goes into its
    ///     section.
    ///   - replacing: whether the section takes the place of one that is there.
    ///   - forge: the addresses of the project's web site, for files that have none yet.
    /// - Returns: what was done.
    /// - Throws: `ChangelogError` where the text is no section of that version.
    @discardableResult
    package mutating func insert(
        _ addition: ChangelogAddition,
        releasing: Bool = false,
        replacing: Bool = false,
        links forge: ForgeLinks? = nil
    ) throws(ChangelogError) -> ChangelogOutcome {
        var new = try section(addition)
        let own = sections.indices.filter { sections[$0].isOf(addition.version) }
        let existing = own.first { !sections[$0].heading.isPending } ?? own.first
        if let existing, !sections[existing].heading.isPending || !releasing {
            guard replacing else { return .unchanged }
            let isLast = existing == sections.endIndex - 1 && links.lines.isEmpty
            new.body = Self.body(new.body, lineEnd: lineEnd, isLast: isLast)
            sections[existing] = new
            addLinks(addition, forge: forge)
            return .replaced
        }
        if releasing { takeUnreleased(of: addition.version, pending: existing, into: &new) }
        place(new)
        addLinks(addition, forge: forge)
        return .inserted
    }

    /// Adds entries to what is not released yet; those that are there already stay as they are.
    ///
    /// - Parameter text: a whole section in Markdown, whose heading is used where the file has no such section yet.
    /// - Returns: what was done.
    @discardableResult
    package mutating func addUnreleased(_ text: String) -> ChangelogOutcome {
        var generated = ChangelogDocument(parsing: native(text), scheme: scheme, tagPrefix: tagPrefix)
        guard !generated.sections.isEmpty else { return .unchanged }
        guard let index = sections.firstIndex(where: { $0.heading.subject == .unreleased }) else {
            generated.sections[0].body = Self.body(
                generated.sections[0].body,
                lineEnd: lineEnd,
                isLast: sections.isEmpty && links.lines.isEmpty
            )
            insert(generated.sections[0], at: sections.startIndex)
            return .inserted
        }
        let old = sections[index].body
        var body = ChangelogBody(old)
        let hadGroups = body.bytes
        body.merge(ChangelogBody(generated.sections[0].body), lineEnd: lineEnd)
        guard body.bytes != hadGroups else { return .unchanged }
        if sections[index].headingBytes.last != UInt8(ascii: "\n") { sections[index].headingBytes += lineEnd }
        let isLast = index == sections.endIndex - 1 && links.lines.isEmpty
        sections[index].body = Self.body(body.bytes, lineEnd: lineEnd, isLast: isLast)
        return .replaced
    }

    /// The addition as a section of this file.
    private func section(_ addition: ChangelogAddition) throws(ChangelogError) -> Section {
        let rendered = ChangelogDocument(parsing: native(addition.text), scheme: scheme, tagPrefix: tagPrefix)
        guard var section = rendered.sections.first, section.isOf(addition.version),
            rendered.preamble.allSatisfy({ [0x0A, 0x0D, 0x20].contains($0) })
        else { throw ChangelogError.noHeading(addition.version) }
        // A section may hold definitions of links at its end, and headings as wide as its own.
        section.body = Array(rendered.bytes.dropFirst(rendered.preamble.count + section.headingBytes.count))
        if section.headingBytes.last != UInt8(ascii: "\n") { section.headingBytes += lineEnd }
        return section
    }

    /// Moves what people wrote under Unreleased into a section; the heading stays, with what guides its writers.
    private mutating func takeUnreleased(of version: Version, pending: Int?, into section: inout Section) {
        var written = ChangelogBody([])
        if let pending {
            written = ChangelogBody(sections[pending].body)
            sections.remove(at: pending)
        } else if let index = sections.firstIndex(where: { $0.heading.subject == .unreleased }) {
            written = ChangelogBody(sections[index].body)
            let left = written.takeSkeleton()
            let end = sections[index].headingBytes.last == UInt8(ascii: "\n") ? [] : lineEnd
            sections[index].headingBytes += end
            sections[index].body = Self.body(left, lineEnd: lineEnd, isLast: false)
        }
        guard !written.isEmpty else { return }
        written.merge(ChangelogBody(section.body), lineEnd: lineEnd)
        section.body = written.bytes
    }

    /// Puts a section where its version belongs: before the first one that is lower, in a file that begins with the
    /// oldest before the first one that is higher.
    private mutating func place(_ section: Section) {
        guard let version = section.version else { return }
        let versions = sections.compactMap(\.version)
        let isAscending = versions.count > 1 && zip(versions, versions.dropFirst()).allSatisfy { $0 < $1 }
        var place = sections.firstIndex { other in
            other.version.map { isAscending ? $0 > version : $0 < version } ?? false
        }
        if place == nil {
            // Behind the last version, but before what is no version at the end of the file.
            let last = sections.lastIndex { $0.version != nil || (!isAscending && $0.heading.subject == .unreleased) }
            place = last.map { $0 + 1 } ?? sections.startIndex
        }
        var section = section
        let index = place ?? sections.endIndex
        section.body = Self.body(
            section.body,
            lineEnd: lineEnd,
            isLast: index == sections.endIndex && links.lines.isEmpty
        )
        insert(section, at: index)
    }

    private mutating func insert(_ section: Section, at index: Int) {
        var section = section
        let before =
            index == sections.startIndex ? preamble : sections[index - 1].headingBytes + sections[index - 1].body
        // What stands before keeps its bytes; a blank line that is missing there comes with the new section.
        let gap = before.allSatisfy({ ByteOrderMark.bytes.contains($0) }) ? [] : before.missingBlankLine(lineEnd)
        section.headingBytes = gap + section.headingBytes
        sections.insert(section, at: index)
    }

    /// A body between blank lines; the end of the file is one line end.
    private static func body(_ body: [UInt8], lineEnd: [UInt8], isLast: Bool) -> [UInt8] {
        let content = ChangelogBody.trimmed(body[...])
        if content.isEmpty { return isLast ? [] : lineEnd }
        // A list right below the heading is how some people write.
        let start = body.first.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? true ? lineEnd : []
        return start + content + lineEnd + (isLast ? [] : lineEnd)
    }

    /// The text with the line ends of the file.
    private func native(_ text: String) -> [UInt8] {
        let text = text.replacingCarriageReturns
        guard lineEnd == LineEnd.dos else { return Array(text.utf8) }
        return text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? LineEnd.dos : [$0] }
    }
}

extension ChangelogBody {
    /// Takes out what is there for the writers to fill in: comments before the first entry, and headings without
    /// entries.
    fileprivate mutating func takeSkeleton() -> [UInt8] {
        let lines = MarkdownLine.lines(of: lead[...])
        let guide = lines.prefix { $0.isBlank || $0.isOpaque || $0.text.isComment }
        // Code may open a text too; only comments are for its writers.
        let isGuide = guide.first { !$0.isBlank }.map { $0.text.hasPrefix("<!--") } ?? false
        let comments = isGuide ? guide.flatMap(\.bytes) : []
        lead.removeFirst(comments.count)
        // The blank line below the heading is for both.
        if !comments.isEmpty { lead = Array(guide.last { $0.isBlank }?.bytes ?? []) + lead }
        let empty = groups.filter(\.isEmpty).flatMap { $0.heading + $0.content }
        groups.removeAll(where: \.isEmpty)
        return comments + empty
    }
}

extension String {
    /// Whether the line is one whole comment.
    fileprivate var isComment: Bool { trimmingSpaces.hasPrefix("<!--") && trimmingSpaces.hasSuffix("-->") }
}

/// Why a section cannot be put into a changelog.
package enum ChangelogError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The template of sections writes no heading that could be found again.
    case noHeading(Version)

    package var description: String {
        switch self {
        case .noHeading(let version): "the section of \(version) does not begin with a heading that names it"
        }
    }

    package var hint: String {
        "begin the template changelog.section with {{{marks}}} {{{heading}}}"
    }
}
