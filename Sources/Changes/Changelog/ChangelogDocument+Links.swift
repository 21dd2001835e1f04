import Versioning

extension ChangelogDocument {
    /// Whether the headings of versions are links that the end of the file defines.
    private var hasVersionLinks: Bool {
        links.lines.contains { $0.label.map { $0 == "unreleased" || version(ofLabel: $0) != nil } ?? false }
    }

    /// Adds the link of a version, and lets that of Unreleased begin there, where the file has such links.
    ///
    /// - Parameters:
    ///   - addition: the version and its tags.
    ///   - forge: the project's web site; what the file itself has goes before.
    mutating func addLinks(_ addition: ChangelogAddition, forge: ForgeLinks?) {
        guard hasVersionLinks || isNew else { return }
        let shape = links.lines.lazy.compactMap { $0.address.flatMap(ComparisonAddress.init) }.first
        let label = style(around: addition.version).prefix + addition.version.text
        let isKnown = links.lines.contains { $0.label == label.lowercased() }
        if !isKnown, let address = address(of: addition, shape: shape, forge: forge) {
            insert(ReferenceLinks.Line(label: label, address: address, lineEnd: lineEnd), for: addition.version)
        }
        for index in links.lines.indices where links.lines[index].label == "unreleased" {
            guard let address = links.lines[index].address else { continue }
            if let comparison = ComparisonAddress(address) {
                guard version(ofLabel: comparison.older).map({ $0 < addition.version }) ?? false else { continue }
                links.lines[index].replaceAddress(with: comparison.between(addition.tag, comparison.newer))
            } else if let forge, let previous = addition.previousTag,
                address == forge.comparison(from: previous, to: "HEAD")
            {
                // A form that only its own web site has.
                links.lines[index].replaceAddress(with: forge.comparison(from: addition.tag, to: "HEAD"))
            }
        }
    }

    private func address(of addition: ChangelogAddition, shape: ComparisonAddress?, forge: ForgeLinks?) -> String? {
        guard let previous = addition.previousTag else { return forge?.release(addition.tag) }
        return shape?.between(previous, addition.tag) ?? forge?.comparison(from: previous, to: addition.tag)
    }

    /// Puts the definition before that of the first lower version.
    private mutating func insert(_ line: ReferenceLinks.Line, for version: Version) {
        if links.lines.isEmpty {
            // Between the last section and the first link there is a blank line.
            if let last = sections.indices.last {
                let end = sections[last].headingBytes + sections[last].body
                sections[last].body += end.missingBlankLine(lineEnd)
            }
            links.lines = [line]
            return
        }
        let lower = links.lines.firstIndex { other in
            other.label.flatMap(self.version(ofLabel:)).map { $0 < version } ?? false
        }
        let last = links.lines.lastIndex { other in
            other.label.map { $0 == "unreleased" || self.version(ofLabel: $0) != nil } ?? false
        }
        let index = lower ?? last.map { $0 + 1 } ?? links.lines.startIndex
        if index > 0, links.lines[index - 1].bytes.last != UInt8(ascii: "\n") {
            links.lines[index - 1].bytes += lineEnd
        }
        links.lines.insert(line, at: index)
    }

    private func version(ofLabel label: String) -> Version? {
        let heading = ChangelogHeading("[\(label)]", level: 2, scheme: scheme, tagPrefix: tagPrefix)
        guard case .version(let version) = heading.subject else { return nil }
        return version
    }
}

extension ReferenceLinks.Line {
    /// Changes the address and nothing else in the line.
    fileprivate mutating func replaceAddress(with new: String) {
        guard let address, let place = bytes.firstRange(of: Array(address.utf8)) else { return }
        bytes.replaceSubrange(place, with: Array(new.utf8))
        self = ReferenceLinks.Line(MarkdownLine(bytes: bytes[...], isOpaque: false))
    }
}
