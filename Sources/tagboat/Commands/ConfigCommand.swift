import ArgumentParser
import Changes
import Tagging

/// `tagboat config`: what the configuration may hold, whether it is right, and what is in force.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Check and explain the configuration.",
        subcommands: [Check.self, Show.self, Schema.self]
    )

    /// `tagboat config check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check tagboat.yaml and the environment; exit code 2 where something is wrong."
        )

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let context = try CommandContext(shared)
            // What is wrong with a component must not wait for its release.
            for component in context.configuration.components.components {
                _ = try context.components.configuration(for: component)
            }
            let count = Set(context.sources.flatMap(\.entries.keys)).count
            Output.standard.write("the configuration is valid: \(count == 1 ? "1 key is" : "\(count) keys are") set\n")
        }
    }

    /// `tagboat config show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print every value in force, and where it comes from: flag, environment, file or default."
        )

        enum Format: String, CaseIterable, ExpressibleByArgument {
            case text, json
        }

        @OptionGroup var registry: RegistryOptions
        @OptionGroup var project: ProjectOptions
        @OptionGroup var tags: TagOptions
        @OptionGroup var mode: ModeOptions
        @Option(help: "How to print it: text or json.") var format: Format = .text
        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let flags = [
                registry.configuration(), project.configuration(), tags.configuration(), mode.configuration(),
            ]
            let report = ConfigurationReport(try CommandContext(shared, flags: flags).sources)
            switch format {
            case .text: Output.standard.write(report.text)
            case .json: Output.standard.write(try JSONText.render(report))
            }
        }
    }

    /// `tagboat config schema`.
    struct Schema: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of tagboat.yaml, for editors and other checkers."
        )

        func run() async throws {
            Output.standard.write(ConfigurationSchema.document.pretty + "\n")
        }
    }
}
