import ArgumentParser

/// The command `tagboat`.
struct Tagboat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tagboat",
        abstract: "Release container images: versions, tags and labels that never go the wrong way.",
        discussion: """
            Exit codes: 0 done, 1 verify or check found something, 2 usage or configuration, 3 refused by policy, \
            4 authentication or permission, 5 registry, network, git or builder failure, 6 partly applied.

            `tagboat --version` prints the version of tagboat itself.
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Release",
                subcommands: [
                    ReleaseCommand.self, VersionCommand.self, TagsCommand.self, LabelsCommand.self,
                    MetadataCommand.self, BuildCommand.self, PlanCommand.self, PushCommand.self, VerifyCommand.self,
                ]
            ),
            CommandGroup(
                name: "Images",
                subcommands: [
                    ListCommand.self, HistoryCommand.self, InspectCommand.self, CopyCommand.self, IndexCommand.self, DeleteCommand.self,
                    LabelCommand.self,
                ]
            ),
            CommandGroup(
                name: "Versions",
                subcommands: [BumpCommand.self, ChangelogCommand.self, NotesCommand.self, CheckCommand.self]
            ),
            CommandGroup(
                name: "Set-up",
                subcommands: [
                    InitCommand.self, LoginCommand.self, LogoutCommand.self, DoctorCommand.self, TemplateCommand.self,
                    ConfigCommand.self,
                ]
            ),
        ]
    )
}
