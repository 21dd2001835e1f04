import FoundationEssentials
import OCI

/// What an engine says of one image (Engine API, "Inspect an image").
struct EngineImage: Decodable, Sendable {
    let id: Digest
    let configuration: ImageConfiguration

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let text = try container.decode(String.self, forKey: .id)
        // Some versions of podman leave the algorithm out.
        id = try Digest(parsing: text.contains(":") ? text : "sha256:\(text)")
        configuration = ImageConfiguration(
            created: try container.decodeIfPresent(String.self, forKey: .created),
            labels: try container.decodeIfPresent(Execution.self, forKey: .config)?.labels ?? [:]
        )
    }

    private enum Keys: String, CodingKey {
        case id = "Id"
        case created = "Created"
        case config = "Config"
    }

    private struct Execution: Decodable {
        let labels: [String: String]?

        enum CodingKeys: String, CodingKey {
            case labels = "Labels"
        }
    }
}

/// What an engine says of itself (Engine API, "Get version").
struct EngineVersion: Decodable, Sendable {
    let os: String?
    let architecture: String?

    private enum CodingKeys: String, CodingKey {
        case os = "Os"
        case architecture = "Arch"
    }
}
