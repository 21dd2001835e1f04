import Git
import Release
import Tagging

/// What is written to git and pushed, and the commands around it.
extension ConfigurationKey {
    static let git: [ConfigurationKey] = recording + HookPoint.allCases.map(hook)

    private static let recording: [ConfigurationKey] = [
        ConfigurationKey(
            path: "git.remote",
            summary: "The remote that commits and tags are pushed to.",
            shape: .text(example: "origin"),
            defaultText: "origin",
            read: { node, _, partial throws(ConfigurationError) in partial.remote = try node.remoteName() }
        ),
        ConfigurationKey(
            path: "git.fetch",
            summary: "Whether what a shallow clone lacks is fetched first, with the user's own git.",
            shape: .boolean,
            flag: "--fetch",
            defaultText: "false",
            read: { node, _, partial throws(ConfigurationError) in
                partial.fetchesHistory = try node.scalar(ConfigurationValue.boolean)
            }
        ),
        ConfigurationKey(
            path: "git.sign",
            summary: "Whether commits and tags are signed, over git's commit.gpgSign and tag.gpgSign.",
            shape: .boolean,
            read: { node, _, partial throws(ConfigurationError) in
                partial.isSigned = try node.scalar(ConfigurationValue.boolean)
            }
        ),
        ConfigurationKey(
            path: "git.moving-tags",
            summary: "The lines that have a git tag which follows the releases, such as v2 and v2.1.",
            shape: .list(.word(MovingGitTags.Line.allCases.map(\.rawValue))),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.movingGitTags = Set(
                    try node.elements { text throws(ConfigurationError) in
                        try ConfigurationValue.word(text, "line of git tags")
                    }
                )
            }
        ),
        ConfigurationKey(
            path: "git.moving-tag-kind",
            summary: "What a moving git tag is made as; same as before by default.",
            shape: .word(MovingTagKind.allCases.map(\.rawValue)),
            defaultText: "same",
            read: { node, _, partial throws(ConfigurationError) in
                partial.movingTagKind = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "kind of git tag")
                }
            }
        ),
        ConfigurationKey(
            path: "git.commit-message",
            summary: "The message of the release commit, with expressions such as {{version}}.",
            shape: .text(example: "chore(release): {{version}}"),
            defaultText: "'\(MessageTemplate.defaultCommit.text)'",
            read: { node, _, partial throws(ConfigurationError) in
                partial.commitMessage = try node.scalar(messageTemplate)
            }
        ),
        ConfigurationKey(
            path: "git.tag-message",
            summary: "The message of annotated tags, with expressions such as {{version}}.",
            shape: .text(example: "Release {{version}}"),
            defaultText: "'\(MessageTemplate.defaultTag.text)'",
            read: { node, _, partial throws(ConfigurationError) in
                partial.tagMessage = try node.scalar(messageTemplate)
            }
        ),
        ConfigurationKey(
            path: "git.add",
            summary: "Further files, folders and patterns whose changes go into the release commit.",
            shape: .list(.text(example: "docs/generated")),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.committedPaths = try node.elements { text throws(ConfigurationError) in text }
            }
        ),
    ]

    private static func hook(_ point: HookPoint) -> ConfigurationKey {
        let (moment, step) = (point.rawValue.prefix { $0 != "-" }, point.rawValue.drop { $0 != "-" }.dropFirst())
        return ConfigurationKey(
            path: "hooks.\(point.rawValue)",
            summary: "Commands that are run \(moment) the \(step), each by sh -c.",
            shape: .lines(example: "make generate"),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                let commands = try node.elements { text throws(ConfigurationError) in
                    guard text.contains(where: { !$0.isWhitespace }) else {
                        throw ConfigurationError("the command is empty", hint: "write one as for a shell")
                    }
                    return text
                }
                partial.hooks = (partial.hooks ?? [:]).merging([point: commands]) { _, new in new }
            }
        )
    }

    private static func messageTemplate(_ text: String) throws(ConfigurationError) -> MessageTemplate {
        do {
            return try MessageTemplate(text)
        } catch {
            throw ConfigurationError(error.description, hint: "write text with expressions such as {{version}}")
        }
    }
}

extension ConfigurationNode {
    /// A remote's name or URL, which must not be taken for an option.
    fileprivate func remoteName() throws(ConfigurationError) -> String {
        let name = try text()
        guard !name.isEmpty, !name.hasPrefix("-") else {
            throw error("\"\(name)\" is no remote", hint: "write a name that `git remote` prints")
        }
        return name
    }
}
