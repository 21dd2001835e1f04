import ArgumentParser

/// `tagboat check`: whether what people write is as the release needs it.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check what people write before it counts.",
        subcommands: [CheckCommitCommand.self]
    )
}
