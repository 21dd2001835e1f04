import FoundationEssentials
import Glibc
import NIOCore
import SystemPackage

/// The files of an image layout, wherever they lie: in a folder or within an archive.
protocol LayoutFiles: Sendable {
    /// The place as people name it.
    var name: String { get }
    /// How people name one image in it, for hints.
    var form: String { get }

    /// The size of a file; nil where there is none.
    func size(of path: String) throws -> Int64?

    /// The bytes of a file; nil where there is none.
    ///
    /// - Throws: `RegistryError` of kind `tooLarge` for more bytes than the limit.
    func bytes(of path: String, limit: Int) throws -> [UInt8]?

    /// The content of a file in chunks.
    ///
    /// - Throws: `RegistryError` of kind `notFound`, now or when it is read.
    func chunks(of path: String) throws -> any AsyncSequence<ByteBuffer, any Error> & Sendable
}

extension LayoutFiles {
    func tooLarge(_ path: String, limit: Int) -> RegistryError {
        RegistryError(.tooLarge, "\(path) in \(name) is larger than \(limit >> 20) MiB")
    }

    func lacks(_ path: String) -> RegistryError {
        RegistryError(.notFound, "\(name) lacks the blob \(path.split(separator: "/").last ?? "")")
    }
}

/// The files of an image layout in a folder.
struct FolderFiles: LayoutFiles {
    let directory: FilePath

    var name: String { "oci:\(directory)" }
    var form: String { "oci:DIR:NAME" }

    func size(of path: String) -> Int64? {
        var status = stat()
        return stat(directory.appending(path).string, &status) == 0 ? Int64(status.st_size) : nil
    }

    func bytes(of path: String, limit: Int) throws -> [UInt8]? {
        let file = directory.appending(path)
        guard FileManager.default.fileExists(atPath: file.string) else { return nil }
        guard let data = FileManager.default.contents(atPath: file.string) else {
            throw RegistryError(.serverFailure, "\(file) cannot be read", hint: "check that you may read it")
        }
        guard data.count <= limit else { throw tooLarge(path, limit: limit) }
        return Array(data)
    }

    func chunks(of path: String) -> any AsyncSequence<ByteBuffer, any Error> & Sendable {
        FileChunks(directory.appending(path), of: name)
    }
}
