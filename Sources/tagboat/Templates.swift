import Mustache

/// The templates of the folder `templates/`, embedded when the program was built.
enum Templates {
    private static let embedded: [String: [UInt8]] = [
        "labels.docker": PackageResources.labels_docker_mustache,
        "labels.env": PackageResources.labels_env_mustache,
    ]

    /// Renders a template with its fields.
    ///
    /// - Throws: `ConfigurationError` for an unknown template, or the template's own syntax error.
    static func render(_ name: String, _ fields: Any) throws -> String {
        guard let source = embedded[name] else {
            throw ConfigurationError("there is no template \"\(name)\"")
        }
        return try MustacheTemplate(string: String(decoding: source, as: UTF8.self)).render(fields)
    }
}
