import NIOCore

/// A file to write into an archive.
struct TarMember: Sendable {
    let path: String
    let size: Int64
    let content: any AsyncSequence<ByteBuffer, any Error> & Sendable

    /// Content that is read when its turn has come.
    init(path: String, size: Int64, content: any AsyncSequence<ByteBuffer, any Error> & Sendable) {
        self.path = path
        self.size = size
        self.content = content
    }

    /// Content at hand.
    init(path: String, bytes: [UInt8]) {
        self.init(
            path: path,
            size: Int64(bytes.count),
            content: ContentChunks(MemoryContent(bytes), offset: 0, size: Int64(bytes.count))
        )
    }
}

/// A tar archive as it is written, a chunk at a time.
///
/// Equal members give equal bytes: they are sorted by name, folders are named before what is in them, and owner,
/// group and time are 0.
struct TarStream: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    private let members: [TarMember]

    init(_ members: [TarMember]) {
        let files = Set(members.map(\.path))
        var folders: Set<String> = []
        for path in files {
            var parts = path.split(separator: "/").dropLast()
            while !parts.isEmpty, folders.insert(parts.joined(separator: "/") + "/").inserted { parts.removeLast() }
        }
        self.members = (members + folders.map { TarMember(path: $0, bytes: []) })
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The length of the whole archive.
    var size: Int64 {
        members.reduce(Int64(2 * TarHeader.blockSize)) { sum, member in
            sum + Int64(Self.header(of: member).count) + member.size + Int64(Self.padding(behind: member.size))
        }
    }

    /// The header, with pax records before it where the name or the size does not fit into its fields.
    private static func header(of member: TarMember) -> [UInt8] {
        var records: [UInt8] = []
        if member.path.utf8.count > 100 { records += PaxRecords.record("path", member.path) }
        if member.size > TarHeader.largestOctalSize { records += PaxRecords.record("size", String(member.size)) }
        let kind: TarHeader.Kind = member.path.hasSuffix("/") ? .directory : .file
        let header = TarHeader(name: member.path, kind: kind, size: member.size)
        guard !records.isEmpty else { return header.block }
        let extended = TarHeader(name: "records", kind: .extendedRecords, size: Int64(records.count))
        return extended.block + records + [UInt8](repeating: 0, count: padding(behind: Int64(records.count)))
            + header.block
    }

    private static func padding(behind size: Int64) -> Int {
        let block = Int64(TarHeader.blockSize)
        return Int((block - size % block) % block)
    }

    func makeAsyncIterator() -> Iterator { Iterator(members: members[...]) }

    struct Iterator: AsyncIteratorProtocol {
        private var members: ArraySlice<TarMember>
        private var current: (content: any AsyncIteratorProtocol<ByteBuffer, any Error>, member: TarMember)?
        private var written: Int64 = 0
        private var isAtEnd = false

        fileprivate init(members: ArraySlice<TarMember>) {
            self.members = members
        }

        mutating func next() async throws -> ByteBuffer? {
            try await next(isolation: #isolation)
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            if let (source, member) = current {
                var content = source
                if let chunk = try await content.next(isolation: actor) {
                    current = (content, member)
                    written += Int64(chunk.readableBytes)
                    return chunk
                }
                current = nil
                guard written == member.size else {
                    throw RegistryError(
                        .serverFailure,
                        "\(member.path) has \(written) bytes, not \(member.size): it changed while it was read"
                    )
                }
                let padding = TarStream.padding(behind: member.size)
                if padding > 0 { return ByteBuffer(repeating: 0, count: padding) }
            }
            if let member = members.popFirst() {
                current = (Self.iterator(of: member.content), member)
                written = 0
                return ByteBuffer(bytes: TarStream.header(of: member))
            }
            if isAtEnd { return nil }
            isAtEnd = true
            return ByteBuffer(repeating: 0, count: 2 * TarHeader.blockSize)
        }

        private static func iterator(
            of content: any AsyncSequence<ByteBuffer, any Error> & Sendable
        ) -> any AsyncIteratorProtocol<ByteBuffer, any Error> {
            content.makeAsyncIterator()
        }
    }
}
