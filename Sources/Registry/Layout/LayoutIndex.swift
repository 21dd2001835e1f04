import FoundationEssentials
import OCI

/// The `index.json` of an image layout.
///
/// Fields that we do not know are kept.
struct LayoutIndex: Sendable {
    struct Entry: Sendable {
        let descriptor: Descriptor
        /// The annotation `org.opencontainers.image.ref.name`.
        var name: String? { descriptor.annotations?[LayoutIndex.nameKey] }
        fileprivate let json: JSONValue

        /// The same entry with other annotations besides those that it has; nil takes one away.
        func annotated(_ changes: [String: String?]) -> Entry {
            guard case .object(var object) = json else { return self }
            var annotations = descriptor.annotations ?? [:]
            for (key, value) in changes { annotations[key] = value }
            var descriptor = descriptor
            descriptor.annotations = annotations.isEmpty ? nil : annotations
            object["annotations"] = annotations.isEmpty ? nil : .object(annotations.mapValues { .string($0) })
            return Entry(descriptor: descriptor, json: .object(object))
        }

        /// The same entry under another name.
        func named(_ name: String?) -> Entry { annotated([LayoutIndex.nameKey: name]) }
    }

    static let nameKey = "org.opencontainers.image.ref.name"

    private(set) var entries: [Entry] {
        didSet { positions = Self.positions(in: entries) }
    }
    /// Where the first entry of each name stands.
    private var positions: [String: Int]
    private var rest: [String: JSONValue]

    /// An index without entries.
    init() {
        entries = []
        positions = [:]
        rest = ["schemaVersion": .integer(2), "mediaType": .string(MediaType.ociIndex.rawValue)]
    }

    init(parsing data: Data, place: String) throws(RegistryError) {
        do {
            rest = try JSONDecoder().decode([String: JSONValue].self, from: data)
            let list = try JSONDecoder().decode(DescriptorList.self, from: data)
            guard case .array(let values)? = rest.removeValue(forKey: "manifests"), values.count == list.manifests.count
            else { throw ManifestError.malformed("\"manifests\" is not a list") }
            entries = zip(list.manifests, values).map { Entry(descriptor: $0, json: $1) }
            positions = Self.positions(in: entries)
        } catch {
            throw RegistryError(
                .invalidResponse,
                "\(place) is not the index of an OCI image layout: \(jsonProblem(error))",
                hint: "it must hold {\"schemaVersion\": 2, \"manifests\": […]}; make the layout anew"
            )
        }
    }

    func entry(named name: String) -> Entry? {
        positions[name].map { entries[$0] }
    }

    private static func positions(in entries: [Entry]) -> [String: Int] {
        var positions: [String: Int] = [:]
        for (position, entry) in entries.enumerated() {
            guard let name = entry.name, positions[name] == nil else { continue }
            positions[name] = position
        }
        return positions
    }

    /// The same index with other entries.
    func replacing(_ entries: [Entry]) -> LayoutIndex {
        var index = self
        index.entries = entries
        return index
    }

    /// Points a name to a manifest; an entry of that name goes.
    mutating func set(_ descriptor: Descriptor, named name: String) {
        var descriptor = descriptor
        descriptor.annotations = [Self.nameKey: name]
        let entry = Entry(descriptor: descriptor, json: .init(descriptor, annotations: [Self.nameKey: name]))
        var entries = entries
        if let position = positions[name] {
            entries[position] = entry
            entries.removeAll { $0.name == name && $0.descriptor != descriptor }
        } else {
            entries.append(entry)
        }
        self.entries = entries
    }

    /// Lists a manifest without a name.
    mutating func add(_ descriptor: Descriptor) {
        guard !entries.contains(where: { $0.descriptor.digest == descriptor.digest }) else { return }
        entries.append(Entry(descriptor: descriptor, json: .init(descriptor, annotations: nil)))
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
