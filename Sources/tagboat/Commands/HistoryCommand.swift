import ArgumentParser

/// `tagboat history`: which version each moving tag meant after each release.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Tell which version each moving tag meant after each release, and on any day.",
        discussion: """
            Registries keep no history of tags. This one is worked out: the releases in the order in which their images \
            were made, and after each of them the highest version of every line. What the tags hold today is compared \
            with the policy in force: docs/history.md.
            """
    )

    @OptionGroup var options: TagHistoryOptions
    @OptionGroup var component: ComponentOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        var flags = FlagConfiguration()
        component.add(to: &flags)
        let context = try CommandContext(shared, flags: [flags, connection.configuration()])
        try await TagHistoryRun(context: context, options: options).run()
    }
}
