import FoundationEssentials
import Glibc
import SystemPackage

/// A private file for content that comes as a stream and must be read from any place.
///
/// It loses its name as soon as it is open, so that nothing is left of it however the run ends.
final class SpoolFile {
    private let folder: FilePath
    private let descriptor: FileDescriptor
    private var size: Int64 = 0
    private var isTaken = false

    /// Makes an empty file in the folder for temporary files.
    ///
    /// - Throws: `FileFailure`.
    init() throws {
        folder = Self.folder
        let path = folder.appending(".tagboat-\(UInt64.random(in: .min ... .max))")
        do {
            descriptor = try FileDescriptor.open(
                path,
                .readWrite,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite
            )
        } catch {
            throw FileFailure(folder, "cannot hold a temporary file", error)
        }
        unlink(path.string)
    }

    /// Where large temporary files go: `TMPDIR`, else `/var/tmp`, as `/tmp` is often in memory.
    static var folder: FilePath {
        if let named = getenv("TMPDIR"), named.pointee != 0 { return FilePath(String(cString: named)) }
        return FilePath(FileManager.default.fileExists(atPath: "/var/tmp") ? "/var/tmp" : "/tmp")
    }

    func append(_ bytes: some Sequence<UInt8>) throws {
        do {
            size += Int64(try descriptor.writeAll(bytes))
        } catch {
            throw FileFailure(folder, "cannot hold a temporary file", error)
        }
    }

    /// The content; nothing can be appended any more.
    func finish() -> OpenFile {
        isTaken = true
        return OpenFile(descriptor, path: folder, size: size)
    }

    deinit {
        if !isTaken { try? descriptor.close() }
    }
}
