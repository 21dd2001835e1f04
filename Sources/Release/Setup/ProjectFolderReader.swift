import FoundationEssentials
package import Git
import Glibc
package import SystemPackage

/// Reads what a folder and its repository tell about a project.
package struct ProjectFolderReader {
    /// The folder of the project.
    private let folder: FilePath
    /// The top of the work tree; the folder itself where there is no repository.
    package let top: FilePath

    /// Folders that hold what others wrote, or what was built.
    private static let passedOver: Set<String> = ["node_modules", "vendor", "target", "dist"]
    /// The folders of CI systems.
    private static let pipelineFolders = [".github/workflows", ".circleci", ".woodpecker", ".tekton", ".buildkite"]
    /// How large a file may be that is read.
    private static let mostBytes = 4 << 20

    /// Takes a folder.
    ///
    /// - Parameters:
    ///   - folder: the folder of the project, as an absolute path.
    ///   - workTree: the top of the work tree around it; nil where there is no repository.
    package init(_ folder: FilePath, workTree: FilePath?) {
        let folder = folder.lexicallyNormalized()
        let top = workTree?.lexicallyNormalized() ?? folder
        self.folder = folder
        self.top = folder.starts(with: top) ? top : folder
    }

    /// Reads.
    ///
    /// - Parameter git: the repository; nil where there is none.
    /// - Returns: what is there; a file that cannot be read counts as empty.
    /// - Throws: `GitError`.
    package func read(_ git: GitRepository?) async throws -> ProjectFolder {
        var place = folder
        _ = place.removePrefix(top)
        let paths = Self.files(in: folder, depth: 2)
        var contents: [String: [UInt8]] = [:]
        for path in paths where ProjectFacts.isWanted(path) {
            contents[path] = Self.contents(of: folder.pushing(FilePath(path))) ?? []
        }
        let pipelines = Self.pipelineFolders.flatMap { name in
            Self.files(in: top.pushing(FilePath(name)), depth: 1).map { name + "/" + $0 }
        }
        return ProjectFolder(
            name: folder.lastComponent?.string ?? "",
            paths: paths,
            contents: contents,
            place: place.string,
            pipelinePaths: Self.files(in: top, depth: 1) + pipelines,
            remote: try await git?.remoteURL(),
            gitTags: try await git?.tags().map(\.name) ?? [],
            branch: try await Self.branch(of: git)
        )
    }

    /// What a file below the top of the work tree holds; nil where there is none.
    ///
    /// A folder, and whatever else is in a file's place, counts as a file with nothing in it: it is not to be replaced.
    package func existing(_ path: String) -> [UInt8]? {
        let place = top.pushing(FilePath(path))
        var status = stat()
        guard lstat(place.string, &status) == 0 else { return nil }
        return Self.contents(of: place) ?? []
    }

    /// The default branch, or the one that is checked out.
    private static func branch(of git: GitRepository?) async throws -> String? {
        guard let git else { return nil }
        if let branch = try await git.defaultBranch() { return branch }
        switch try await git.head() {
        case .branch(let name, _), .unborn(let name): return name
        case .detached: return nil
        }
    }

    /// The files in a folder, in the order of their names' bytes; hidden ones too, but not in hidden folders.
    private static func files(in folder: FilePath, depth: Int, below prefix: String = "") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap { name -> [String] in
            let path = folder.appending(name)
            let attributes = try? FileManager.default.attributesOfItem(atPath: path.string)
            guard attributes?[.type] as? FileAttributeType == .typeDirectory else { return [prefix + name] }
            let isOurs = depth > 1 && !name.hasPrefix(".") && !passedOver.contains(name)
            return isOurs ? files(in: path, depth: depth - 1, below: prefix + name + "/") : []
        }
    }

    private static func contents(of path: FilePath) -> [UInt8]? {
        var status = stat()
        guard stat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= mostBytes
        else { return nil }
        return FileManager.default.contents(atPath: path.string).map { Array($0) }
    }
}
