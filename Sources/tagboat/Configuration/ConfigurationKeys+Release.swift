import Registry
import SystemPackage

/// What `release` does besides building and pushing.
extension ConfigurationKey {
    static let releasing: [ConfigurationKey] = [
        ConfigurationKey(
            path: "release.bump",
            summary: "What release raises first: a part of the version, or what the commits ask for.",
            shape: .word(ReleaseSettings.Bump.allCases.map(\.rawValue)),
            flag: "--bump",
            defaultText: "none",
            read: { node, _, partial throws(ConfigurationError) in
                partial.releaseBump = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "part of a version")
                }
            }
        ),
        ConfigurationKey(
            path: "release.git-tag",
            summary: "Whether a release gets its git tag.",
            shape: .boolean,
            flag: "--git-tag, --no-git-tag",
            defaultText: "false",
            read: { node, _, partial throws(ConfigurationError) in
                partial.tagsGit = try node.scalar(ConfigurationValue.boolean)
            }
        ),
        ConfigurationKey(
            path: "release.git-push",
            summary: "Whether the git tag, and the commit of a bump, are pushed.",
            shape: .boolean,
            flag: "--git-push, --no-git-push",
            defaultText: "false",
            read: { node, _, partial throws(ConfigurationError) in
                partial.pushesGit = try node.scalar(ConfigurationValue.boolean)
            }
        ),
    ]

    static let notification: [ConfigurationKey] = [
        ConfigurationKey(
            path: "notify.webhooks",
            summary: "Addresses that are told of a release; what is behind their host is never shown.",
            shape: .list(.text(example: "https://hooks.example.com/tagboat")),
            defaultText: "[]",
            isSecret: true,
            read: { node, _, partial throws(ConfigurationError) in
                partial.webhooks = try node.elements { text throws(ConfigurationError) in
                    do throws(WebhookError) {
                        return try WebhookAddress(parsing: text)
                    } catch {
                        throw ConfigurationError(error.description, hint: error.hint)
                    }
                }
            }
        ),
        ConfigurationKey(
            path: "notify.secret",
            summary: "What signs the messages to webhooks; in the environment alone.",
            shape: .text(example: "…"),
            isInFile: false,
            isSecret: true,
            read: { node, _, partial throws(ConfigurationError) in
                partial.notificationSecret = Secret(try node.text())
            }
        ),
        ConfigurationKey(
            path: "notify.secret-file",
            summary: "A file whose first line signs the messages to webhooks.",
            shape: .text(example: "/run/secrets/tagboat"),
            read: { node, folder, partial throws(ConfigurationError) in
                partial.notificationSecretFile = folder.pushing(FilePath(try node.text()))
            }
        ),
        ConfigurationKey(
            path: "notify.when",
            summary: "What is told of: a release that changed something, snapshots too, every run, or nothing.",
            shape: .word(NotificationSettings.Occasion.allCases.map(\.rawValue)),
            flag: "--notify",
            defaultText: "release",
            read: { node, _, partial throws(ConfigurationError) in
                partial.notifiesWhen = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "occasion")
                }
            }
        ),
    ]
}
