import ArgumentParser
import Registry
import Release
import Tagging

/// `tagboat list`: what a repository holds.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the images of a repository with their tags, versions, ages, sizes and platforms.",
        discussion: """
            Tags of the same digest stand together, the highest version first. Each digest is read once. With \
            --format names nothing but the tag list is read, and each page is printed as it comes.

            A condition compares version, tag, platform, age, created, size or type, or is the word moving or fixed: \
            docs/reading-images.md.
            """
    )

    @OptionGroup var options: ListOptions
    @OptionGroup var component: ComponentOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        var flags = FlagConfiguration()
        component.add(to: &flags)
        let context = try CommandContext(shared, flags: [flags, connection.configuration()])
        try await ListRun(context: context, options: options).run()
    }
}
