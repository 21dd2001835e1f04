import SystemPackage

/// Content that can be read from any place.
package protocol RandomAccessContent: Sendable {
    /// How many bytes there are.
    var size: Int64 { get }

    /// Reads bytes; fewer than asked for only at the end.
    func read(at offset: Int64, count: Int) throws -> [UInt8]
}

/// Bytes in memory, for tests and fuzzers.
package struct MemoryContent: RandomAccessContent {
    private let bytes: [UInt8]

    /// Takes bytes.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var size: Int64 { Int64(bytes.count) }

    package func read(at offset: Int64, count: Int) -> [UInt8] {
        guard offset < size else { return [] }
        return Array(bytes[Int(offset)...].prefix(count))
    }
}

/// An open file, which keeps its content even where another one takes its name meanwhile.
final class OpenFile: RandomAccessContent {
    let size: Int64
    private let path: FilePath
    private let descriptor: FileDescriptor

    /// Takes over an open descriptor and closes it in the end.
    ///
    /// - Parameters:
    ///   - descriptor: the open file.
    ///   - path: its name, for errors.
    ///   - size: its length.
    init(_ descriptor: FileDescriptor, path: FilePath, size: Int64) {
        self.descriptor = descriptor
        self.path = path
        self.size = size
    }

    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        do {
            return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                while filled < count {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                    let got = try descriptor.read(fromAbsoluteOffset: offset + Int64(filled), into: rest)
                    if got == 0 { break }
                    filled += got
                }
            }
        } catch {
            throw FileFailure(path, "cannot be read", error)
        }
    }

    deinit {
        try? descriptor.close()
    }
}
