import ArgumentParser

/// `tagboat bump`: raise the version.
struct BumpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bump",
        abstract: "Raise the version, and commit, tag and push it if asked.",
        discussion: """
            With `auto` the commits since the last release decide, by Conventional Commits. Only the version's own \
            characters change in a file: comments, blank lines, line ends and a leading v stay. Without a VERSION file \
            one is made, counting from 0.0.0, unless git tags tell the version. A run that was interrupted is finished \
            by the same command.
            """
    )

    @OptionGroup var options: BumpOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: [options.configuration()])
        try await BumpSession(context, options: options).run()
    }
}
