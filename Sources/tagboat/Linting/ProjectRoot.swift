import Git
import Glibc
import SystemPackage

/// The top of the project, to name files from: that of the work tree, else the current folder.
struct ProjectRoot {
    private let top: FilePath
    /// The current folder without links on its way.
    let folder: FilePath

    init(git: GitRepository?, folder: FilePath) async {
        self.folder = Self.resolved(folder)
        top = (await git?.workingDirectory).map { Self.resolved(FilePath($0)) } ?? self.folder
    }

    func path(fromTop name: String) -> FilePath { top.pushing(FilePath(name)) }

    /// A file's path from the top, with slashes; the path as given where the file lies elsewhere.
    func name(of path: FilePath) -> String {
        // The file itself may be a link, whose own name counts.
        let full = folder.pushing(path)
        var relative = Self.resolved(full.removingLastComponent()).appending(full.lastComponent?.string ?? "")
        return relative.removePrefix(top) ? relative.string : path.string
    }

    private static func resolved(_ path: FilePath) -> FilePath {
        guard let real = realpath(path.string, nil) else { return path.lexicallyNormalized() }
        defer { free(real) }
        return FilePath(String(cString: real))
    }
}
