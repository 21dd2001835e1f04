import FoundationEssentials
import Registry
package import SystemPackage

/// A folder of a build's own, outside of the work tree: what a builder leaves there must neither change the checkout
/// nor get into the next build's context.
package struct BuildWorkspace: Sendable {
    private let folder: FilePath

    /// Uses a folder, which need not be there yet.
    package init(_ folder: FilePath) {
        self.folder = folder
    }

    /// Where the builder puts its result; it is gone when the build has ended, however it ended.
    package var staging: FilePath { folder.appending("staging") }

    /// Where the image goes that no other place was named for.
    package var image: FilePath { folder.appending("image") }

    /// Where users keep what can be made again (XDG Base Directory Specification).
    ///
    /// - Parameter environment: `XDG_CACHE_HOME`, `HOME`.
    /// - Returns: the folder.
    package static func root(_ environment: [String: String]) -> FilePath {
        func folder(_ name: String) -> FilePath? {
            environment[name].flatMap { $0.hasPrefix("/") ? FilePath($0) : nil }
        }
        let cache =
            folder("XDG_CACHE_HOME") ?? folder("HOME")?.appending(".cache")
            ?? FilePath(FileManager.default.temporaryDirectory.path)
        return cache.appending("tagboat")
    }

    /// Runs a build while no other one uses the folder, and clears up behind it.
    ///
    /// - Parameter body: the build.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws; `FileFailure` where the folder cannot be made.
    package func use<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            try FileManager.default.createDirectory(
                atPath: folder.string,
                withIntermediateDirectories: true,
                // Others on the machine have no business with what is in an image.
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw FileFailure(folder, "cannot be made", error)
        }
        let lock = try await FileLock.acquire(folder.appending("lock"))
        // A run that was killed cleared nothing up.
        try? FileManager.default.removeItem(atPath: staging.string)
        defer { try? FileManager.default.removeItem(atPath: staging.string) }
        do {
            try FileManager.default.createDirectory(atPath: staging.string, withIntermediateDirectories: false)
        } catch {
            throw FileFailure(staging, "cannot be made", error)
        }
        let value = try await body()
        lock.release()
        return value
    }

    /// Takes the whole folder away.
    package func remove() {
        try? FileManager.default.removeItem(atPath: folder.string)
    }

    /// Forgets the image of the build before.
    package func clearImage() {
        try? FileManager.default.removeItem(atPath: image.string)
    }
}
