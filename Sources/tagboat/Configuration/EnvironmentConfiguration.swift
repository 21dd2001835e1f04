import OCI
import SystemPackage
import Versioning

/// The configuration that the environment holds, in variables `TAGBOAT_…`.
enum EnvironmentConfiguration {
    /// Reads the variables; an empty one counts as not set.
    ///
    /// - Throws: `ConfigurationError` that names the variable.
    static func read(_ environment: [String: String]) throws(ConfigurationError) -> PartialConfiguration {
        func value<Value>(
            _ name: String,
            _ read: (String) throws(ConfigurationError) -> Value
        ) throws(ConfigurationError) -> Value? {
            guard let text = environment[name], !text.isEmpty else { return nil }
            do {
                return try read(text)
            } catch {
                throw ConfigurationError("\(name): \(error.description)", hint: error.hint)
            }
        }
        func list<Value>(
            _ name: String,
            _ read: (String) throws(ConfigurationError) -> Value
        ) throws(ConfigurationError) -> [Value]? {
            try value(name) { text throws(ConfigurationError) in
                var values: [Value] = []
                for part in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
                    values.append(try read(String(part)))
                }
                return values
            }
        }
        var result = PartialConfiguration()
        result.images = try list("TAGBOAT_IMAGES", ConfigurationValue.repository)
        result.from = try value("TAGBOAT_FROM", ConfigurationValue.source)
        result.version = try value("TAGBOAT_VERSION", ConfigurationValue.version)
        result.versionFile = try value("TAGBOAT_VERSION_FILE") { text in FilePath(text) }
        result.mode = try value("TAGBOAT_MODE", ConfigurationValue.mode)
        result.tags = try list("TAGBOAT_TAGS", ConfigurationValue.rule)
        result.shortHashLength = try value("TAGBOAT_SHORT_HASH_LENGTH", ConfigurationValue.integer)
        result.timeout = try value("TAGBOAT_TIMEOUT", ConfigurationValue.duration)
        result.registries = try list("TAGBOAT_PLAIN_HTTP", ConfigurationValue.registry).map { hosts in
            Dictionary(hosts.map { ($0, .init(plainHTTP: true)) }) { first, _ in first }
        }
        result.credentialFile = try value("TAGBOAT_AUTHFILE") { text in FilePath(text) }
        return result
    }
}
