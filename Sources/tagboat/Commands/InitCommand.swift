import ArgumentParser

/// `tagboat init`: set a project up.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Look at a project, and write tagboat.yaml, VERSION and a pipeline for its CI system.",
        discussion: """
            Looks for Dockerfiles, the git remote, version files, manifests, git tags and the files of CI systems. On a \
            terminal it asks for what it cannot know, each time with a default, shows the diff, and asks before it \
            writes. No file that is there is ever changed; all files are written or none.
            """
    )

    @OptionGroup var options: InitOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: [options.configuration()])
        try await SetupSession(context, options: options).run()
    }
}
