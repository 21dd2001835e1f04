import Crypto
import FoundationEssentials
import SystemPackage

/// An OCI image layout folder to write to (OCI image-spec 1.1, image-layout.md).
struct ImageLayout {
    /// The annotation in `index.json` that names an entry.
    static let nameAnnotation = "org.opencontainers.image.ref.name"

    /// The folder of the layout.
    let directory: FilePath

    /// Opens a layout, or begins one.
    init(_ directory: FilePath) throws {
        self.directory = directory
        try directory.makeDirectory("blobs/sha256")
        try directory.write("oci-layout", #"{"imageLayoutVersion":"1.0.0"}"#)
    }

    /// Writes content and describes it.
    func add(_ content: [UInt8], mediaType: String) throws -> FixtureDescriptor {
        let hash = ImageFixture.hash(content)
        try directory.write("blobs/sha256/\(hash)", content)
        return FixtureDescriptor(mediaType: mediaType, digest: "sha256:\(hash)", size: content.count)
    }

    /// Writes a document as JSON and describes it.
    func add(_ document: some Encodable, mediaType: String) throws -> (descriptor: FixtureDescriptor, bytes: [UInt8]) {
        let bytes = try Self.encode(document)
        return (try add(bytes, mediaType: mediaType), bytes)
    }

    /// Lists a manifest or an index in `index.json`, in the place of an entry of the same name.
    func list(_ descriptor: FixtureDescriptor, as name: String?) throws {
        let path = directory.appending("index.json")
        var index = FixtureIndex()
        if path.exists {
            index = try JSONDecoder().decode(FixtureIndex.self, from: Data(try path.readBytes()))
        }
        var entry = descriptor
        entry.annotations = name.map { [Self.nameAnnotation: $0] }
        index.manifests.removeAll { other in
            let otherName = other.annotations?[Self.nameAnnotation]
            return otherName == name && (name != nil || other.digest == entry.digest)
        }
        index.manifests.append(entry)
        try directory.write("index.json", try Self.encode(index))
    }

    /// JSON whose bytes depend on the document alone.
    private static func encode(_ document: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(document))
    }
}

extension ImageFixture {
    /// The SHA-256 of content in lower-case hexadecimal.
    static func hash(_ content: [UInt8]) -> String {
        SHA256.hash(data: Data(content)).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}
