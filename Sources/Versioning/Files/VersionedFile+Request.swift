extension VersionedFile {
    /// What a project says of a file that carries its version.
    package struct Request: Equatable, Sendable {
        /// The file's path, or a pattern of paths (`crates/*/Cargo.toml`).
        package let path: String
        package let kind: VersionFileKind
        /// Where the version stands; empty for the kind's own places.
        package let keys: [String]
        package let pattern: FilePattern?
        /// How often the pattern must match; nil for at least once.
        package let count: Int?
        /// Whether the file may be absent.
        package let isOptional: Bool

        /// Takes what is said, and finds out the kind by the file's name where it is not said.
        ///
        /// - Parameters:
        ///   - path: the file's path, or a pattern of paths.
        ///   - kind: what the file is.
        ///   - keys: where the version stands in it.
        ///   - pattern: a regular expression that finds it; the kind is then `regex`.
        ///   - count: how often the pattern must match.
        ///   - isOptional: whether the file may be absent.
        /// - Throws: `RequestError` where the kind is not known, or does not go together with the rest.
        package init(
            path: String,
            kind: VersionFileKind? = nil,
            keys: [String] = [],
            pattern: FilePattern? = nil,
            count: Int? = nil,
            isOptional: Bool = false
        ) throws(RequestError) {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard let kind = kind ?? (pattern == nil ? VersionFileKind(fileName: name) : .regex) else {
                throw RequestError(
                    "it is not known where the version stands in \(path)",
                    hint: "say `kind:`, one of \(VersionFileKind.allCases.map(\.rawValue).joined(separator: ", ")), "
                        + "or a `pattern:` with one group"
                )
            }
            guard (kind == .regex) == (pattern != nil) else {
                throw RequestError(
                    kind == .regex
                        ? "the kind regex needs a `pattern:`"
                        : "a `pattern:` does not go together with the kind \(kind.rawValue)",
                    hint: "write { path: \(path), pattern: 'release = \"([^\"]+)\"' }"
                )
            }
            guard kind != .regex || count.map({ (1...FilePattern.mostMatches).contains($0) }) ?? true else {
                throw RequestError("count: write a number from 1 to \(FilePattern.mostMatches)", hint: nil)
            }
            guard count == nil || kind == .regex else {
                throw RequestError("count: goes together with `pattern:` alone", hint: nil)
            }
            guard keys.isEmpty || kind.takesKeys else {
                throw RequestError("keys: the kind \(kind.rawValue) has its version in one place", hint: nil)
            }
            guard !keys.isEmpty || !kind.needsKeys else {
                throw RequestError(
                    "keys: it must be said where the version stands in \(path)",
                    hint: "write { path: \(path), keys: [tool.example.version] }"
                )
            }
            guard Set(keys).count == keys.count, !keys.contains("") else {
                throw RequestError("keys: one is empty, or stands twice", hint: nil)
            }
            if kind.hasDocumentKeys, let bad = keys.first(where: { DocumentKey($0) == nil }) {
                throw RequestError("keys: the quotes of \(bad) do not match", hint: nil)
            }
            self.path = path
            self.kind = kind
            self.keys = keys
            self.pattern = pattern
            self.count = count
            self.isOptional = isOptional
        }
    }

    /// What is wrong with a request.
    package struct RequestError: Error, Equatable, Sendable, CustomStringConvertible {
        package let description: String
        package let hint: String

        init(_ description: String, hint: String?) {
            self.description = description
            self.hint = hint ?? "docs/version-files.md says what each kind of file takes"
        }
    }
}

extension VersionFileKind {
    /// Whether keys are written with dots between levels.
    var hasDocumentKeys: Bool {
        switch self {
        case .json, .packageJSON, .composer, .toml, .cargo, .pyproject, .yaml, .chart, .pubspec: true
        default: false
        }
    }
}
