import ArgumentParser

/// `tagboat index`: what can be done with indexes of several platforms.
struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Work with the index of an image for several platforms.",
        subcommands: [IndexCreateCommand.self]
    )
}

/// `tagboat index create`: join images for single platforms.
struct IndexCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Join images for single platforms, built by separate jobs, into one index.",
        discussion: """
            The images are copied where they are absent. The index is the same whatever the order in which they are \
            named: sorted by platform, with the labels that all of them have as its annotations. What builds attest \
            to their images comes along. Two images for one platform are refused.

            A digest file is what `tagboat build --output-digest` writes; its image is looked for in the target's \
            repository. It may also hold an image's whole name.
            """
    )

    @OptionGroup var options: IndexOptions
    @OptionGroup var transfer: TransferOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        var flags = connection.configuration()
        transfer.add(to: &flags)
        let context = try CommandContext(shared, flags: [flags])
        try await IndexRun(context: context, options: options).run()
    }
}
