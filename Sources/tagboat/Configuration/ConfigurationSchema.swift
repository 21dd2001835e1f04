import Tagging

/// The JSON Schema (draft 2020-12) of `tagboat.yaml`, made from the list of keys.
enum ConfigurationSchema {
    static var document: OrderedJSON {
        .object([
            .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            .init("title", .string("tagboat.yaml")),
            .init("description", .string("The configuration of tagboat; docs/configuration.md explains it.")),
            .init("type", .texts(["object", "null"])),
            .init("additionalProperties", .boolean(false)),
            .init("properties", .object(properties(of: ConfigurationKey.all.filter(\.isInFile), level: 0))),
        ])
    }

    private static func properties(of keys: [ConfigurationKey], level: Int) -> [OrderedJSON.Member] {
        var names: [String] = []
        for key in keys where !names.contains(key.levels[level]) { names.append(key.levels[level]) }
        return names.map { name in
            let group = keys.filter { $0.levels[level] == name }
            if let key = group.first(where: { $0.levels.count == level + 1 }) {
                return .init(name, .object([.init("description", .string(key.summary))] + schema(of: key.shape)))
            }
            return .init(
                name,
                .object([
                    .init("type", .string("object")),
                    .init("additionalProperties", .boolean(false)),
                    .init("properties", .object(properties(of: group, level: level + 1))),
                ])
            )
        }
    }

    private static func schema(of shape: ConfigurationShape) -> [OrderedJSON.Member] {
        switch shape {
        case .text(let example):
            // A version such as 26.7 is a number to YAML.
            [.init("type", .texts(["string", "number", "boolean"])), .init("examples", .texts([example]))]
        case .integer(let range):
            [
                .init("type", .string("integer")), .init("minimum", .number(range.lowerBound)),
                .init("maximum", .number(range.upperBound)),
            ]
        case .boolean:
            [.init("type", .string("boolean"))]
        case .word(let words):
            [.init("enum", .texts(words))]
        case .list(let item):
            [
                .init(
                    "anyOf",
                    .list([
                        .object([.init("type", .string("array")), .init("items", .object(schema(of: item)))]),
                        .object(schema(of: item)),
                    ])
                )
            ]
        case .lines(let example):
            schema(of: .list(.text(example: example)))
        case .map(let value):
            [.init("type", .string("object")), .init("additionalProperties", .object(schema(of: value)))]
        case .object(let entries):
            [
                .init("type", .string("object")), .init("additionalProperties", .boolean(false)),
                .init(
                    "properties",
                    .object(
                        entries.map { entry in
                            .init(
                                entry.key,
                                .object(
                                    [.init("description", .string(entry.summary))] + schema(of: entry.shape)
                                )
                            )
                        }
                    )
                ),
            ]
        case .component:
            [
                .init("type", .texts(["object", "null"])), .init("additionalProperties", .boolean(false)),
                .init(
                    "properties",
                    .object(
                        ComponentSettings.ownKeys.map { entry in
                            .init(
                                entry.key,
                                .object([.init("description", .string(entry.summary))] + schema(of: entry.shape))
                            )
                        } + properties(of: ComponentSettings.configurationKeys, level: 0)
                    )
                ),
            ]
        case .either(let first, let second):
            [.init("anyOf", .list([.object(schema(of: first)), .object(schema(of: second))]))]
        }
    }
}
