import FoundationEssentials
import Registry
package import SystemPackage
package import Versioning

/// The files of a project that carry its version.
package struct VersionedFiles: Sendable {
    /// A file, and where it is.
    package struct Entry: Sendable {
        /// The file itself, behind symbolic links.
        package let path: FilePath
        package let file: VersionedFile
    }

    /// The files in the order in which they are named, each once.
    package let entries: [Entry]

    /// A file that the configuration names, and the folder that its path starts at.
    package struct Request: Equatable, Sendable {
        package let file: VersionedFile.Request
        package let folder: FilePath

        package init(_ file: VersionedFile.Request, in folder: FilePath) {
            self.file = file
            self.folder = folder
        }
    }

    /// Finds and reads the files.
    ///
    /// - Parameters:
    ///   - requests: what the configuration names.
    ///   - folder: the current folder, where relative folders of requests start.
    ///   - scheme: how the project writes its versions.
    /// - Returns: the files, with every place of the version found.
    /// - Throws: `VersionedFilesError` for a file that is absent, unreadable, named twice or outside of the work tree;
    ///   `VersionFileError` for one that holds no version.
    package static func read(
        _ requests: [Request],
        in folder: FilePath,
        scheme: VersionScheme = .semantic
    ) throws -> VersionedFiles {
        var entries: [Entry] = []
        var named: [FilePath: String] = [:]
        for request in requests {
            let start = folder.pushing(request.folder)
            let pattern = PathPattern(request.file.path)
            let top = AtomicFile.resolved(WorkTree.top(around: start) ?? start)
            var isFound = false
            for path in pattern.paths(in: start) {
                let real = AtomicFile.resolved(path.lexicallyNormalized())
                let shown = shown(path.lexicallyNormalized(), in: folder)
                guard real.starts(with: top) else {
                    // What a link of a pattern leads to outside is not the project's.
                    if pattern.isPattern { continue }
                    throw VersionedFilesError.outside(shown, top: top)
                }
                guard FileManager.default.fileExists(atPath: real.string) else { continue }
                isFound = true
                if let other = named[real] {
                    // Patterns may overlap.
                    if pattern.isPattern { continue }
                    throw VersionedFilesError.twice(shown, other)
                }
                named[real] = shown
                guard let bytes = contents(of: real) else { throw VersionedFilesError.unreadable(shown) }
                let file = try VersionedFile(parsing: bytes, path: shown, request: request.file, scheme: scheme)
                entries.append(Entry(path: real, file: file))
            }
            guard isFound || request.file.isOptional else {
                throw VersionedFilesError.absent(request.file.path, isPattern: pattern.isPattern)
            }
        }
        return VersionedFiles(entries: entries)
    }

    /// What the files are to hold.
    ///
    /// - Parameter version: the version to write, in the project's scheme.
    /// - Returns: the files whose bytes change, in their order.
    /// - Throws: `VersionFileError` where a file cannot express the version.
    package func changes(to version: Version) throws(VersionFileError) -> [FileChange] {
        var changes: [FileChange] = []
        for entry in entries {
            let written = try entry.file.replacingVersion(with: version)
            if written.bytes != entry.file.bytes { changes.append(FileChange(entry.path, written.bytes)) }
        }
        return changes
    }

    /// The places that say neither a version nor the one that is about to be written.
    package func disagreements(with version: Version, or next: Version? = nil) -> [VersionDisagreement] {
        entries.flatMap { $0.file.disagreements(with: version, or: next) }
    }

    private static func contents(of path: FilePath) -> [UInt8]? {
        guard let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking]) else {
            return nil
        }
        return try? file.closeAfter {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
                guard count > 0 else { return bytes }
                bytes += buffer[..<count]
            }
        }
    }

    /// A path for messages: short, where it lies below the current folder.
    private static func shown(_ path: FilePath, in folder: FilePath) -> String {
        var rest = path
        return rest.removePrefix(folder) && !rest.isEmpty ? rest.string : path.string
    }
}

/// Why files that should carry the version cannot be read.
package enum VersionedFilesError: Error, Equatable, Sendable, CustomStringConvertible {
    case absent(String, isPattern: Bool)
    case unreadable(String)
    case outside(String, top: FilePath)
    case twice(String, String)
    case disagreement([VersionDisagreement])

    package var description: String {
        switch self {
        case .absent(let path, let isPattern):
            isPattern ? "no file matches \(path)" : "the file \(path), which should carry the version, does not exist"
        case .unreadable(let path): "the file \(path) cannot be read"
        case .outside(let path, let top): "the file \(path) lies outside of the work tree \(top)"
        case .twice(let path, let other):
            path == other ? "the file \(path) is named twice" : "\(path) and \(other) are one file"
        case .disagreement(let places):
            places.map(\.description).joined(separator: "; ")
        }
    }

    package var hint: String {
        switch self {
        case .absent: "correct `version.files:`, or write { path: …, optional: true }"
        case .unreadable: "check that it is a file that you may read"
        case .outside: "name files of this work tree under `version.files:`"
        case .twice: "name each file once; its places go together under `keys:`"
        case .disagreement: "make the files agree, and run again"
        }
    }
}

/// The folder that a repository's files lie in.
package enum WorkTree {
    /// The nearest folder from one on upwards that has a repository; nil where there is none.
    ///
    /// It looks for `.git` alone, so that files can be handled without reading any git data.
    package static func top(around folder: FilePath) -> FilePath? {
        var folder = folder.lexicallyNormalized()
        while true {
            if FileManager.default.fileExists(atPath: folder.appending(".git").string) { return folder }
            guard folder.removeLastComponent() else { return nil }
        }
    }
}
