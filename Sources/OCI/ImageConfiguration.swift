import FoundationEssentials

/// What we read of an image configuration (image-spec, config.md).
package struct ImageConfiguration: Hashable, Sendable, Decodable {
    /// When the image was made, RFC 3339.
    package let created: String?
    package let architecture: String?
    package let os: String?
    package let labels: [String: String]

    package init(created: String? = nil, labels: [String: String] = [:]) {
        self.created = created
        self.labels = labels
        architecture = nil
        os = nil
    }

    /// Reads an image configuration's bytes.
    ///
    /// - Throws: `ManifestError.malformed`.
    package init(parsing bytes: [UInt8]) throws(ManifestError) {
        do {
            self = try JSONDecoder().decode(ImageConfiguration.self, from: Data(bytes))
        } catch {
            throw ManifestError.malformed("of its configuration, " + jsonProblem(error))
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        created = try container.decodeIfPresent(String.self, forKey: .created)
        architecture = try container.decodeIfPresent(String.self, forKey: .architecture)
        os = try container.decodeIfPresent(String.self, forKey: .os)
        labels = try container.decodeIfPresent(Execution.self, forKey: .config)?.labels ?? [:]
    }

    private enum Keys: String, CodingKey {
        case created, architecture, os, config
    }

    private struct Execution: Decodable {
        let labels: [String: String]?

        enum CodingKeys: String, CodingKey {
            case labels = "Labels"
        }
    }
}
