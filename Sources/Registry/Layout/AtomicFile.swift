import Glibc
package import SystemPackage

/// A file that is written beside its place and takes it in one step, whole or not at all.
package final class AtomicFile {
    private let path: FilePath
    /// The file beside the place; nil where the place is a device or a pipe, which must be written to, not replaced.
    private let temporary: FilePath?
    private let descriptor: FileDescriptor
    private var isOpen = true

    /// Opens a temporary file in the same folder.
    ///
    /// - Parameters:
    ///   - path: the place to take.
    ///   - permissions: the new file's, where the place is empty; an existing file's are kept.
    /// - Throws: `FileFailure`.
    package init(_ path: FilePath, permissions: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]) throws {
        // A symbolic link is followed, so that the file behind it is replaced and not the link.
        self.path = Self.resolved(path)
        var status = stat()
        let exists = stat(self.path.string, &status) == 0
        let kind = status.st_mode & S_IFMT
        if exists, kind == S_IFDIR { throw FileFailure(path, "cannot be written", Errno.isDirectory) }
        if exists, kind != S_IFREG {
            temporary = nil
            do {
                descriptor = try FileDescriptor.open(self.path, .writeOnly, options: .closeOnExec)
            } catch {
                throw FileFailure(path, "cannot be written", error)
            }
            return
        }
        let mode = exists ? FilePermissions(rawValue: CModeT(status.st_mode) & 0o7777) : permissions
        let temporary = Self.nameBeside(self.path)
        self.temporary = temporary
        do {
            descriptor = try FileDescriptor.open(
                temporary,
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: mode
            )
        } catch {
            throw FileFailure(path, "cannot be written", error)
        }
        // The mask of the process must not take away what the old file allowed.
        if exists { _ = fchmod(descriptor.rawValue, mode.rawValue) }
    }

    package func append(_ bytes: some Sequence<UInt8>) throws {
        do {
            _ = try descriptor.writeAll(bytes)
        } catch {
            throw FileFailure(path, "cannot be written", error)
        }
    }

    /// Whether the content stands beside its place until `commit`; a device or a pipe is written to at once.
    package var isBesideItsPlace: Bool { temporary != nil }

    /// Makes the content durable beside its place.
    package func finish() throws {
        guard isOpen else { return }
        do {
            if temporary != nil, fsync(descriptor.rawValue) != 0 { throw Errno(rawValue: errno) }
            try close()
        } catch {
            throw FileFailure(path, "cannot be written", error)
        }
    }

    /// Makes the content durable and moves it into its place.
    package func commit() throws {
        try finish()
        guard let temporary else { return }
        do {
            guard rename(temporary.string, path.string) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            throw FileFailure(path, "cannot be written", error)
        }
    }

    private func close() throws {
        isOpen = false
        try descriptor.close()
    }

    deinit {
        if isOpen { try? descriptor.close() }
        // After a commit there is nothing left of that name.
        if let temporary { unlink(temporary.string) }
    }

    /// A hidden name in the folder of a file that no other file has.
    package static func nameBeside(_ path: FilePath) -> FilePath {
        let folder = path.removingLastComponent()
        let name = ".\(path.lastComponent?.string ?? "file").\(UInt64.random(in: .min ... .max))"
        return folder.isEmpty ? FilePath(name) : folder.appending(name)
    }

    /// The file behind symbolic links.
    package static func resolved(_ path: FilePath) -> FilePath {
        guard let real = realpath(path.string, nil) else { return path }
        defer { free(real) }
        return FilePath(platformString: real)
    }
}

/// What went wrong with a file, and why.
package struct FileFailure: Error, CustomStringConvertible {
    package let path: FilePath
    package let description: String
    package let hint = "check the folder, its permissions and the free space; the old content is kept"

    package init(_ path: FilePath, _ problem: String, _ error: any Error) {
        self.path = path
        description = "\(path) \(problem): \((error as? Errno)?.description ?? "\(error)")"
    }
}
