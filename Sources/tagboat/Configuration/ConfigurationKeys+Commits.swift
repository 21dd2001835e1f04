import Changes

extension ConfigurationKey {
    /// How commit messages are read, and what they must be like.
    static let commits: [ConfigurationKey] = [
        ConfigurationKey(
            path: "commits.levels",
            summary: "What a type of commits asks for, besides feat: minor, and fix, perf, revert: patch.",
            shape: .map(.word(PartialConfiguration.CommitLevel.allCases.map(\.rawValue))),
            defaultText: "{}",
            read: { node, _, partial throws(ConfigurationError) in
                var levels: [String: PartialConfiguration.CommitLevel] = [:]
                for (name, value) in try node.entries(known: nil) {
                    let kind = try value.located { () throws(ConfigurationError) in
                        try ConfigurationValue.changeKind(name)
                    }
                    levels[kind] = try value.scalar { text throws(ConfigurationError) in
                        try ConfigurationValue.word(text, "level")
                    }
                }
                partial.commitLevels = levels
            }
        ),
        ConfigurationKey(
            path: "commits.ignore-authors",
            summary: "Patterns of names or addresses of those whose commits do not count.",
            shape: .list(.text(example: "*[bot]")),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.ignoredAuthors = try node.elements { text throws(ConfigurationError) in text }
            }
        ),
        ConfigurationKey(
            path: "commits.ignore-types",
            summary: "Patterns of types that do not count unless they break something.",
            shape: .list(.text(example: "chore(release)")),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.ignoredTypes = try node.elements { text throws(ConfigurationError) in text }
            }
        ),
        ConfigurationKey(
            path: "commits.types",
            summary: "The types that messages may have, by patterns; those with a level count by default.",
            shape: .list(.text(example: "feat")),
            flag: "--type",
            defaultText: "[\(KnownTypes.names.joined(separator: ", "))]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.commitTypes = try node.elements { text throws(ConfigurationError) in text }
            }
        ),
        ConfigurationKey(
            path: "commits.scopes",
            summary: "The scopes that messages may have, by patterns; any where there is none.",
            shape: .list(.text(example: "ui")),
            flag: "--scope",
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.commitScopes = try node.elements { text throws(ConfigurationError) in text }
            }
        ),
        ConfigurationKey(
            path: "commits.require-scope",
            summary: "Whether messages must have a scope.",
            shape: .boolean,
            flag: "--require-scope",
            defaultText: "false",
            read: { node, _, partial throws(ConfigurationError) in
                partial.requiresScope = try node.scalar(ConfigurationValue.boolean)
            }
        ),
        ConfigurationKey(
            path: "commits.header-length",
            summary: "How many characters the first line of a message may have; 0 for no limit.",
            shape: .integer(0...1000),
            flag: "--header-length",
            defaultText: "100",
            read: { node, _, partial throws(ConfigurationError) in
                partial.headerLength = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.integer(text, in: 0...1000)
                }
            }
        ),
        ConfigurationKey(
            path: "commits.body-length",
            summary: "How many characters a line of a message's body may have; 0 for no limit.",
            shape: .integer(0...1000),
            flag: "--body-length",
            defaultText: "0",
            read: { node, _, partial throws(ConfigurationError) in
                partial.bodyLength = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.integer(text, in: 0...1000)
                }
            }
        ),
    ]
}
