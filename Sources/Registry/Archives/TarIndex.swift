/// Where each member of a tar archive lies, found by reading its headers alone.
///
/// Nothing is unpacked. Archives come from anywhere, so names and links that lead out of the archive, sizes beyond its
/// end, files with holes and headers without end are refused; of several members of one name the last one counts, as
/// it does for tar.
package struct TarIndex: Sendable {
    /// A member of the archive.
    package enum Member: Equatable, Sendable {
        case file(offset: Int64, size: Int64)
        /// A symbolic link, with the member that it leads to.
        case link(to: String)
        case directory
        /// A device, a pipe or something unknown: it may stand there, but nothing can be read from it.
        case special
    }

    /// Bounds for what a hostile archive can make us keep.
    package struct Limits: Sendable {
        /// How many headers there may be.
        package var headers: Int
        /// How many bytes names and extended headers may have together.
        package var headerBytes: Int

        /// Bounds far above those of any archive of images.
        package init(headers: Int = 1_000_000, headerBytes: Int = 128 << 20) {
            self.headers = headers
            self.headerBytes = headerBytes
        }
    }

    /// The members by their normalized names.
    package private(set) var members: [String: Member] = [:]

    /// Reads all headers.
    ///
    /// - Parameters:
    ///   - content: the archive.
    ///   - limits: how much it may hold.
    /// - Throws: `TarError` for an archive that is damaged or not safe to use; what reading throws.
    package init(reading content: some RandomAccessContent, limits: Limits = Limits()) throws {
        var reading = Reading(content: content, limits: limits)
        while let (header, offset) = try reading.next() {
            try add(header, offset: offset)
        }
    }

    private mutating func add(_ header: TarHeader, offset: Int64) throws(TarError) {
        let name = try ArchivePath.normalized(header.name)
        switch header.kind {
        case .directory:
            members[name] = .directory
        case _ where name.isEmpty:
            throw TarError("a member has no name")
        case .file:
            members[name] = .file(offset: offset, size: header.size)
        case .symbolicLink:
            members[name] = .link(to: try ArchivePath.target(header.linkName, of: name))
        case .hardLink:
            // A second name of what stands before it, whatever becomes of the first name later on.
            let target = try ArchivePath.target(header.linkName, of: "")
            guard let member = members[target] else {
                throw TarError(
                    "the link \(ArchivePath.quoted(name)) leads to \(ArchivePath.quoted(target)), which is not before it"
                )
            }
            members[name] = member
        case .sparse:
            throw TarError("\(ArchivePath.quoted(name)) is stored with holes, which no image archive needs")
        default:
            members[name] = .special
        }
    }

    /// Finds a file, through symbolic links.
    ///
    /// - Parameter path: the file's name.
    /// - Returns: where its content lies; nil where there is no such member.
    /// - Throws: `TarError` where links lead in a circle or into nothing, or the member is no file.
    package func file(_ path: String) throws(TarError) -> (offset: Int64, size: Int64)? {
        var name = try ArchivePath.normalized(path)
        for hop in 0..<40 {
            switch members[name] {
            case .file(let offset, let size)?:
                return (offset, size)
            case .link(let target)?:
                name = target
            case .directory?, .special?:
                throw TarError("\(ArchivePath.quoted(path)) is not a file")
            case nil:
                if hop == 0 { return nil }
                throw TarError(
                    "the link \(ArchivePath.quoted(path)) leads to \(ArchivePath.quoted(name)), which is not there"
                )
            }
        }
        throw TarError("the link \(ArchivePath.quoted(path)) leads back to itself")
    }
}

/// One pass over the headers.
private struct Reading<Content: RandomAccessContent> {
    let content: Content
    let limits: TarIndex.Limits
    private var offset: Int64 = 0
    private var headers = 0
    private var headerBytes = 0

    init(content: Content, limits: TarIndex.Limits) {
        self.content = content
        self.limits = limits
    }

    /// The next member, with what extended headers say of it, and where its content begins; nil at the end.
    mutating func next() throws -> (TarHeader, Int64)? {
        var records: PaxRecords?
        var longName: String?
        var longLink: String?
        while let header = try nextHeader() {
            switch header.kind {
            case .extendedRecords:
                records = try PaxRecords(parsing: try content(of: header))
            case .globalRecords:
                _ = try content(of: header)
            case .longName:
                longName = try text(of: header)
            case .longLink:
                longLink = try text(of: header)
            default:
                var member = header
                member.name = records?.values["path"] ?? longName ?? header.name
                member.linkName = records?.values["linkpath"] ?? longLink ?? header.linkName
                member.size = member.hasContent ? try records?.size() ?? header.size : 0
                // A header field's trailing slash means a folder; a record's does so too.
                if member.kind == .file, member.name.hasSuffix("/") { member.kind = .directory }
                if records?.isSparse == true { member.kind = .sparse }
                try count(member.name.utf8.count + member.linkName.utf8.count)
                let start = offset
                try skip(member.size, of: member.name)
                return (member, start)
            }
        }
        guard records == nil, longName == nil, longLink == nil else {
            throw TarError("it ends behind an extended header")
        }
        return nil
    }

    private mutating func nextHeader() throws -> TarHeader? {
        let block = try content.read(at: offset, count: TarHeader.blockSize)
        // Some programs leave the end mark out.
        if block.isEmpty, headers > 0 { return nil }
        guard block.count == TarHeader.blockSize else { throw TarError("it is cut off, or no tar archive") }
        if block.allSatisfy({ $0 == 0 }) {
            let second = try content.read(at: offset + Int64(TarHeader.blockSize), count: TarHeader.blockSize)
            guard second.allSatisfy({ $0 == 0 }) else { throw TarError("it goes on behind its end mark") }
            return nil
        }
        headers += 1
        guard headers <= limits.headers else { throw TarError("it has more than \(limits.headers) members") }
        let header = try TarHeader(parsing: block)
        offset += Int64(TarHeader.blockSize)
        return header
    }

    /// The content of a header that describes another one.
    private mutating func content(of header: TarHeader) throws -> [UInt8] {
        guard header.size <= 1 << 20 else { throw TarError("an extended header is larger than 1 MiB") }
        try count(Int(header.size))
        let bytes = try content.read(at: offset, count: Int(header.size))
        try skip(header.size, of: header.name)
        return bytes
    }

    private mutating func text(of header: TarHeader) throws -> String {
        let bytes = try content(of: header)
        guard let text = String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self) else {
            throw TarError("a name is not in UTF-8")
        }
        return text
    }

    private mutating func skip(_ size: Int64, of name: String) throws(TarError) {
        guard size <= content.size - offset else {
            throw TarError("it is cut off within \(ArchivePath.quoted(name))")
        }
        let block = Int64(TarHeader.blockSize)
        // The padding of the last member may be missing.
        offset = min(content.size, offset + (size + block - 1) / block * block)
    }

    private mutating func count(_ bytes: Int) throws(TarError) {
        headerBytes += bytes
        guard headerBytes <= limits.headerBytes else { throw TarError("its headers are impossibly large") }
    }
}
