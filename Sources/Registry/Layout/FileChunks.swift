import NIOCore
import SystemPackage

/// A file's content, a chunk at a time.
struct FileChunks: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    private let path: FilePath
    private let store: String

    init(_ path: FilePath, of store: String) {
        self.path = path
        self.store = store
    }

    func makeAsyncIterator() -> Iterator { Iterator(path: path, store: store) }

    final class Iterator: AsyncIteratorProtocol {
        private let path: FilePath
        private let store: String
        private var descriptor: SystemPackage.FileDescriptor?
        private var isAtEnd = false

        fileprivate init(path: FilePath, store: String) {
            self.path = path
            self.store = store
        }

        func next() async throws -> ByteBuffer? {
            if isAtEnd { return nil }
            do {
                let file = try descriptor ?? SystemPackage.FileDescriptor.open(path, .readOnly, options: .closeOnExec)
                descriptor = file
                var buffer = ByteBuffer()
                let count = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 256 << 10) { space in
                    try file.read(into: UnsafeMutableRawBufferPointer(rebasing: space.prefix(256 << 10)))
                }
                guard count > 0 else {
                    isAtEnd = true
                    return nil
                }
                return buffer
            } catch Errno.noSuchFileOrDirectory {
                throw RegistryError(.notFound, "\(store) lacks the blob \(path.lastComponent?.string ?? "")")
            } catch {
                throw FileFailure(path, "cannot be read", error)
            }
        }

        deinit {
            try? descriptor?.close()
        }
    }
}
