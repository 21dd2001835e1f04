import ArgumentParser

/// `tagboat copy`: bring images from one place to others, unchanged.
struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy images between registries, layouts, archives and engines; digests stay.",
        discussion: """
            A target without a tag gets the source's. Tags keep their promise: one that names a version does not \
            change, and one of a line does not leave its highest release, unless --force is said.

            A whole index is copied with all its platforms. --platform chooses one image of it, which then has its \
            own digest; an index is never written anew.
            """
    )

    @OptionGroup var options: CopyOptions
    @OptionGroup var transfer: TransferOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        var flags = connection.configuration()
        transfer.add(to: &flags)
        let context = try CommandContext(shared, flags: [flags])
        try await CopyRun(context: context, options: options).run()
    }
}
