import NIOCore

/// Several image layouts seen as one: the first that has a file gives it.
struct LayoutUnion: LayoutFiles {
    let name: String
    let form: String
    let parts: [any LayoutFiles]

    func size(of path: String) throws -> Int64? {
        for part in parts {
            if let size = try part.size(of: path) { return size }
        }
        return nil
    }

    func bytes(of path: String, limit: Int) throws -> [UInt8]? {
        for part in parts {
            if let bytes = try part.bytes(of: path, limit: limit) { return bytes }
        }
        return nil
    }

    func chunks(of path: String) throws -> any AsyncSequence<ByteBuffer, any Error> & Sendable {
        for part in parts where try part.size(of: path) != nil { return try part.chunks(of: path) }
        throw lacks(path)
    }
}
