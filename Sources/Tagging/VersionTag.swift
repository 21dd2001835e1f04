package import OCI
package import Versioning

extension SemanticVersion {
    /// The tag that names this version for ever.
    ///
    /// `+` is no tag character and becomes `_`, by Helm's convention. No other character changes, so two versions
    /// never map to one tag.
    ///
    /// - Throws: `TaggingError.illegalTag` where the version is longer than a tag may be.
    package func tag() throws(TaggingError) -> Tag {
        try Tag(String(description.map { $0 == "+" ? "_" : $0 }), rule: .version)
    }

    /// The version that a tag names by `tag()`; nil for every other tag.
    package init?(named tag: Tag) {
        guard let first = tag.name.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            let version = try? SemanticVersion(parsing: String(tag.name.map { $0 == "_" ? "+" : $0 }))
        else { return nil }
        self = version
    }
}

extension Tag {
    /// Checks the tag that a rule gives.
    init(_ name: String, rule: TagRule) throws(TaggingError) {
        do {
            try self.init(name)
        } catch {
            throw .illegalTag(rule: rule, error)
        }
    }
}
