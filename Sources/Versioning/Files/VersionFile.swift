/// A VERSION file: one version, with an optional `v`, among comments (`#`) and blank lines.
///
/// The file's bytes are kept, so that writing a new version changes the version and nothing else.
package struct VersionFile: Equatable, Sendable {
    /// The version that the file names.
    package let version: Version
    /// The file as it is.
    package let bytes: [UInt8]
    /// Where the version's text stands in `bytes`, without any `v`.
    let versionRange: Range<Int>

    /// Reads a VERSION file's content.
    ///
    /// A byte order mark, CRLF line ends, white space around the version and a leading `v` or `V` are accepted.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - path: the file's name, for the error.
    ///   - scheme: how the project writes its versions.
    /// - Throws: `VersionFileError` that names file, line and what was expected.
    package init(
        parsing bytes: [UInt8],
        path: String,
        scheme: VersionScheme = .semantic
    ) throws(VersionFileError) {
        var found: (version: Version, range: Range<Int>, line: Int)?
        for (number, line) in Self.lines(of: bytes) {
            let content = Self.trim(line, in: bytes)
            guard !content.isEmpty, bytes[content.lowerBound] != UInt8(ascii: "#") else { continue }
            if let found {
                throw VersionFileError(
                    path: path,
                    line: number,
                    problem: "a second version; line \(found.line) already holds \(found.version)"
                )
            }
            let startsWithV =
                bytes[content.lowerBound] | 0x20 == UInt8(ascii: "v")
                && content.count > 1 && bytes[content.lowerBound + 1].isASCIIDigit
            let range = (content.lowerBound + (startsWithV ? 1 : 0))..<content.upperBound
            guard let text = String(validating: bytes[range], as: UTF8.self) else {
                throw VersionFileError(path: path, line: number, problem: "bytes that are not UTF-8 text")
            }
            do {
                found = (try scheme.version(text), range, number)
            } catch {
                throw VersionFileError(path: path, line: number, problem: error.description)
            }
        }
        guard let found else {
            throw VersionFileError(path: path, line: nil, problem: "no version in it")
        }
        version = found.version
        versionRange = found.range
        self.bytes = bytes
    }

    /// The content of a new VERSION file.
    package init(_ version: SemanticVersion) {
        self.version = Version(version)
        bytes = Array("\(version)\n".utf8)
        versionRange = 0..<(bytes.count - 1)
    }

    /// The same file with another version in the old one's place.
    package func replacingVersion(with version: SemanticVersion) -> VersionFile {
        VersionFile(replacing: self, with: version)
    }

    private init(replacing old: VersionFile, with version: SemanticVersion) {
        let text = Array(version.description.utf8)
        var bytes = old.bytes
        bytes.replaceSubrange(old.versionRange, with: text)
        self.bytes = bytes
        self.version = Version(version)
        versionRange = old.versionRange.lowerBound..<(old.versionRange.lowerBound + text.count)
    }

    /// The lines with their numbers from 1, without their ends and without a byte order mark.
    private static func lines(of bytes: [UInt8]) -> [(number: Int, range: Range<Int>)] {
        var start = ByteCursor(bytes).position
        var lines: [(Int, Range<Int>)] = []
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            lines.append((lines.count + 1, start..<end))
            start = end + 1
        }
        return lines
    }

    private static func trim(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        let isBlank: (Int) -> Bool = { [0x20, 0x09, 0x0D].contains(bytes[$0]) }
        guard let first = range.first(where: { !isBlank($0) }), let last = range.last(where: { !isBlank($0) }) else {
            return range.lowerBound..<range.lowerBound
        }
        return first..<(last + 1)
    }
}
