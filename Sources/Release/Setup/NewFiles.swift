import Glibc
import Registry
import SystemPackage

/// Files that are not there yet, all of them or none, with the folders that they need.
package struct NewFiles {
    private let files: [FileChange]

    package init(_ files: [FileChange]) {
        self.files = files
    }

    /// Writes the files.
    ///
    /// - Throws: `FileFailure`; no file was written then, and no folder was made.
    package func write() throws {
        var made: [FilePath] = []
        do {
            for file in files {
                var status = stat()
                // Between the plan and now somebody else may have written it.
                guard lstat(file.path.string, &status) != 0 else {
                    throw FileFailure(file.path, "is not replaced", Errno.fileExists)
                }
                try Self.makeFolder(file.path.removingLastComponent(), &made)
            }
            try FileTransaction(files).run()
        } catch {
            for folder in made.reversed() { rmdir(folder.string) }
            throw error
        }
    }

    private static func makeFolder(_ folder: FilePath, _ made: inout [FilePath]) throws {
        if mkdir(folder.string, 0o777) == 0 {
            made.append(folder)
        } else if errno == ENOENT {
            try makeFolder(folder.removingLastComponent(), &made)
            try makeFolder(folder, &made)
        } else if errno != EEXIST {
            throw FileFailure(folder, "cannot be made", Errno(rawValue: errno))
        }
    }
}
