package import Tagging
import Versioning

/// What a folder tells about a project that is to be set up.
package struct ProjectFacts: Equatable, Sendable {
    /// The folder's own name.
    package let name: String
    /// The folder below the top of the work tree; empty at the top.
    package let place: String
    /// The Dockerfiles, the one that most likely makes the image first.
    package let dockerfiles: [String]
    /// The web address of the source; nil where there is no remote, or none with one.
    package let source: SourceLocation?
    /// The repository that images most likely go to; nil where nothing tells.
    package let image: ImageSuggestion?
    package let version: VersionFacts
    /// The CI systems that the project's files tell.
    package let pipelines: [PipelineSystem]
    /// The CI system that comes with the web site of the source.
    package let forgePipeline: PipelineSystem?
    /// The branch that releases come from.
    package let branch: String

    /// Tells facts from a folder.
    package init(_ folder: ProjectFolder) {
        name = folder.name
        place = folder.place
        dockerfiles = Self.dockerfiles(folder.paths)
        source = folder.remote.flatMap { SourceLocation(remote: $0) }
        image = source.flatMap { ImageSuggestion(source: $0, place: folder.place) }
        version = VersionFacts(paths: folder.paths, contents: folder.contents, gitTags: folder.gitTags)
        pipelines = PipelineSystem.found(in: folder.pipelinePaths)
        forgePipeline = source?.host.flatMap { PipelineSystem(host: $0) }
        branch = folder.branch.flatMap { Self.isPlain($0) ? $0 : nil } ?? "main"
    }

    /// The systems to write pipelines for where nobody says any.
    package var suggestedPipelines: [PipelineSystem] {
        pipelines.isEmpty ? forgePipeline.map { [$0] } ?? [] : pipelines
    }

    /// Whether a file's content is needed to tell facts.
    package static func isWanted(_ path: String) -> Bool { VersionFacts.isWanted(path) }

    /// Whether each CI system takes a name as it is, in patterns of branches and tags too.
    package static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.first != UInt8(ascii: "-")
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "._/-".utf8.contains(byte)
            }
    }

    // MARK: Dockerfiles

    /// The Dockerfiles: by depth, then the plain name first, then by name.
    private static func dockerfiles(_ paths: [String]) -> [String] {
        let found = paths.filter { path in
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return VersionFileKind(fileName: name) == .dockerfile && !name.hasSuffix(".dockerignore")
        }
        return found.sorted { left, right in
            let (leftDepth, rightDepth) = (depth(left), depth(right))
            if leftDepth != rightDepth { return leftDepth < rightDepth }
            let (leftRank, rightRank) = (rank(left), rank(right))
            if leftRank != rightRank { return leftRank < rightRank }
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
    }

    private static func depth(_ path: String) -> Int { path.utf8.count { $0 == UInt8(ascii: "/") } }

    private static func rank(_ path: String) -> Int {
        switch path.split(separator: "/").last {
        case "Dockerfile": 0
        case "Containerfile": 1
        default: 2
        }
    }
}

extension SourceLocation {
    /// The web site's host, without its port.
    var host: String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        return url[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" }.lowercased()
    }
}
