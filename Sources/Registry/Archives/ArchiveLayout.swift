import FoundationEssentials
import NIOCore
import OCI

/// An archive of images, seen as the image layout that it holds, or that can be made of it.
struct ArchiveLayout: Sendable {
    let files: ArchiveFiles
    /// What is in it; the names are those that the archive's form gives: tags, or whole references.
    let index: LayoutIndex
    /// Whether the manifests are ours, because the archive has none.
    let isMade: Bool

    var reader: LayoutReader { LayoutReader(files: files) }

    /// Reads the index of an OCI image layout in an archive.
    ///
    /// - Throws: `RegistryError` where it has none.
    init(oci archive: ArchiveFile) throws {
        files = ArchiveFiles(archive, form: "oci-archive:FILE:NAME")
        guard let index = try Self.layoutIndex(of: files) else {
            let isDocker = try archive.file("manifest.json") != nil
            throw RegistryError(
                .notFound,
                "\(archive.name) is not an OCI image layout: it has no index.json",
                hint: isDocker
                    ? "it is an archive of docker's form; name it docker-archive:FILE"
                    : "write one with `skopeo copy SOURCE oci-archive:FILE:NAME`"
            )
        }
        self.index = index
        isMade = false
    }

    init(files: ArchiveFiles, index: LayoutIndex, isMade: Bool) {
        self.files = files
        self.index = index
        self.isMade = isMade
    }

    /// The index of the layout in an archive; nil where there is none.
    static func layoutIndex(of files: ArchiveFiles) throws -> LayoutIndex? {
        guard let bytes = try files.bytes(of: "index.json", limit: LayoutReader.indexLimit) else { return nil }
        return try LayoutIndex(parsing: Data(bytes), place: "index.json of \(files.name)")
    }
}

/// The files of an image layout in an archive.
struct ArchiveFiles: LayoutFiles {
    /// Where a file of the layout is, that does not stand in the archive under its own name.
    enum Place: Sendable {
        case bytes([UInt8])
        case member(String)
    }

    let archive: ArchiveFile
    let form: String
    let places: [String: Place]

    init(_ archive: ArchiveFile, form: String, places: [String: Place] = [:]) {
        self.archive = archive
        self.form = form
        self.places = places
    }

    var name: String { archive.name }

    func size(of path: String) throws -> Int64? {
        switch places[path] {
        case .bytes(let bytes)?: Int64(bytes.count)
        case .member(let member)?: try archive.file(member)?.size
        case nil: try archive.file(path)?.size
        }
    }

    func bytes(of path: String, limit: Int) throws -> [UInt8]? {
        if case .bytes(let bytes)? = places[path] { return bytes }
        guard let file = try member(path) else { return nil }
        guard file.size <= limit else { throw tooLarge(path, limit: limit) }
        return try archive.content.read(at: file.offset, count: Int(file.size))
    }

    func chunks(of path: String) throws -> any AsyncSequence<ByteBuffer, any Error> & Sendable {
        if case .bytes(let bytes)? = places[path] {
            return ContentChunks(MemoryContent(bytes), offset: 0, size: Int64(bytes.count))
        }
        guard let file = try member(path) else { throw lacks(path) }
        return archive.chunks(file)
    }

    private func member(_ path: String) throws -> (offset: Int64, size: Int64)? {
        if case .member(let member)? = places[path] { return try archive.file(member) }
        return try archive.file(path)
    }
}
