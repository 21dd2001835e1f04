import ArgumentParser

/// `tagboat changelog`: the changelog that the history gives.
struct ChangelogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changelog",
        abstract: "Print the changelog from history, or put what is missing into CHANGELOG.md.",
        discussion: """
            Commits are told by type (Conventional Commits) under the headings of Keep a Changelog. With --write, \
            sections go where their version belongs, and every byte that people wrote stays; the section of a version \
            that is about to be released, --version, takes what stands under Unreleased. Running it twice is the same \
            as running it once: docs/changelog.md.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @OptionGroup var part: ChangelogOptions
    @OptionGroup var notes: NotesOptions
    @Option(help: "How to print it: text or json.") var format: Format = .text
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if part.isWriting, format == .json { throw ValidationError("--format json is not for --write") }
    }

    func run() async throws {
        let context = try CommandContext(shared, flags: [notes.configuration()])
        let run = try await ChangelogRun(context, isComplete: notes.isComplete)
        if part.isWriting {
            try await run.write(part)
        } else {
            let entries = try await run.entries(part)
            run.warnOfSilence(entries)
            switch format {
            case .text:
                let isWhole = !part.isUnreleased && part.releaseVersion == nil
                Output.standard.write(try await run.text(entries, isWhole: isWhole))
            case .json: Output.standard.write(try JSONText.render(ChangelogReport(entries, writer: run.writer)))
            }
        }
    }
}
