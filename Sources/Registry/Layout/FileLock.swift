import Glibc
import SystemPackage

/// A lock that one process holds at a time.
///
/// The kernel gives it back when the holder dies, so none is ever stale.
struct FileLock: ~Copyable {
    private let descriptor: FileDescriptor

    private init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    /// Waits for the lock.
    ///
    /// - Throws: `RegistryError` where the file cannot be made, or another process holds the lock for a minute.
    static func acquire(_ path: FilePath) async throws -> FileLock {
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

    /// Gives the lock back.
    consuming func release() {}

    deinit {
        try? descriptor.close()
    }
}
