import FoundationEssentials

/// What we read of an image configuration (image-spec, config.md).
package struct ImageConfiguration: Hashable, Sendable, Decodable {
    /// When the image was made, RFC 3339.
    package let created: String?
    package let author: String?
    package let architecture: String?
    package let os: String?
    package let variant: String?
    package let osVersion: String?
    /// How the image is to be run.
    package let execution: Execution
    /// How the image came to be, step by step.
    package let history: [HistoryEntry]
    /// The digests of the layers' uncompressed archives.
    package let diffIDs: [String]

    package var labels: [String: String] { execution.labels }

    /// The platform; nil where the configuration does not tell.
    package var platform: Platform? {
        guard let os, let architecture, !os.isEmpty, !architecture.isEmpty else { return nil }
        let variant = variant.flatMap { $0.isEmpty ? nil : $0 }
        return Platform(os: os, architecture: architecture, variant: variant, osVersion: osVersion)
    }

    /// What is known without the configuration itself: when the image was made, and its labels.
    package init(created: String?, labels: [String: String]) {
        self.created = created
        execution = Execution(labels: labels)
        author = nil
        architecture = nil
        os = nil
        variant = nil
        osVersion = nil
        history = []
        diffIDs = []
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
        execution = try container.decodeIfPresent(Execution.self, forKey: .config) ?? Execution()
        // What is only shown must not make an image unusable, whatever a builder wrote there.
        author = container.lenient(.author)
        variant = container.lenient(.variant)
        osVersion = container.lenient(.osVersion)
        history = container.lenient(.history) ?? []
        let rootfs: RootFilesystem? = container.lenient(.rootfs)
        diffIDs = rootfs?.diffIDs ?? []
    }

    private enum Keys: String, CodingKey {
        case created, author, architecture, os, variant, config, rootfs, history
        case osVersion = "os.version"
    }

    private struct RootFilesystem: Decodable {
        let diffIDs: [String]?

        enum CodingKeys: String, CodingKey {
            case diffIDs = "diff_ids"
        }
    }

    /// A step of the image's making.
    package struct HistoryEntry: Hashable, Sendable, Decodable {
        package let created: String?
        /// The command.
        package let createdBy: String?
        package let author: String?
        package let comment: String?
        /// Whether the step made no layer.
        package let isEmptyLayer: Bool

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            created = container.lenient(.created)
            createdBy = container.lenient(.createdBy)
            author = container.lenient(.author)
            comment = container.lenient(.comment)
            isEmptyLayer = container.lenient(.emptyLayer) ?? false
        }

        private enum Keys: String, CodingKey {
            case created, author, comment
            case createdBy = "created_by"
            case emptyLayer = "empty_layer"
        }
    }
}

extension KeyedDecodingContainer {
    /// A value, where it is there and of the right type.
    func lenient<Value: Decodable>(_ key: Key) -> Value? {
        (try? decodeIfPresent(Value.self, forKey: key)) ?? nil
    }
}
