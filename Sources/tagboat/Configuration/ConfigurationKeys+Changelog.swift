import Changes
import SystemPackage

extension ConfigurationKey {
    /// The keys about changelog and release notes.
    static let changelog: [ConfigurationKey] = [
        ConfigurationKey(
            path: "changelog.file",
            summary: "The changelog.",
            shape: .text(example: "CHANGELOG.md"),
            flag: "--file",
            defaultText: "CHANGELOG.md",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.changelogFile = folder.pushing(FilePath(try node.text()))
            }
        ),
        ConfigurationKey(
            path: "changelog.sections",
            summary: "The title for each type of commits, besides tagboat's own; an empty one leaves the type out.",
            shape: .map(.text(example: "Added")),
            defaultText: ChangelogSettings.defaultSections,
            read: { node, _, partial throws(ConfigurationError) in
                partial.changelogSections = try node.changeSections()
            }
        ),
        ConfigurationKey(
            path: "changelog.forge",
            summary: "What runs on the host of the git remote, for links; by its name where nobody says.",
            shape: .word(ForgeChoice.allCases.map(\.rawValue)),
            defaultText: "auto",
            read: { node, _, partial throws(ConfigurationError) in
                partial.changelogForge = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "forge")
                }
            }
        ),
        ConfigurationKey(
            path: "changelog.url",
            summary: "The project's web address, for links, where it is not that of the git remote.",
            shape: .text(example: "https://git.example.com/acme/ui"),
            read: { node, _, partial throws(ConfigurationError) in partial.changelogAddress = try node.placedText() }
        ),
        ConfigurationKey(
            path: "changelog.authors",
            summary: "Whether to name the author of each change.",
            shape: .boolean,
            flag: "--authors",
            defaultText: "false",
            read: { node, _, partial throws(ConfigurationError) in
                partial.changelogAuthors = try node.scalar(ConfigurationValue.boolean)
            }
        ),
        ConfigurationKey(
            path: "changelog.prereleases",
            summary: "Whether prereleases keep their sections when the stable release is there.",
            shape: .boolean,
            flag: "--prereleases",
            defaultText: "false",
            read: { node, _, partial throws(ConfigurationError) in
                partial.changelogPrereleases = try node.scalar(ConfigurationValue.boolean)
            }
        ),
    ]
}

extension ConfigurationNode {
    /// A mapping from types of commits to titles, in the order of the file.
    func changeSections() throws(ConfigurationError) -> [ChangeSections.Entry] {
        var sections: [ChangeSections.Entry] = []
        for (type, value) in try entries(known: nil) {
            let title = try value.text().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            sections.append(ChangeSections.Entry(type: type, title: title))
        }
        return sections
    }
}
