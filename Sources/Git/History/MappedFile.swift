internal import Crypto
internal import Glibc

/// A file mapped into memory for reading; what lies outside of it reads as nil.
@safe final class MappedFile {
    let count: Int
    private let start: UnsafeRawPointer

    /// Maps a file; nil where there is none, or nothing in it.
    init?(_ path: String) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { _ = Glibc.close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size > 0,
            let size = Int(exactly: status.st_size),
            let address = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
            unsafe address != MAP_FAILED
        else { return nil }
        count = size
        unsafe start = UnsafeRawPointer(address)
    }

    deinit {
        unsafe munmap(UnsafeMutableRawPointer(mutating: start), count)
    }

    func byte(at offset: Int) -> UInt8? {
        guard offset >= 0, offset < count else { return nil }
        return unsafe start.load(fromByteOffset: offset, as: UInt8.self)
    }

    /// A number of four bytes, the highest first.
    func uint32(at offset: Int) -> UInt32? {
        guard offset >= 0, offset <= count - 4 else { return nil }
        return unsafe UInt32(bigEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// A number of eight bytes, the highest first.
    func uint64(at offset: Int) -> UInt64? {
        guard offset >= 0, offset <= count - 8 else { return nil }
        return unsafe UInt64(bigEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The name of an object.
    func id(at offset: Int) -> CommitID? {
        guard let high = uint64(at: offset), let middle = uint64(at: offset + 8), let low = uint32(at: offset + 16)
        else { return nil }
        return CommitID(high: high, middle: middle, low: low)
    }

    /// Whether the last 20 bytes are the SHA-1 of all those before them, as in all of git's own files.
    var endsWithItsChecksum: Bool {
        guard count >= 20 else { return false }
        var hash = Insecure.SHA1()
        unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(start: start, count: count - 20))
        let digest = Array(hash.finalize())
        return (0..<20).allSatisfy { byte(at: count - 20 + $0) == digest[$0] }
    }
}
