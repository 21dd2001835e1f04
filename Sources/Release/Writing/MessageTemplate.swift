package import Tagging

/// The message of a commit or tag with expressions such as `{{version}}`, in the language of tag rules.
package struct MessageTemplate: Sendable {
    /// What a message may say.
    package struct Fields: Sendable {
        package var version: String
        package var previousVersion: String?
        package var tag: String?
        package var level: String?
        package var component: String?

        package init(
            version: String,
            previousVersion: String? = nil,
            tag: String? = nil,
            level: String? = nil,
            component: String? = nil
        ) {
            self.version = version
            self.previousVersion = previousVersion
            self.tag = tag
            self.level = level
            self.component = component
        }

        fileprivate var values: [(key: String, value: HandlebarsValue)] {
            let texts: [(String, String?)] = [
                ("version", version), ("previous_version", previousVersion), ("tag", tag), ("level", level),
                ("component", component),
            ]
            return texts.map { (key: $0, value: .string($1 ?? "")) }
        }
    }

    /// The names that an expression may have.
    package static let names = Fields(version: "").values.map(\.key)
    package static let defaultCommit = MessageTemplate(
        valid: "chore(release): {{#if component}}{{component}} {{/if}}{{version}}"
    )
    package static let defaultTag = MessageTemplate(valid: "{{#if component}}{{component}} {{/if}}{{version}}")

    package let text: String
    /// Nil for a text that is no template, which stands for itself.
    private let template: HandlebarsTemplate?

    /// Reads a template.
    ///
    /// - Throws: `HandlebarsError`, also for a name that is no field.
    package init(_ text: String) throws(HandlebarsError) {
        self.text = text
        let template = try HandlebarsTemplate(parsing: text)
        self.template = template
        // Sorted, so that of several errors it is always the same one that is told.
        if let unknown = template.names.subtracting(Self.names).min() {
            throw HandlebarsError("there is no \"\(unknown)\"; known are: \(Self.names.joined(separator: ", "))")
        }
    }

    /// One of tagboat's own, which a test reads.
    private init(valid text: String) {
        self.text = text
        template = try? HandlebarsTemplate(parsing: text)
    }

    /// The message.
    ///
    /// - Throws: `HandlebarsError`.
    package func render(_ fields: Fields) throws(HandlebarsError) -> String {
        try template?.render(.object(fields.values)) ?? text
    }
}
