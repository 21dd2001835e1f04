import ArgumentParser

/// `tagboat label`.
struct LabelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "label")
}
