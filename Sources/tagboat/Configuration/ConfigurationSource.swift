import OCI
import SystemPackage

/// A place that configuration comes from, and what it says there, key by key.
struct ConfigurationSource {
    /// Where a value came from.
    enum Origin: Equatable {
        case flag(String)
        case variable(String)
        case file(String, line: Int)
        /// What follows from the choice of a component.
        case component(String)

        /// For people: `flag --tags`, `environment TAGBOAT_TAGS`, `tagboat.yaml:3`.
        var description: String {
            switch self {
            case .flag(let name): "flag \(name)"
            case .variable(let name): "environment \(name)"
            case .file(let file, let line): "\(file):\(line)"
            case .component(let name): "component \(name)"
            }
        }

        /// The same place, at another line where there are lines.
        func at(_ line: Int?) -> Origin {
            guard case .file(let file, let old) = self else { return self }
            return .file(file, line: line ?? old)
        }
    }

    struct Entry {
        let node: ConfigurationNode
        let origin: Origin
        /// Where relative paths start.
        let folder: FilePath
    }

    /// What the source says, by the key's path.
    var entries: [String: Entry] = [:]
}

extension PartialConfiguration {
    /// What several sources say together; the first one that says something about a key is heard.
    ///
    /// Registries are the exception: what the sources say of them adds up, setting by setting.
    ///
    /// - Throws: `ConfigurationError` for a value that its key cannot hold, also where it is not heard.
    init(_ sources: [ConfigurationSource]) throws(ConfigurationError) {
        self.init()
        for key in ConfigurationKey.all {
            var registries: [PartialConfiguration] = []
            for source in sources.reversed() {
                guard let entry = source.entries[key.path] else { continue }
                try key.read(entry.node, entry.folder, &self)
                if key.path == "registries" { registries.append(self) }
            }
            if !registries.isEmpty { self.registries = Self.joined(registries.compactMap(\.registries)) }
        }
    }

    private static func joined(
        _ settings: [[RegistryHost: RegistrySettings]]
    ) -> [RegistryHost: RegistrySettings] {
        settings.reduce(into: [:]) { all, nearer in
            all.merge(nearer) { further, nearer in
                RegistrySettings(
                    plainHTTP: nearer.plainHTTP ?? further.plainHTTP,
                    certificateAuthority: nearer.certificateAuthority ?? further.certificateAuthority,
                    // A key goes with its certificate.
                    clientCertificate: nearer.clientCertificate ?? further.clientCertificate,
                    clientKey: nearer.clientCertificate == nil ? further.clientKey : nearer.clientKey,
                    isInsecure: nearer.isInsecure ?? further.isInsecure,
                    mirrors: nearer.mirrors ?? further.mirrors
                )
            }
        }
    }
}
