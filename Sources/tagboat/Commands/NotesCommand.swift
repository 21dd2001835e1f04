import ArgumentParser

/// `tagboat notes`: what to tell of a release.
struct NotesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notes",
        abstract: "Print the release notes of a version.",
        discussion: """
            Without a version, those of the one that HEAD is tagged with, else of the highest release that HEAD \
            contains. What the changelog says of the version goes before what the commits say; --source chooses.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case markdown, text, json
    }

    @Argument(help: "The version.") var version: String?
    @Flag(name: .customLong("unreleased"), help: "The notes of what is not released yet.") var isUnreleased = false
    @Option(help: "Where the words come from: auto, file (the changelog) or history (the commits).")
    var source: NotesSource = .auto
    @OptionGroup var notes: NotesOptions
    @Option(help: "How to print them: markdown, text or json.") var format: Format = .markdown
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if isUnreleased, version != nil { throw ValidationError("--unreleased is for no version") }
    }

    func run() async throws {
        let context = try CommandContext(shared, flags: [notes.configuration()])
        let run = try await NotesRun(context, source: source, isComplete: notes.isComplete)
        let told = try await run.notes(
            of: isUnreleased ? .unreleased : version.map(NotesRun.Subject.version) ?? .latest
        )
        switch format {
        case .markdown: Output.standard.write(try run.text(told, template: "notes.markdown"))
        case .text: Output.standard.write(try run.text(told, template: "notes.text"))
        case .json:
            let markdown = try run.text(told, template: "notes.markdown")
            Output.standard.write(
                try JSONText.render(NotesReport(told.entry, written: told.written, text: markdown, writer: run.writer))
            )
        }
    }
}

/// Where the words of release notes come from.
enum NotesSource: String, CaseIterable, ExpressibleByArgument {
    /// The changelog, where it has the version; else the commits.
    case auto
    case file, history
}
