internal import OCI
package import Versioning

/// Keys of the image-spec's annotations (annotations.md, "Pre-Defined Annotation Keys") that we read or write.
package enum LabelKey {
    package static let version = "org.opencontainers.image.version"
    package static let revision = "org.opencontainers.image.revision"
    package static let created = "org.opencontainers.image.created"
    package static let source = "org.opencontainers.image.source"
    package static let url = "org.opencontainers.image.url"
    package static let title = "org.opencontainers.image.title"
    package static let refName = "org.opencontainers.image.ref.name"
    package static let gitCommit = "git-commit"
}

/// The label metadata of an image, sorted by key.
package struct LabelSet: Hashable, Sendable {
    package struct Label: Hashable, Sendable {
        package let key: String
        package let value: String
    }

    package let labels: [Label]

    /// Works out the labels.
    ///
    /// - Parameters:
    ///   - version: what the image is a build of, a release or a development version.
    ///   - commit: the commit that it is made from.
    ///   - remote: where the source can be read; nil where there is no such place.
    ///   - title: a short name for people.
    ///   - custom: the configuration's own labels, which win over ours.
    /// - Throws: `LabelError` for a key or value that a label must not have.
    package init(
        version: SemanticVersion,
        commit: CommitFacts,
        remote: SourceLocation?,
        title: String?,
        custom: [String: String]
    ) throws {
        var values = [
            LabelKey.version: version.description,
            LabelKey.revision: commit.hash,
            LabelKey.created: commit.date.rfc3339,
            LabelKey.refName: try version.tag().name,
            LabelKey.gitCommit: commit.hash,
        ]
        if let remote {
            values[LabelKey.source] = remote.url
            values[LabelKey.url] = remote.url
        }
        if let title { values[LabelKey.title] = title }
        values.merge(custom) { _, own in own }
        labels = try values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(Label.init(checking:))
    }
}

extension LabelSet.Label {
    fileprivate init(checking entry: (key: String, value: String)) throws(LabelError) {
        guard !entry.key.isEmpty else { throw LabelError(key: entry.key, problem: "the key is empty") }
        guard !entry.key.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0 == "=" }) else {
            throw LabelError(key: entry.key, problem: "the key may hold no white space and no \"=\"")
        }
        for (part, text) in [("key", entry.key), ("value", entry.value)] {
            for scalar in text.unicodeScalars {
                if scalar.properties.generalCategory == .control {
                    let code = String(scalar.value, radix: 16, uppercase: true)
                    throw LabelError(key: entry.key, problem: "the \(part) holds the control character U+\(code)")
                }
                if scalar == "\u{FFFD}" {
                    throw LabelError(key: entry.key, problem: "the \(part) is not valid UTF-8")
                }
            }
        }
        key = entry.key
        value = entry.value
    }
}

/// Why a label cannot be written.
package struct LabelError: Error, Equatable, Sendable, CustomStringConvertible {
    package let key: String
    package let problem: String

    package var description: String {
        // The key itself may hold what we refuse to print.
        let shown = key.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : String($0) }
        return "the label \"\(shown.joined())\" cannot be written: \(problem)"
    }
}
