import ArgumentParser
import Release
import Tagging

/// `tagboat template`: the templates behind what tagboat writes.
struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "List, show and render the templates behind what tagboat writes for others.",
        subcommands: [List.self, Show.self, Render.self]
    )

    /// `tagboat template list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the templates, and where each comes from.")

        @Option(help: ArgumentHelp("A folder whose templates take the place of tagboat's own.", valueName: "dir"))
        var templates: String?
        @OptionGroup var shared: SharedOptions

        func run() async throws {
            var table = Table()
            for source in try TemplateCommand.templates(templates, shared).all() {
                table.add([Table.Cell(text: source.name), Table.Cell(text: source.file ?? "tagboat")])
            }
            Output.standard.write(table.lines.map { $0 + "\n" }.joined())
        }
    }

    /// `tagboat template show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a template as it is.")

        @Argument(help: "The template's name.") var name: String
        @Option(help: ArgumentHelp("A folder whose templates take the place of tagboat's own.", valueName: "dir"))
        var templates: String?
        @OptionGroup var shared: SharedOptions

        func run() async throws {
            Output.standard.write(try TemplateCommand.templates(templates, shared).source(named: name).text)
        }
    }

    /// `tagboat template render`.
    struct Render: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Render a template with the tags and labels of this checkout."
        )

        @Argument(help: "The template's name.") var name: String
        @OptionGroup var project: ProjectOptions
        @OptionGroup var tags: TagOptions
        @OptionGroup var labels: LabelOptions
        @OptionGroup var mode: ModeOptions
        @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"))
        var output: String?
        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let flags = [
                project.configuration(), tags.configuration(), labels.configuration(), mode.configuration(),
            ]
            let context = try CommandContext(shared, flags: flags)
            let templates = Templates(folder: context.configuration.templates)
            // Before anything is read for it.
            _ = try templates.source(named: name)
            let build = try await BuildDescription(context, options: labels, levels: [.manifest])
            if let note = build.tags.note { context.inform(note) }
            let text = try templates.render(name, build.fields)
            try Output.deliver(text, to: output)
        }
    }

    private static func templates(_ folder: String?, _ shared: SharedOptions) throws -> Templates {
        var flags = FlagConfiguration()
        flags.set("templates", folder, flag: "--templates")
        return Templates(folder: try CommandContext(shared, flags: [flags]).configuration.templates)
    }
}
