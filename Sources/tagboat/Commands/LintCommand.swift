import ArgumentParser
import Linting

/// `tagboat lint`: which images Dockerfiles use, and whether they are pinned, allowed and up to date.
struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check the images and labels of Dockerfiles, and bring pinned digests up to date.",
        discussion: """
            Without files, those of the project: what git tracks below the current folder and calls Dockerfile or \
            Containerfile, Dockerfile.dev, dev.Dockerfile and so on. The rules are in docs/linting.md. Exit code 1 \
            where there is an error, with --strict a warning; 2 where a file is no Dockerfile.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, sarif, github
    }

    @Argument(help: ArgumentHelp("The Dockerfiles; - is standard input.", valueName: "dockerfile"))
    var files: [String] = []

    @OptionGroup var lint: LintOptions

    @Flag(help: "Replace digests that are out of date by what their tags hold now.") var update = false
    @Flag(help: "Add digests to images that have none.") var pin = false
    @Flag(help: "Only show what --update and --pin would write.") var dryRun = false

    @Flag(name: .customLong("no-resolve"), help: "Do not ask registries whether tags have moved.")
    var isUnresolved = false

    @Option(help: "How to print it: text, json, sarif or github (annotations of workflow runs).")
    var format: Format = .text
    @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"))
    var output: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard !isUnresolved || !(update || pin) else {
            throw ValidationError("--update and --pin have to ask registries; leave --no-resolve out")
        }
        guard !dryRun || update || pin else { throw ValidationError("--dry-run needs --update or --pin") }
        guard !files.contains("-") || !(update || pin) || dryRun else {
            throw ValidationError("standard input cannot be updated; name a file")
        }
        guard files.count(where: { $0 == "-" }) < 2 else { throw ValidationError("- can stand once only") }
    }

    func run() async throws {
        let context = try CommandContext(shared, flags: [lint.configuration(), connection.configuration()])
        let run = LintRun(
            context: context,
            options: LintRun.Options(
                files: files,
                target: lint.target,
                arguments: context.configuration.build.arguments.merging(
                    try BuildArguments.parse(lint.buildArg, context.environment)
                ) { _, own in own },
                asksRegistries: !isUnresolved,
                updates: update,
                pins: pin,
                isDryRun: dryRun
            )
        )
        let (report, failure) = try await run.run()
        try Output.deliver(try render(report, context: context), to: output)
        for (file, line, problem) in report.unreadable {
            let place = PrintableText.escaped(file.path) + (line.map { ":\($0)" } ?? "")
            Output.message("error: \(place): \(PrintableText.escaped(problem))")
        }
        if !report.unreadable.isEmpty {
            Output.message("hint: correct the file, or name other files")
            throw ExitStatus.usage
        }
        // What could be written is written; what could not be learnt is a failure all the same.
        if let failure { throw failure }
        if !report.hasPassed { throw ExitStatus.findings }
    }

    private func render(_ report: LintReport, context: CommandContext) throws -> String {
        switch format {
        case .text:
            let style = output == nil ? context.style : Style(.never, environment: [:], isTerminal: false)
            return LintText(style: style).render(report)
        case .json: return try JSONText.render(LintDocument(report))
        case .sarif: return try JSONText.render(SARIFDocument(report))
        case .github: return WorkflowAnnotations.render(report)
        }
    }
}
