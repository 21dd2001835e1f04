import FoundationEssentials
import OCI
import SystemPackage

/// The `index.json` of an image layout.
///
/// Fields that we do not know are kept.
struct LayoutIndex {
    struct Entry {
        let descriptor: Descriptor
        /// The annotation `org.opencontainers.image.ref.name`.
        var name: String? { descriptor.annotations?[LayoutIndex.nameKey] }
        fileprivate let json: JSONValue
    }

    private static let nameKey = "org.opencontainers.image.ref.name"

    private(set) var entries: [Entry]
    private var rest: [String: JSONValue]

    /// An index without entries.
    init() {
        entries = []
        rest = ["schemaVersion": .integer(2), "mediaType": .string(MediaType.ociIndex.rawValue)]
    }

    init(parsing data: Data, path: FilePath) throws(RegistryError) {
        do {
            rest = try JSONDecoder().decode([String: JSONValue].self, from: data)
            let list = try JSONDecoder().decode(DescriptorList.self, from: data)
            guard case .array(let values)? = rest.removeValue(forKey: "manifests"), values.count == list.manifests.count
            else { throw ManifestError.malformed("\"manifests\" is not a list") }
            entries = zip(list.manifests, values).map { Entry(descriptor: $0, json: $1) }
        } catch {
            throw RegistryError(
                .invalidResponse,
                "\(path) is not the index of an OCI image layout: \(jsonProblem(error))",
                hint: "it must hold {\"schemaVersion\": 2, \"manifests\": […]}; make the layout anew"
            )
        }
    }

    func entry(named name: String) -> Entry? {
        entries.first { $0.name == name }
    }

    /// Points a name to a manifest; an entry of that name goes.
    mutating func set(_ descriptor: Descriptor, named name: String) {
        var descriptor = descriptor
        descriptor.annotations = [Self.nameKey: name]
        let entry = Entry(descriptor: descriptor, json: .init(descriptor, name: name, nameKey: Self.nameKey))
        guard let position = entries.firstIndex(where: { $0.name == name }) else {
            entries.append(entry)
            return
        }
        entries[position] = entry
        entries.removeAll { $0.name == name && $0.descriptor != descriptor }
    }

    mutating func remove(where isUnwanted: (Entry) -> Bool) {
        entries.removeAll(where: isUnwanted)
    }

    func encoded() throws -> [UInt8] {
        var object = rest
        object["manifests"] = .array(entries.map(\.json))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return Array(try encoder.encode(object)) + Array("\n".utf8)
    }

    /// What a manifest is, by its own `mediaType` or by its fields, where no descriptor tells.
    static func mediaType(ofManifest bytes: [UInt8]) -> MediaType? {
        guard let fields = try? JSONDecoder().decode(ManifestFields.self, from: Data(bytes)) else { return nil }
        if let named = fields.mediaType { return named }
        return fields.manifests != nil ? .ociIndex : fields.config != nil ? .ociManifest : nil
    }

    private struct ManifestFields: Decodable {
        let mediaType: MediaType?
        let manifests: [JSONValue]?
        let config: JSONValue?
    }

    private struct DescriptorList: Decodable {
        let manifests: [Descriptor]
    }
}

/// Any JSON, kept as it is.
enum JSONValue: Codable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(_ descriptor: Descriptor, name: String, nameKey: String) {
        self = .object([
            "mediaType": .string(descriptor.mediaType.rawValue),
            "digest": .string(descriptor.digest.description),
            "size": .integer(descriptor.size),
            "annotations": .object([nameKey: .string(name)]),
        ])
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
