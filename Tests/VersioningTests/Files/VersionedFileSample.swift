@testable import Versioning

/// A file in which ⟦…⟧ marks what is the version, and nothing else is.
struct VersionedFileSample: Sendable, CustomStringConvertible {
    let path: String
    var kind: VersionFileKind?
    var keys: [String] = []
    var pattern: String?
    var count: Int?
    /// The version that the file says, in the project's spelling.
    var version = "2.1.106"
    /// What stands in the marks when 3.0.0-rc.1 is written.
    var prerelease = "3.0.0-rc.1"
    let marked: String

    init(
        _ path: String,
        kind: VersionFileKind? = nil,
        keys: [String] = [],
        pattern: String? = nil,
        count: Int? = nil,
        version: String = "2.1.106",
        prerelease: String = "3.0.0-rc.1",
        _ marked: String
    ) {
        self.path = path
        self.kind = kind
        self.keys = keys
        self.pattern = pattern
        self.count = count
        self.version = version
        self.prerelease = prerelease
        self.marked = marked
    }

    var description: String { "\(path) \(marked.debugDescription.prefix(50))" }

    var content: String { marked.filter { $0 != "⟦" && $0 != "⟧" } }

    /// The content with something else between the marks.
    func replacing(with text: String) -> String {
        var result = ""
        var rest = marked.unicodeScalars[...]
        while let start = rest.firstIndex(of: "⟦"), let end = rest[start...].firstIndex(of: "⟧") {
            result.unicodeScalars += rest[..<start]
            result += text
            rest = rest[rest.index(after: end)...]
        }
        result.unicodeScalars += rest
        return result
    }

    func request() throws -> VersionedFile.Request {
        try VersionedFile.Request(
            path: path,
            kind: kind,
            keys: keys,
            pattern: try pattern.map { text in try FilePattern(text) },
            count: count
        )
    }

    func file(scheme: VersionScheme = .semantic) throws -> VersionedFile {
        try VersionedFile(parsing: Array(content.utf8), path: path, request: request(), scheme: scheme)
    }
}
