import OCI

/// Any JSON, kept as it is.
enum JSONValue: Codable, Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// A descriptor.
    init(_ descriptor: Descriptor, annotations: [String: String]?) {
        var object: [String: JSONValue] = [
            "mediaType": .string(descriptor.mediaType.rawValue),
            "digest": .string(descriptor.digest.description),
            "size": .integer(descriptor.size),
        ]
        if let annotations { object["annotations"] = .object(annotations.mapValues { .string($0) }) }
        self = .object(object)
    }

    /// Every descriptor in it, at any depth (image-spec, descriptor.md).
    var descriptors: [Descriptor] {
        switch self {
        case .array(let values):
            return values.flatMap(\.descriptors)
        case .object(let object):
            var found = object.values.flatMap(\.descriptors)
            if case .string(let digest)? = object["digest"], case .string(let mediaType)? = object["mediaType"],
                let digest = try? Digest(parsing: digest)
            {
                found.append(Descriptor(mediaType: MediaType(rawValue: mediaType), digest: digest, size: 0))
            }
            return found
        default:
            return []
        }
    }

    /// How deep objects and arrays may lie in each other; the decoder's time grows with the square of it.
    private static let deepest = 64

    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Self.deepest else {
            throw ManifestError.malformed("it is nested deeper than \(Self.deepest) levels")
        }
        let container = try decoder.singleValueContainer()
        // The frequent ones first: each guess that fails costs an error.
        if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([String: JSONValue].self) {
            self = .object(value)
        } else if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else {
            self = .array(try container.decode([JSONValue].self))
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
