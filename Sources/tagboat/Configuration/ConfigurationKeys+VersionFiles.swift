import Release
import Versioning

extension ConfigurationKey {
    /// The files that carry the version.
    static let versionFiles: [ConfigurationKey] = [
        ConfigurationKey(
            path: "version.files",
            summary: "Further files that carry the version (docs/version-files.md).",
            shape: .list(
                .either(
                    .text(example: "package.json"),
                    .object([
                        ("path", .text(example: "crates/*/Cargo.toml"), "The file, or a pattern of paths."),
                        (
                            "kind", .word(VersionFileKind.allCases.map(\.rawValue)),
                            "What it is; by default its name says."
                        ),
                        ("keys", .list(.text(example: "image.tag")), "Where the version stands in it."),
                        (
                            "pattern", .text(example: "^v([0-9.]+)$"),
                            "A regular expression with one group, the version."
                        ),
                        ("count", .integer(1...1000), "How often the pattern must match; at least once by default."),
                        ("optional", .boolean, "Whether the file may be absent."),
                    ])
                )
            ),
            defaultText: "[]",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.versionFiles = try node.items { item throws(ConfigurationError) in
                    VersionedFiles.Request(try item.versionedFile(), in: folder)
                }
            }
        )
    ]
}

extension ConfigurationNode {
    /// A file that carries the version: its path, or a mapping.
    fileprivate func versionedFile() throws(ConfigurationError) -> VersionedFile.Request {
        var path = ""
        var kind: VersionFileKind?
        var keys: [String] = []
        var pattern: FilePattern?
        var count: Int?
        var isOptional = false
        if isScalar {
            path = try text()
        } else {
            for (key, value) in try entries(known: ["path", "kind", "keys", "pattern", "count", "optional"]) {
                switch key {
                case "path": path = try value.text()
                case "kind":
                    kind = try value.scalar { text throws(ConfigurationError) in
                        try ConfigurationValue.word(text, "kind of file")
                    }
                case "keys": keys = try value.elements { text throws(ConfigurationError) in text }
                case "pattern": pattern = try value.scalar(ConfigurationValue.filePattern)
                case "count": count = try value.scalar(ConfigurationValue.integer)
                default: isOptional = try value.scalar(ConfigurationValue.boolean)
                }
            }
        }
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw error("a file that carries the version needs a path", hint: "write - package.json")
        }
        do {
            return try VersionedFile.Request(
                path: path,
                kind: kind,
                keys: keys,
                pattern: pattern,
                count: count,
                isOptional: isOptional
            )
        } catch {
            throw self.error(error.description, hint: error.hint)
        }
    }
}

extension ConfigurationValue {
    fileprivate static func filePattern(_ text: String) throws(ConfigurationError) -> FilePattern {
        do {
            return try FilePattern(text)
        } catch {
            throw ConfigurationError(error.description, hint: error.hint)
        }
    }
}
