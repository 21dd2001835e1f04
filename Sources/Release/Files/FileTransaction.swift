import Glibc
import Registry
package import SystemPackage

/// A file and what it is to hold.
package struct FileChange: Equatable, Sendable {
    package let path: FilePath
    package let bytes: [UInt8]

    package init(_ path: FilePath, _ bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// Writes several files, all of them or none.
///
/// Every new content first becomes durable in a file beside its place, so that a full disk or a folder that cannot be
/// written to stops the run before anything has changed. Then each file takes its place in one step. Where one of
/// those steps fails, the files that were already replaced are put back: each of them was kept under a second name, and
/// putting it back needs neither space nor its content.
///
/// A process that is killed between two of the steps leaves each file whole, some old and some new, and hidden files
/// beside them (`.NAME.NUMBER`), which may be deleted. The files change in the order in which they are given. So the
/// file that decides what is to be written (the VERSION file) belongs at the end: as long as it is the old one, the same
/// run again computes the same contents and writes what is missing.
package struct FileTransaction {
    private let changes: [FileChange]

    package init(_ changes: [FileChange]) {
        self.changes = changes
    }

    /// Writes the files.
    ///
    /// - Returns: what can put the old files back, as long as it lives.
    /// - Throws: `FileFailure`; every file is then as it was.
    @discardableResult
    package func run() throws -> WrittenFiles {
        try prepare().commit()
    }

    /// Makes every new content durable beside its place.
    func prepare() throws -> PreparedFiles {
        var places: Set<FilePath> = []
        var prepared: [PreparedFiles.File] = []
        for change in changes {
            let place = AtomicFile.resolved(change.path)
            guard places.insert(place).inserted else {
                throw FileFailure(change.path, "cannot be written twice at once", Errno.fileExists)
            }
            let file = try AtomicFile(change.path)
            guard file.isBesideItsPlace else {
                throw FileFailure(change.path, "cannot be replaced", Errno.notSupported)
            }
            try file.append(change.bytes)
            try file.finish()
            prepared.append(PreparedFiles.File(place: place, new: file, old: try FileBackup(of: place)))
        }
        return PreparedFiles(files: prepared)
    }
}

/// New contents beside their places.
struct PreparedFiles {
    struct File {
        let place: FilePath
        let new: AtomicFile
        /// The file as it was; nil where there was none.
        let old: FileBackup?
    }

    let files: [File]

    /// Moves every content into its place, or puts back what was already moved.
    func commit() throws -> WrittenFiles {
        var written: [File] = []
        for file in files {
            do {
                try file.new.commit()
            } catch {
                try WrittenFiles(files: written).putBack()
                throw error
            }
            written.append(file)
        }
        return WrittenFiles(files: written)
    }
}

/// Files that were replaced, and can be put back.
package struct WrittenFiles {
    fileprivate let files: [PreparedFiles.File]

    fileprivate init(files: [PreparedFiles.File]) { self.files = files }

    /// Puts every file back as it was, the last one first; a file that was not there goes away.
    ///
    /// - Throws: `FileFailure` for the first one that cannot be put back, after all of them were tried.
    package func putBack() throws {
        var failure: (any Error)?
        for file in files.reversed() {
            do {
                if let old = file.old {
                    try old.restore()
                } else if unlink(file.place.string) != 0, errno != ENOENT {
                    throw FileFailure(file.place, "cannot be taken away again", Errno(rawValue: errno))
                }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }
}

/// A file under a second name, as long as this value lives.
final class FileBackup {
    private let place: FilePath
    private let backup: FilePath
    private var isSettled = false

    /// Keeps a file; nil where there is none.
    init?(of place: FilePath) throws {
        var status = stat()
        guard stat(place.string, &status) == 0 else { return nil }
        self.place = place
        backup = AtomicFile.nameBeside(place)
        // A second name for the same file keeps its owner, times and content, and needs no space.
        if link(place.string, backup.string) == 0 { return }
        // Not every file system has such names.
        do {
            let copy = try AtomicFile(backup, permissions: FilePermissions(rawValue: CModeT(status.st_mode) & 0o7777))
            let file = try FileDescriptor.open(place, .readOnly, options: .closeOnExec)
            try file.closeAfter {
                var buffer = [UInt8](repeating: 0, count: 1 << 16)
                while true {
                    let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
                    guard count > 0 else { break }
                    try copy.append(buffer[..<count])
                }
            }
            try copy.commit()
        } catch {
            throw FileFailure(place, "cannot be kept", error)
        }
    }

    func restore() throws {
        // Renaming a name over another name of the same file does nothing (rename(2)), and leaves both.
        guard rename(backup.string, place.string) == 0 else {
            // The name must outlive this value then.
            isSettled = true
            throw FileFailure(place, "cannot be put back; it lies in \(backup)", Errno(rawValue: errno))
        }
        unlink(backup.string)
        isSettled = true
    }

    deinit { if !isSettled { unlink(backup.string) } }
}
