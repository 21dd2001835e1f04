package import OCI
package import Versioning

/// Keys of the image-spec's annotations (annotations.md, "Pre-Defined Annotation Keys") that we read or write.
package enum LabelKey {
    package static let version = "org.opencontainers.image.version"
    package static let revision = "org.opencontainers.image.revision"
    package static let created = "org.opencontainers.image.created"
    package static let source = "org.opencontainers.image.source"
    package static let url = "org.opencontainers.image.url"
    package static let title = "org.opencontainers.image.title"
    package static let description = "org.opencontainers.image.description"
    package static let vendor = "org.opencontainers.image.vendor"
    package static let licenses = "org.opencontainers.image.licenses"
    package static let documentation = "org.opencontainers.image.documentation"
    package static let refName = "org.opencontainers.image.ref.name"
    package static let baseName = "org.opencontainers.image.base.name"
    package static let baseDigest = "org.opencontainers.image.base.digest"
    package static let gitCommit = "git-commit"
}

/// The image that another one is built upon, for its labels.
package struct BaseImage: Hashable, Sendable {
    /// The whole name by tag, such as `docker.io/library/alpine:3.22`.
    package let name: String
    /// What the name stood for; nil where nobody asked a registry.
    package let digest: Digest?

    package init(name: String, digest: Digest?) {
        self.name = name
        self.digest = digest
    }
}

/// The label metadata of an image, sorted by key.
package struct LabelSet: Hashable, Sendable {
    package struct Label: Hashable, Sendable {
        package let key: String
        package let value: String
    }

    /// What the labels tell of.
    package struct Subject: Sendable {
        /// What the image is a build of, a release or a development version.
        package var version: Version
        /// The tag that names the version.
        package var tag: Tag
        package var commit: CommitFacts
        /// Where the source can be read; nil where there is no such place.
        package var remote: SourceLocation?
        /// A short name for people.
        package var title: String?
        package var base: BaseImage?

        package init(
            version: Version,
            tag: Tag,
            commit: CommitFacts,
            remote: SourceLocation? = nil,
            title: String? = nil,
            base: BaseImage? = nil
        ) {
            self.version = version
            self.tag = tag
            self.commit = commit
            self.remote = remote
            self.title = title
            self.base = base
        }
    }

    package let labels: [Label]

    /// Works out the labels.
    ///
    /// - Parameters:
    ///   - subject: what they tell of.
    ///   - custom: the configuration's own labels, which win over ours; an empty value takes a label away.
    ///   - context: the build, for expressions in the configuration's labels.
    ///   - isLegacy: whether to add the keys of label-schema.org, which the OCI's replaced.
    /// - Throws: `LabelError` for a key or value that a label must not have; `TagRuleError` for an expression.
    package init(
        _ subject: Subject,
        custom: [String: String] = [:],
        context: RuleContext,
        isLegacy: Bool = false
    ) throws {
        var values: [String: String] = [:]
        for (key, value) in Self.predefined { values[key] = value(subject) }
        for (key, value) in custom { values[key] = try context.expandKnown(value) }
        values = values.filter { !$0.value.isEmpty || custom[$0.key] == nil }
        if isLegacy { values.merge(Self.labelSchema(values)) { own, _ in own } }
        labels = try values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(Label.init(checking:))
    }

    /// Our own labels and what they say; nothing where there is nothing to say.
    private static let predefined: [(key: String, value: @Sendable (Subject) -> String?)] = [
        (LabelKey.version, { $0.version.text }),
        (LabelKey.revision, { $0.commit.hash }),
        (LabelKey.created, { $0.commit.date.rfc3339 }),
        (LabelKey.refName, { $0.tag.name }),
        (LabelKey.gitCommit, { $0.commit.hash }),
        (LabelKey.source, { $0.remote?.url }),
        (LabelKey.url, { $0.remote?.url }),
        (LabelKey.title, { $0.title }),
        (LabelKey.baseName, { $0.base?.name }),
        (LabelKey.baseDigest, { $0.base?.digest?.description }),
    ]

    /// The keys of our own labels, those of the remote, title and base among them, which not every image has.
    package static var predefinedKeys: [String] { predefined.map(\.key) }

    /// The keys of label-schema.org 1.0, for readers that know no others.
    private static func labelSchema(_ values: [String: String]) -> [String: String] {
        let successors = [
            "build-date": LabelKey.created, "name": LabelKey.title, "description": LabelKey.description,
            "url": LabelKey.url, "vcs-url": LabelKey.source, "vcs-ref": LabelKey.revision, "vendor": LabelKey.vendor,
            "version": LabelKey.version, "usage": LabelKey.documentation,
        ]
        var legacy = ["org.label-schema.schema-version": "1.0"]
        for (key, successor) in successors { legacy["org.label-schema.\(key)"] = values[successor] }
        return legacy
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
