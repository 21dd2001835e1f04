import Glibc
import SystemPackage

/// A tar archive that is open for reading, with the places of its members.
struct ArchiveFile: Sendable {
    /// The archive as people name it.
    let name: String
    let content: any RandomAccessContent
    let index: TarIndex

    /// Reads the headers of content.
    ///
    /// - Parameters:
    ///   - content: the archive, not compressed.
    ///   - name: its name, for errors.
    /// - Throws: `RegistryError` for an archive that is damaged or not safe to use.
    init(_ content: any RandomAccessContent, name: String) throws {
        self.name = name
        self.content = content
        do {
            index = try Self.index(content)
        } catch let error as TarError {
            throw RegistryError(
                .invalidResponse,
                "\(name) is not a tar archive that can be used: \(error)",
                hint: "nothing was read from it; make the archive anew"
            )
        }
    }

    private static func index(_ content: some RandomAccessContent) throws -> TarIndex {
        try TarIndex(reading: content)
    }

    /// Opens an archive: in place where that is possible, else through a temporary file.
    ///
    /// - Parameters:
    ///   - path: a file, or a pipe.
    ///   - name: its name, for errors.
    /// - Returns: the archive; nil where nothing is of that name.
    /// - Throws: `RegistryError`, `FileFailure`.
    static func open(_ path: FilePath, name: String) throws -> ArchiveFile? {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        } catch {
            throw FileFailure(path, "cannot be read", error)
        }
        var status = stat()
        let isKnown = fstat(descriptor.rawValue, &status) == 0
        let kind = status.st_mode & S_IFMT
        let file = OpenFile(descriptor, path: path, size: Int64(status.st_size))
        guard isKnown, kind != S_IFDIR else {
            throw RegistryError(
                .invalidResponse,
                "\(name) is a folder, not an archive",
                hint: "name a file; a layout in a folder is written oci:DIR"
            )
        }
        let isFile = kind == S_IFREG
        let start = isFile ? try file.read(at: 0, count: 6) : []
        guard isFile, Compression(start) == nil else {
            let spooled = try spool(descriptor, of: path, name: name)
            // The descriptor must live until here.
            return try withExtendedLifetime(file) { try ArchiveFile(spooled, name: name) }
        }
        return try ArchiveFile(file, name: name)
    }

    /// Copies a stream into a temporary file, and takes gzip compression off.
    private static func spool(_ descriptor: FileDescriptor, of path: FilePath, name: String) throws -> OpenFile {
        let spool = try SpoolFile()
        var inflation = Inflation()
        var isGzip = false
        var isFirst = true
        var chunk = try read(descriptor, of: path)
        while !chunk.isEmpty {
            if isFirst, let compression = Compression(chunk) {
                guard compression == .gzip else { throw unsupported(compression, name: name) }
                isGzip = true
            }
            isFirst = false
            if isGzip {
                do {
                    try inflation.inflate(chunk) { try spool.append($0) }
                } catch is Inflation.Problem {
                    throw damaged(name)
                }
            } else {
                try spool.append(chunk)
            }
            chunk = try read(descriptor, of: path)
        }
        do {
            if isGzip { try inflation.finish() }
        } catch {
            throw damaged(name)
        }
        return spool.finish()
    }

    private static func read(_ descriptor: FileDescriptor, of path: FilePath) throws -> [UInt8] {
        do {
            return try [UInt8](unsafeUninitializedCapacity: 256 << 10) { buffer, count in
                // A pipe gives little at a time; the first piece must be long enough to tell its compression.
                while count < 6 {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                    let got = try descriptor.read(into: rest)
                    if got == 0 { break }
                    count += got
                }
            }
        } catch {
            throw FileFailure(path, "cannot be read", error)
        }
    }

    private static func damaged(_ name: String) -> RegistryError {
        RegistryError(.invalidResponse, "\(name) is damaged: its gzip compression cannot be read to the end")
    }

    private static func unsupported(_ compression: Compression, name: String) -> RegistryError {
        RegistryError(
            .unsupported,
            "\(name) is compressed with \(compression.rawValue), which is not supported for a whole archive",
            hint: "decompress it first; layers inside may be compressed in any way"
        )
    }

    // MARK: Members

    /// Finds a file.
    ///
    /// - Throws: `RegistryError` where links lead nowhere, or the member is no file.
    func file(_ path: String) throws(RegistryError) -> (offset: Int64, size: Int64)? {
        do {
            return try index.file(path)
        } catch {
            throw RegistryError(
                .invalidResponse,
                "\(name) cannot be used: \(error)",
                hint: "nothing was read from it; make the archive anew"
            )
        }
    }

    func chunks(_ file: (offset: Int64, size: Int64)) -> ContentChunks {
        ContentChunks(content, offset: file.offset, size: file.size)
    }
}

/// How content is compressed, by its first bytes.
enum Compression: String {
    case gzip, zstd, xz, bzip2

    init?(_ start: [UInt8]) {
        if start.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else if start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            self = .xz
        } else if start.starts(with: Array("BZh".utf8)) {
            self = .bzip2
        } else {
            return nil
        }
    }
}
