import Linting

/// What is asked of Dockerfiles.
extension ConfigurationKey {
    static let lint: [ConfigurationKey] = [
        ConfigurationKey(
            path: "lint.rules",
            summary: "How much the findings of rules matter, by the rule (docs/linting.md).",
            shape: .map(.word(Severity.allCases.map(\.rawValue))),
            defaultText: "{}",
            read: { node, _, partial throws(ConfigurationError) in partial.lintSeverities = try node.severities() }
        ),
        ConfigurationKey(
            path: "lint.allow",
            summary: "The images that Dockerfiles may use; every one where the list is empty.",
            shape: .list(
                .either(
                    .text(example: "docker.io/library/alpine:3.*"),
                    .object([
                        ("registry", .text(example: "ghcr.io"), "A pattern of the registry; docker.io."),
                        ("repository", .text(example: "acme/*"), "A pattern of the path on the registry; any."),
                        ("tag", .list(.text(example: "3.*")), "Patterns of the tag, of which one must fit; any."),
                        ("digest", .boolean, "Whether the image must be pinned by its digest."),
                    ])
                )
            ),
            flag: "--allow",
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.allowedImages = try node.items { item throws(ConfigurationError) in try item.imagePattern() }
            }
        ),
        ConfigurationKey(
            path: "lint.required-labels",
            summary: "The keys of labels that images must have, by LABEL or by tagboat.",
            shape: .list(.text(example: "org.opencontainers.image.vendor")),
            flag: "--require-label",
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.requiredLabels = try node.elements { text throws(ConfigurationError) in text }
            }
        ),
        ConfigurationKey(
            path: "lint.exclude",
            summary: "Paths whose Dockerfiles are not looked for, from the top of the repository.",
            shape: .list(.text(example: "examples")),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.lintExcludes = try node.elements(ConfigurationValue.path)
            }
        ),
        ConfigurationKey(
            path: "lint.strict",
            summary: "Whether warnings fail the run, too.",
            shape: .boolean,
            flag: "--strict",
            defaultText: "false",
            read: { node, _, partial throws(ConfigurationError) in
                partial.isLintStrict = try node.scalar(ConfigurationValue.boolean)
            }
        ),
    ]
}

extension ConfigurationNode {
    /// Severities by the rule.
    fileprivate func severities() throws(ConfigurationError) -> [LintRule: Severity] {
        var severities: [LintRule: Severity] = [:]
        for (name, value) in try entries(known: LintRule.allCases.map(\.rawValue)) {
            guard let rule = LintRule(rawValue: name) else { continue }
            severities[rule] = try value.scalar { text throws(ConfigurationError) in
                try ConfigurationValue.word(text, "severity")
            }
        }
        return severities
    }

    /// Images that are allowed: a pattern, or a mapping of its parts.
    fileprivate func imagePattern() throws(ConfigurationError) -> ImagePattern {
        if isScalar {
            return try scalar { text throws(ConfigurationError) in
                guard let pattern = ImagePattern(text) else {
                    throw ConfigurationError(
                        "\"\(text)\" is not a pattern of images",
                        hint: "write [REGISTRY/]REPOSITORY[:TAG], with * for any characters"
                    )
                }
                return pattern
            }
        }
        var (registry, repository) = ("docker.io", "*")
        var tags: [String] = []
        var needsDigest = false
        for (key, value) in try entries(known: ["registry", "repository", "tag", "digest"]) {
            switch key {
            case "registry": registry = try value.text()
            case "repository": repository = try value.text()
            case "tag": tags = try value.elements { text throws(ConfigurationError) in text }
            default: needsDigest = try value.scalar(ConfigurationValue.boolean)
            }
        }
        return ImagePattern(registry: registry, repository: repository, tags: tags, needsDigest: needsDigest)
    }
}
