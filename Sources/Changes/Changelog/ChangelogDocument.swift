package import Versioning

/// A changelog file: what it begins with, a section for each version, and reference links at its end.
///
/// Printed again it is the same, byte by byte; an insertion leaves every other byte where people put it.
package struct ChangelogDocument: Sendable {
    /// A heading and what stands below it.
    package struct Section: Sendable {
        package let heading: ChangelogHeading
        /// The heading's own lines.
        var headingBytes: [UInt8]
        /// Everything up to the next section.
        var body: [UInt8]

        /// The text below the heading, without blank lines around it.
        package var text: String {
            String(decoding: ChangelogBody.trimmed(body[...]), as: UTF8.self).replacingCarriageReturns
        }

        var version: Version? {
            if case .version(let version) = heading.subject { version } else { nil }
        }

        /// Whether this is the section of a version, by its text.
        func isOf(_ other: Version) -> Bool { version?.text == other.text }
    }

    /// What stands before the first section.
    var preamble: [UInt8]
    package internal(set) var sections: [Section]
    var links: ReferenceLinks
    /// The line end of the file.
    let lineEnd: [UInt8]
    let scheme: VersionScheme
    let tagPrefix: String
    /// Whether tagboat begins the file, so that its style is ours to choose.
    var isNew: Bool

    /// The file's bytes.
    package var bytes: [UInt8] {
        var bytes = preamble
        for section in sections { bytes += section.headingBytes + section.body }
        return bytes + links.bytes
    }

    /// The section of a version; nil where the file has none.
    package func section(of version: Version) -> Section? { sections.first { $0.isOf(version) } }

    /// The section of what is not released yet.
    package var unreleased: Section? { sections.first { $0.heading.subject == .unreleased } }

    /// How the file writes the heading of a version, by its nearest neighbour.
    package func style(around version: Version) -> ChangelogHeading.Style {
        let versions = sections.filter { $0.version != nil }
        // A section that is written anew keeps its own.
        let neighbour =
            versions.first { $0.isOf(version) }
            ?? versions.first { section in section.version.map { $0 < version } ?? false }
        // Small headings for patches are an other tool's habit, below which ours would be no section of its own.
        guard var style = (neighbour ?? versions.last)?.heading.style else { return ChangelogHeading.Style() }
        style.level = min(style.level, 2)
        // What a neighbour lacks is no style: the date of a first release is often left out.
        if style.date == .none { style.date = .dash }
        return style
    }
}

extension String {
    /// The text with line feeds alone.
    var replacingCarriageReturns: String {
        guard utf8.contains(UInt8(ascii: "\r")) else { return self }
        var bytes: [UInt8] = []
        for byte in utf8 {
            if byte == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
