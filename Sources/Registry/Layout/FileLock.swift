import Glibc
package import SystemPackage

/// A lock that one process holds at a time.
///
/// The kernel gives it back when the holder dies, so none is ever stale.
package struct FileLock: ~Copyable {
    private let descriptor: FileDescriptor
    /// The file to remove in the end, where it is of no use to anyone else.
    private var passing: FilePath?

    private init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    /// Waits for the lock.
    ///
    /// - Parameter path: the file, which is made where it is not there.
    /// - Returns: the lock, held until it is released.
    /// - Throws: `RegistryError` where the file cannot be made, or another process holds the lock for a minute.
    package static func acquire(_ path: FilePath) async throws -> FileLock {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(
                path,
                .readWrite,
                options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
            )
        } catch {
            throw FileFailure(path, "cannot be opened", error)
        }
        let lock = FileLock(descriptor)
        let limit = ContinuousClock.now + .seconds(60)
        while flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw FileFailure(path, "cannot be locked", Errno(rawValue: errno))
            }
            guard ContinuousClock.now < limit else {
                throw RegistryError(
                    .timedOut,
                    "\(path) has been locked by another process for a minute",
                    hint: "wait for the other run to end, then run again"
                )
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        return lock
    }

    /// Waits for a lock whose file is removed in the end.
    ///
    /// - Throws: `RegistryError` where the file cannot be made, or another process holds the lock for a minute.
    static func acquirePassing(_ path: FilePath) async throws -> FileLock {
        while true {
            var lock = try await acquire(path)
            // Who held it before us may have removed the file that we waited on, and others lock a new one.
            var held = stat()
            var named = stat()
            if fstat(lock.descriptor.rawValue, &held) == 0, stat(path.string, &named) == 0, held.st_ino == named.st_ino
            {
                lock.passing = path
                return lock
            }
        }
    }

    /// Gives the lock back.
    package consuming func release() {}

    deinit {
        if let passing { unlink(passing.string) }
        try? descriptor.close()
    }
}
