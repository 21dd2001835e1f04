package import OCI
package import Versioning

extension Version {
    /// The name that stands for this version alone.
    ///
    /// `+` is no tag character and becomes `_`, by Helm's convention. No other character changes, so two versions
    /// never map to one name.
    var tagName: String { text.replacing(UInt8(ascii: "+"), with: UInt8(ascii: "_")) }

    /// The tag that names this version for ever.
    ///
    /// - Throws: `TaggingError.illegalTag` where the version cannot be a tag.
    package func tag(in affix: Affix = .none) throws(TaggingError) -> Tag {
        try Tag(affix.around(tagName), rule: TagRule.VersionLine.version.rawValue)
    }
}

extension String {
    /// Whether it begins with a digit and has two dots.
    fileprivate var looksSemantic: Bool {
        guard let first = utf8.first, (0x30...0x39).contains(first) else { return false }
        return utf8.count(where: { $0 == UInt8(ascii: ".") }) >= 2
    }

    /// The text with one ASCII character in place of another.
    fileprivate func replacing(_ old: UInt8, with new: UInt8) -> String {
        guard utf8.contains(old) else { return self }
        return String(decoding: utf8.map { $0 == old ? new : $0 }, as: UTF8.self)
    }
}

extension VersionScheme {
    /// The version that a tag's name stands for by `tagName`; nil for every other name.
    package func version(named name: String) -> Version? {
        // Most tags of a repository are of lines, words and hashes; that is seen at once.
        if self == .semantic, !name.looksSemantic { return nil }
        let text = name.replacing(UInt8(ascii: "_"), with: UInt8(ascii: "+"))
        // `v1.0.0` names the same version as `1.0.0` for Python, but only one of them is its tag.
        guard let version = try? version(text), version.tagName == name else { return nil }
        return version
    }
}

extension TagPolicy {
    /// The version that people wrote, with or without the `v` of git tags.
    ///
    /// - Throws: `VersionError`.
    package func version(written text: String) throws(VersionError) -> Version {
        do {
            return try scheme.version(text)
        } catch {
            guard text.hasPrefix("v"), let version = try? scheme.version(String(text.dropFirst())) else { throw error }
            return version
        }
    }

    /// The version that a git tag names; nil for every other tag.
    package func version(gitTag name: String) -> Version? {
        for text in gitTags.candidates(in: name) {
            // Most tags of other things are seen at once, without the cost of an error.
            guard let first = text.utf8.first, scheme != .semantic || (0x30...0x39).contains(first),
                let version = try? scheme.version(String(text))
            else { continue }
            return version
        }
        return nil
    }

    /// Every name of a git tag that stands for a version, sorted; nil where its scheme lets people write it in more
    /// ways than one.
    package func gitTagNames(of version: Version) -> [String]? {
        guard scheme == .semantic else { return nil }
        let names = Set([gitTags.name(of: version.text), version.text, "v" + version.text])
        return names.filter { self.version(gitTag: $0) == version }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension Tag {
    /// Checks the tag that a rule gives.
    init(_ name: String, rule: String) throws(TaggingError) {
        do {
            try self.init(name)
        } catch {
            throw .illegalTag(rule: rule, error)
        }
    }
}
