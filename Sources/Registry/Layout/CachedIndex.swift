import Glibc
import Synchronization
import SystemPackage

/// The `index.json` of a folder, read anew only when the file is another one than before.
///
/// A layout of ten thousand tags would else be parsed ten thousand times by a run that asks for each of them.
final class CachedIndex: Sendable {
    /// What tells one state of the file from the next.
    private struct Identity: Equatable {
        let device: UInt64
        let file: UInt64
        let size: Int64
        let modified: Int64
        let changed: Int64
    }

    private struct Known {
        let identity: Identity
        let index: LayoutIndex
    }

    private let known = Mutex<Known?>(nil)

    /// File systems count time in ticks; a file that was written within this time before it was read may be written
    /// again in the same tick, which nothing would show.
    private static let tick: Int64 = 50_000_000

    /// The index at a path.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - read: parses the file; nil where there is none.
    /// - Returns: the index; nil where there is none.
    /// - Throws: what reading throws.
    func index(at path: FilePath, read: () throws -> LayoutIndex?) throws -> LayoutIndex? {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let (identity, isSettled) = Self.identity(of: path, at: now)
        if let identity, let known = known.withLock({ $0 }), known.identity == identity { return known.index }
        let index = try read()
        // Only what was the same before and after the reading is surely what was read.
        let known = index.flatMap { index in
            identity.flatMap { before -> Known? in
                guard isSettled, Self.identity(of: path, at: now).0 == before else { return nil }
                return Known(identity: before, index: index)
            }
        }
        self.known.withLock { $0 = known }
        return index
    }

    private static func identity(of path: FilePath, at now: timespec) -> (Identity?, isSettled: Bool) {
        var status = stat()
        guard stat(path.string, &status) == 0 else { return (nil, false) }
        func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
        let modified = nanoseconds(status.st_mtim)
        let changed = nanoseconds(status.st_ctim)
        let identity = Identity(
            device: UInt64(status.st_dev),
            file: UInt64(status.st_ino),
            size: Int64(status.st_size),
            modified: modified,
            changed: changed
        )
        return (identity, nanoseconds(now) - max(modified, changed) > tick)
    }
}
