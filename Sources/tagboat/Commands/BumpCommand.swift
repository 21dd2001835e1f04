import ArgumentParser
import Release
import SystemPackage

/// `tagboat bump`: raise the version.
struct BumpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bump",
        abstract: "Raise the version, and commit, tag and push it if asked.",
        discussion: """
            With `auto` the commits since the last release decide, by Conventional Commits. Only the version's own \
            characters change in a file: comments, blank lines, line ends and a leading v stay. Without a VERSION file \
            one is made, counting from 0.0.0, unless git tags tell the version. A run that was interrupted is finished \
            by the same command.
            """
    )

    @OptionGroup var options: BumpOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: [options.configuration()])
        let request = try options.request()
        let session = try await BumpSession(
            context,
            request: request,
            extent: options.extent,
            branch: options.branch
        )
        let plan = try await session.plan()
        let folder = context.folder.string
        let text = BumpText(style: context.style, folder: folder)
        let isExplained = request.target == .automatic || options.isDryRun || !plan.staying.isEmpty
        if options.format == .text, isExplained { text.reasons(plan).forEach(context.inform) }

        let document = try JSONText.render(BumpDocument(plan, folder: folder))
        guard !options.isDryRun, !plan.releases.isEmpty || !plan.unpushedTags.isEmpty else {
            if options.format == .text { text.steps(plan).forEach { context.inform("would " + $0) } }
            Output.standard.write(options.format == .json ? document : BumpText.versions(plan))
            return
        }
        let outcome = try await session.carryOut(plan, document: document)
        switch options.format {
        case .text: Output.standard.write(BumpText.versions(plan))
        case .json: Output.standard.write(try JSONText.render(BumpDocument(plan, outcome, folder: folder)))
        }
    }
}
