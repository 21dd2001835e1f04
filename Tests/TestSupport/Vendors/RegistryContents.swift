import Crypto
import FoundationEssentials

/// What a registry holds.
struct RegistryContents: Sendable {
    /// A manifest to the byte.
    struct Manifest: Sendable {
        var bytes: [UInt8]
        var mediaType: String
        /// The manifest that it is about (image-spec 1.1, "subject").
        var subject: String?
        var artifactType: String?
        /// The `annotations` as JSON.
        var annotations: [String: String] = [:]
    }

    /// A name for a manifest.
    struct Tag: Sendable {
        var name: String
        var digest: String
        var isImmutable = false
    }

    /// A repository.
    struct Repository: Sendable {
        var manifests: [String: Manifest] = [:]
        var blobs: [String: [UInt8]] = [:]
        /// In the order of their creation.
        var tags: [Tag] = []

        /// The tag of a name.
        subscript(tag name: String) -> Tag? { tags.first { $0.name == name } }

        /// Points a tag at a digest.
        mutating func tag(_ name: String, _ digest: String) {
            if let index = tags.firstIndex(where: { $0.name == name }) {
                tags[index].digest = digest
            } else {
                tags.append(Tag(name: name, digest: digest))
            }
        }

        /// The digest that a tag or digest stands for; nil where there is no such manifest.
        func resolve(_ reference: String) -> String? {
            let digest = reference.contains(":") ? reference : self[tag: reference]?.digest
            return digest.flatMap { manifests[$0] == nil ? nil : $0 }
        }
    }

    /// An upload in progress.
    struct Upload: Sendable {
        var repository: String
        var bytes: [UInt8] = []
        var chunks = 0
    }

    /// The repositories by their names.
    var repositories: [String: Repository] = [:]
    /// The uploads by their names.
    var uploads: [String: Upload] = [:]
    /// The tokens that were given, with what they permit.
    var tokens: [String: [TokenScope]] = [:]
    /// How many of the next requests are answered with 429, and what they are told to wait.
    var throttled = 0
    /// How many of the next uploads break off before their end is answered.
    var broken = 0
    /// The number that makes the next name unique.
    var serial = 0

    /// A name that was not there before.
    mutating func newName(_ prefix: String) -> String {
        serial += 1
        return "\(prefix)-\(serial)"
    }

    /// The digest of content by the algorithm of another digest; nil for an algorithm that we do not know.
    static func digest(of bytes: [UInt8], like other: String = "sha256:") -> String? {
        if other.hasPrefix("sha256:") { return "sha256:" + ImageFixture.hash(bytes) }
        guard other.hasPrefix("sha512:") else { return nil }
        let hash = SHA512.hash(data: Data(bytes)).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "sha512:" + hash
    }

    /// Whether a text has the form of a digest.
    static func isDigest(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = ["sha256": 64, "sha512": 128][String(parts[0])] else { return false }
        return parts[1].utf8.count == length
            && parts[1].utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// Whether a text has the form of a tag (distribution-spec 1.1, "Pulling manifests").
    static func isTag(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128, first != 0x2e, first != 0x2d else { return false }
        return text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || byte == 0x5f || byte == 0x2e || byte == 0x2d
        }
    }
}
